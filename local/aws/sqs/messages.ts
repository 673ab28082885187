import { createHash } from 'node:crypto';
import { decodeBase64, isObject, optionalNumber, optionalObject, optionalString } from '../fields.ts';
import type { JsonObject } from '../types.ts';
import { badContents, badReceipt, invalidValue, missingParameter } from './errors.ts';
import type { Message } from './store.ts';

/** Longest message, attributes included, and longest batch: 1 MiB. */
export const MAX_BYTES = 1024 * 1024;
const MAX_ATTRIBUTES = 10;
const MAX_DELAY_SECONDS = 900;
// Control characters and the two non-characters that XML, and so SQS, refuses.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const FORBIDDEN = /[^\u{9}\u{A}\u{D}\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** MD5 in hex, as SQS gives it back for the client to check. */
export const md5 = (data: string | Buffer): string => createHash('md5').update(data).digest('hex');

function withLength(part: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return Buffer.concat([length, part]);
}

/** MD5 of message attributes by SQS's own layout: names sorted, each part with its length. */
export function attributesMd5(attributes: Message['attributes']): string | undefined {
  const names = Object.keys(attributes).toSorted();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const { DataType, StringValue, BinaryValue } = attributes[name]!;
    const binary = DataType.startsWith('Binary');
    const value = binary ? Buffer.from(BinaryValue ?? '', 'base64') : Buffer.from(StringValue ?? '');
    return [withLength(Buffer.from(name)), withLength(Buffer.from(DataType)), Buffer.from([binary ? 2 : 1]), withLength(value)];
  });
  return md5(Buffer.concat(parts));
}

function attributesIn(input: JsonObject): Message['attributes'] {
  const entries = Object.entries(optionalObject(input, 'MessageAttributes') ?? {});
  if (entries.length > MAX_ATTRIBUTES) throw invalidValue(`Number of message attributes [${entries.length}] exceeds the allowed maximum [${MAX_ATTRIBUTES}].`);
  return Object.fromEntries(
    entries.map(([name, raw]) => {
      const attribute = isObject(raw) ? raw : {};
      const DataType = optionalString(attribute, 'DataType');
      const StringValue = optionalString(attribute, 'StringValue');
      const BinaryValue = optionalString(attribute, 'BinaryValue');
      if (DataType === undefined || !/^(String|Number|Binary)(\..+)?$/.test(DataType)) {
        throw invalidValue(`The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`);
      }
      const value = DataType.startsWith('Binary') ? BinaryValue : StringValue;
      if (value === undefined || value === '') throw invalidValue(`The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`);
      if (BinaryValue !== undefined) decodeBase64(BinaryValue);
      return [name, DataType.startsWith('Binary') ? { DataType, BinaryValue: value } : { DataType, StringValue: value }];
    }),
  );
}

/** A message to send, as a request describes it. */
export interface Draft {
  readonly body: string;
  readonly attributes: Message['attributes'];
  readonly delaySeconds: number;
  /** Body and attributes. */
  readonly bytes: number;
}

/** Reads the message of a SendMessage or of a batch entry. @throws AwsError */
export function draftOf(input: JsonObject): Draft {
  const body = optionalString(input, 'MessageBody');
  if (body === undefined || body === '') throw missingParameter('MessageBody');
  if (FORBIDDEN.test(body)) throw badContents();
  const delaySeconds = optionalNumber(input, 'DelaySeconds') ?? 0;
  if (delaySeconds < 0 || delaySeconds > MAX_DELAY_SECONDS) {
    throw invalidValue(`Value ${delaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.`);
  }
  const attributes = attributesIn(input);
  const bytes = Buffer.byteLength(body) + Object.entries(attributes).reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value.DataType + (value.StringValue ?? value.BinaryValue ?? '')), 0);
  if (bytes > MAX_BYTES) throw invalidValue(`One or more parameters are invalid. Reason: Message must be shorter than ${MAX_BYTES} bytes.`);
  return { body, attributes, delaySeconds, bytes };
}

/** Receipt handle of one receive: message and how often it was received. */
export const receiptOf = (message: Message): string => Buffer.from(JSON.stringify([message.id, message.receiveCount])).toString('base64');

/** What a receipt handle stands for. @throws ReceiptHandleIsInvalid */
export function readReceipt(handle: string): { readonly id: string; readonly receiveCount: number } {
  try {
    const parsed: unknown = JSON.parse(decodeBase64(handle).toString('utf8'));
    if (Array.isArray(parsed) && typeof parsed[0] === 'string' && typeof parsed[1] === 'number') return { id: parsed[0], receiveCount: parsed[1] };
  } catch {
    // Falls through: whatever is wrong with it, it is not a handle.
  }
  throw badReceipt(handle);
}

/** System attributes of a received message. */
export function systemAttributes(message: Message): Record<string, string> {
  return {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? ''),
    ...(message.deadLetterSource !== undefined && { DeadLetterQueueSourceArn: message.deadLetterSource }),
  };
}
