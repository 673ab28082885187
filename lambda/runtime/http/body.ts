import * as z from 'zod/mini';
import type { Problem } from '../../contracts/api.ts';
import { MAX_BODY_BYTES } from '../../contracts/limits.ts';
import { bodyTooLarge, invalidInput, malformedBody, unsupportedMediaType } from '../../domain/conversation/problems.ts';
import { header, type ProxyEvent } from './event.ts';
import { duplicateKey } from './duplicate-keys.ts';
import { brokenText, fieldErrors, fieldName } from './field-errors.ts';

/** A body as the schema describes it, or the problem to answer with. */
export type ParsedBody<T> = { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'problem'; readonly problem: Problem };

/** Options of {@link parseBody}. */
export interface BodyOptions {
  /** An absent body counts as `{}`. @default false */
  readonly optional?: boolean;
}

/** Reads a JSON body: 413 when it is too large, 415 when it is not declared as JSON, 400 with each field and rule otherwise. Never throws. */
export function parseBody<T>(event: ProxyEvent, schema: z.ZodMiniType<T>, options: BodyOptions = {}): ParsedBody<T> {
  const size = bodySize(event);
  if (size > MAX_BODY_BYTES) return refused(bodyTooLarge());
  if (size === 0 && options.optional === true) return validated({}, schema);
  if (!isJson(header(event, 'content-type'))) return refused(unsupportedMediaType());
  const text = bodyText(event);
  if (text === undefined) return refused(malformedBody(event.isBase64Encoded ? 'it is not valid UTF-8' : 'it is not valid UTF-8, or holds U+FFFD other than as \\ufffd'));
  if (text.trim() === '') return refused(malformedBody('it is empty'));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused(malformedBody('it is not valid JSON'));
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) return refused(invalidInput([{ field: fieldName([twice]), rule: 'must stand there once' }]));
  const broken = brokenText(value);
  return broken.length > 0 ? refused(invalidInput(broken)) : validated(value, schema);
}

const refused = (problem: Problem): { readonly kind: 'problem'; readonly problem: Problem } => ({ kind: 'problem', problem });

function validated<T>(value: unknown, schema: z.ZodMiniType<T>): ParsedBody<T> {
  // `__proto__` is an own member after JSON.parse, but some ways of walking an object skip it.
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__')) return refused(invalidInput([{ field: '__proto__', rule: 'is no field of this request' }]));
  const result = schema.safeParse(value);
  return result.success ? { kind: 'ok', value: result.data } : refused(invalidInput(fieldErrors(result.error.issues)));
}

/** Size in bytes, without decoding. */
function bodySize({ body, isBase64Encoded }: ProxyEvent): number {
  if (body === null) return 0;
  return Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8');
}

/** The body as text; undefined when it is, or may have been, no UTF-8. */
function bodyText({ body, isBase64Encoded }: ProxyEvent): string | undefined {
  if (body === null) return '';
  // JSON comes in base64 (lib/api/rest-api.ts). A gateway that decodes it itself writes this character for what is no UTF-8: what was sent is lost.
  if (!isBase64Encoded) return body.includes('\ufffd') ? undefined : body;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(body, 'base64'));
  } catch {
    return undefined;
  }
}

/** `application/json`, in UTF-8 when it says so. */
function isJson(contentType: string | undefined): boolean {
  const [type, ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  return type === 'application/json' && parameters.every((parameter) => !parameter.startsWith('charset=') || /^charset="?utf-8"?$/.test(parameter));
}
