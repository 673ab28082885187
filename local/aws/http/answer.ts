import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { AwsError } from '../errors.ts';
import type { JsonObject } from '../types.ts';
import type { AnyResponse } from './listener.ts';

/** How a service writes its errors. */
export type Protocol = 'json' | 'rest' | 'query';

/** Namespace of a service's own errors, as AWS sends it; clients cut it off. */
const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['dynamodb', 'com.amazonaws.dynamodb.v20120810#'],
  ['sqs', 'com.amazonaws.sqs#'],
]);
/** Errors of AWS's framework, whatever the service. */
const FRAMEWORK: ReadonlyMap<string, string> = new Map([
  ['SerializationException', 'com.amazon.coral.service#'],
  ['UnknownOperationException', 'com.amazon.coral.service#'],
  ['MissingAuthenticationTokenException', 'com.amazon.coral.service#'],
  ['ValidationException', 'com.amazon.coral.validate#'],
]);

/** Starts a response; HTTP/1 and HTTP/2 have no common type for it. */
function begin(response: AnyResponse, status: number, headers: Record<string, string>): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function end(response: AnyResponse, body: Buffer): void {
  (response as { end(body: Buffer): unknown }).end(body);
}

/** Sends JSON with the headers that AWS adds. */
export function sendJson(response: AnyResponse, status: number, value: unknown, contentType: string, extra: Record<string, string> = {}): void {
  const body = Buffer.from(JSON.stringify(value));
  begin(response, status, {
    'content-type': contentType,
    'content-length': String(body.length),
    'x-amzn-requestid': randomUUID(),
    'x-amz-crc32': String(crc32(body)),
    ...extra,
  });
  end(response, body);
}

const escaped = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Sends an error in the form of the protocol. */
export function sendError(response: AnyResponse, error: AwsError, protocol: Protocol, service: string, contentType: string): void {
  if (protocol === 'query') {
    const body = Buffer.from(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${escaped(error.code)}</Code><Message>${escaped(error.message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
    );
    begin(response, error.status, { 'content-type': 'text/xml', 'content-length': String(body.length) });
    end(response, body);
    return;
  }
  const { queryErrorCode, ...fields } = error.fields;
  const namespace = FRAMEWORK.get(error.code) ?? NAMESPACES.get(service) ?? '';
  const payload: JsonObject = { __type: `${namespace}${error.code}`, message: error.message, ...fields };
  sendJson(response, error.status, payload, contentType, {
    ...(protocol === 'rest' && { 'x-amzn-errortype': error.code }),
    ...(typeof queryErrorCode === 'string' && { 'x-amzn-query-error': `${queryErrorCode};Sender` }),
  });
}

/** Sends an event stream; a client that leaves ends it, and with it the generator. */
export async function sendStream(response: AnyResponse, stream: AsyncIterable<Buffer>): Promise<void> {
  begin(response, 200, { 'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-requestid': randomUUID() });
  const out = response as { write(chunk: Buffer): boolean; once(event: string, listener: () => void): unknown; off(event: string, listener: () => void): unknown };
  let gone = false;
  const leave = (): void => {
    gone = true;
  };
  out.once('close', leave);
  for await (const chunk of stream) {
    if (gone) return;
    if (!out.write(chunk)) {
      await new Promise<void>((resolve) => {
        const go = (): void => {
          out.off('drain', go);
          out.off('close', go);
          resolve();
        };
        out.once('drain', go);
        out.once('close', go);
      });
    }
  }
  response.end();
}
