import { isObject, numberOf } from '../json.ts';

/** Status and headers of a proxy response. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
}

/** A function's answer that API Gateway cannot pass on. Its text says why. */
export class MalformedResponse extends Error {}

/** Headers that a function cannot set: API Gateway renames them. */
const REMAPPED = /^(?:connection|content-length|date|host|server|transfer-encoding|www-authenticate)$/i;
/** Node refuses these in a header; so would the client. */
const INVALID = /[^\t\u0020-\u007e\u0080-\u00ff]/;

/**
 * Reads status and headers out of what a function answered.
 * @throws MalformedResponse when the answer is not what a proxy integration must give
 */
export function headOf(value: unknown): ResponseHead {
  if (!isObject(value)) throw new MalformedResponse('the answer is no object with a statusCode');
  const status = numberOf(value['statusCode']);
  if (status === undefined || !Number.isInteger(status) || status < 100 || status > 599) throw new MalformedResponse(`the statusCode is ${JSON.stringify(value['statusCode'])}`);
  const headers = [...singles(value['headers']), ...multiples(value['multiValueHeaders'])];
  const named = new Set(multiples(value['multiValueHeaders']).map(([name]) => name.toLowerCase()));
  // A name in both: the values of multiValueHeaders count.
  const merged = headers.filter(([name], index) => !named.has(name.toLowerCase()) || index >= headers.length - multiples(value['multiValueHeaders']).length);
  const cookies = Array.isArray(value['cookies']) ? value['cookies'].map((cookie): [string, string] => ['Set-Cookie', String(cookie)]) : [];
  return { status, headers: [...merged, ...cookies].map(([name, text]) => [REMAPPED.test(name) ? `x-amzn-remapped-${name.toLowerCase()}` : name, text]) };
}

function singles(value: unknown): [string, string][] {
  if (value === undefined || value === null) return [];
  if (!isObject(value)) throw new MalformedResponse('headers is no object');
  return Object.entries(value).filter(([, text]) => text !== undefined && text !== null).map(([name, text]) => checked(name, text));
}

function multiples(value: unknown): [string, string][] {
  if (value === undefined || value === null) return [];
  if (!isObject(value)) throw new MalformedResponse('multiValueHeaders is no object');
  return Object.entries(value).flatMap(([name, texts]) => {
    if (!Array.isArray(texts)) throw new MalformedResponse(`multiValueHeaders.${name} is no array`);
    return texts.map((text) => checked(name, text));
  });
}

function checked(name: string, value: unknown): [string, string] {
  const text = String(value);
  if (typeof value === 'object') throw new MalformedResponse(`the header ${name} is no text`);
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || INVALID.test(text)) throw new MalformedResponse(`the header ${JSON.stringify(name)} has characters that HTTP does not allow`);
  return [name, text];
}
