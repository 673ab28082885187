import { AwsError, messageOf, serializationError } from '../errors.ts';
import { isObject } from '../fields.ts';
import type { JsonObject } from '../types.ts';
import type { AnyRequest } from './listener.ts';

/** Longest body: as long as the longest answer of a batch, and more than any operation takes. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Who calls which service. */
export interface Credentials {
  readonly accessKeyId: string;
  /** From the credential scope, e.g. `dynamodb`. */
  readonly service: string;
}

/**
 * Reads the body.
 * @throws AwsError RequestEntityTooLargeException (413) beyond 16 MB
 */
export async function readBody(request: AnyRequest): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) {
      throw new AwsError('RequestEntityTooLargeException', `The request body is over ${MAX_BODY_BYTES} bytes.`, { status: 413 });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Parses a JSON body; an empty one is `{}`. @throws SerializationException */
export function parseBody(text: string): JsonObject {
  let value: unknown;
  try {
    value = text === '' ? {} : JSON.parse(text);
  } catch (error) {
    throw serializationError(`The body is not JSON: ${messageOf(error)}`);
  }
  if (!isObject(value)) throw serializationError('The body must be a JSON object.');
  return value;
}

/**
 * Reads caller and service from the Authorization header. The signature is not checked.
 * @throws AwsError MissingAuthenticationTokenException or IncompleteSignatureException (403)
 */
export function readCredentials(request: AnyRequest): Credentials {
  const header = request.headers.authorization;
  if (header === undefined) throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', { status: 403 });
  const match = /Credential=([^/,\s]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(header);
  if (!match) {
    throw new AwsError('IncompleteSignatureException', 'The Authorization header has no credential of the form <id>/<date>/<region>/<service>/aws4_request.', { status: 403 });
  }
  return { accessKeyId: match[1] ?? '', service: match[2] ?? '' };
}

/** Name of a header's single value. */
export function headerOf(request: AnyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
