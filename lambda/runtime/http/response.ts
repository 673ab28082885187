import { TOKEN_HEADER, type Problem } from '../../contracts/api.ts';
import { header, type ProxyEvent } from './event.ts';

/** What a handler answers. */
export interface HttpResult {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body, or its pieces as they come. Pieces are read to the end even when the client has gone. */
  readonly body: string | AsyncIterable<string>;
  /** Called when the answer has left: what must be over before the function returns, or Lambda would freeze it. It may reject: that is logged. */
  readonly after?: () => Promise<unknown>;
}

/** Headers of every answer of the API: nothing is sniffed, stored, framed or loaded from it. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
};

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): HttpResult {
  return { status, headers: { ...SECURITY_HEADERS, 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** An answer without body. */
export function noContent(): HttpResult {
  return { status: 204, headers: SECURITY_HEADERS, body: '' };
}

/** An error answer (RFC 9457). */
export function problemResult(problem: Problem, retryAfterSeconds?: number): HttpResult {
  return {
    status: problem.status,
    headers: {
      ...SECURITY_HEADERS,
      'Content-Type': 'application/problem+json',
      ...(retryAfterSeconds === undefined ? {} : { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterSeconds))) }),
    },
    body: JSON.stringify(problem),
  };
}

/**
 * Headers that let a page of an allowed origin read the answer; none for any other origin.
 * @param origins exact origins, e.g. `https://shop.example`
 */
export function corsHeaders(event: Pick<ProxyEvent, 'headers'>, origins: readonly string[]): Readonly<Record<string, string>> {
  if (origins.length === 0) return {};
  const origin = header(event, 'origin');
  if (origin === undefined || !origins.includes(origin)) return { Vary: 'Origin' };
  return { Vary: 'Origin', 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': `${TOKEN_HEADER}, Retry-After` };
}

/** The same answer with more headers. */
export function withHeaders(result: HttpResult, headers: Readonly<Record<string, string>>): HttpResult {
  return { ...result, headers: { ...result.headers, ...headers } };
}
