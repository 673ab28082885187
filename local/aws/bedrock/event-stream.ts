import { crc32 } from 'node:zlib';

/** Header type of a string in the AWS event-stream encoding. */
const STRING = 7;

function header(name: string, value: string): Buffer {
  const key = Buffer.from(name);
  const text = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length);
  return Buffer.concat([Buffer.from([key.length]), key, Buffer.from([STRING]), length, text]);
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/**
 * One message of the AWS event-stream encoding: total length, headers' length, CRC of both, headers, payload, CRC of all.
 * @param headers in order, e.g. `:message-type` `event`
 */
export function eventStreamMessage(headers: readonly (readonly [string, string])[], payload: unknown): Buffer {
  const head = Buffer.concat(headers.map(([name, value]) => header(name, value)));
  const body = Buffer.from(JSON.stringify(payload));
  // Four words are not headers or payload: two lengths, their checksum, and the checksum of all.
  const lengths = Buffer.concat([uint32(head.length + body.length + 16), uint32(head.length)]);
  const message = Buffer.concat([lengths, uint32(crc32(lengths)), head, body]);
  return Buffer.concat([message, uint32(crc32(message))]);
}

/** An event, e.g. `contentBlockDelta`. */
export const streamEvent = (type: string, payload: unknown): Buffer =>
  eventStreamMessage([[':event-type', type], [':content-type', 'application/json'], [':message-type', 'event']], payload);

/** An exception in mid-stream, e.g. `modelStreamErrorException`. */
export const streamException = (type: string, message: string): Buffer =>
  eventStreamMessage([[':exception-type', type], [':content-type', 'application/json'], [':message-type', 'exception']], { message });
