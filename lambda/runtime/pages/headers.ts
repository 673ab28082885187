import type { PageSettings } from '../../contracts/settings.ts';

/** Days for which browsers keep to HTTPS: one year, what the HSTS preload list asks for. */
const HSTS_SECONDS = 31_536_000;

/** Seconds that scripts and style sheets are kept: a new release reaches embedding pages within five minutes. */
const ASSET_SECONDS = 300;

/** Headers of every answer. */
const COMMON = {
  'Strict-Transport-Security': `max-age=${HSTS_SECONDS}`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const;

/** Content-Security-Policy of the chat page: its own files and its own API, framed only by the origins that may embed it. */
export function pagePolicy({ embedOrigins }: PageSettings): string {
  const ancestors = embedOrigins.length === 0 ? "'none'" : ["'self'", ...embedOrigins].join(' ');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    `frame-ancestors ${ancestors}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Headers of the chat page. */
export function pageHeaders(settings: PageSettings): Record<string, string> {
  return {
    ...COMMON,
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': pagePolicy(settings),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  };
}

/**
 * Headers of a script or style sheet. Any page may load it by a tag; an origin that may embed the chat may also check its integrity, which takes CORS.
 * @param origin `Origin` of the request.
 */
export function assetHeaders({ embedOrigins }: PageSettings, origin: string | undefined): Record<string, string> {
  return {
    ...COMMON,
    'Cache-Control': `public, max-age=${ASSET_SECONDS}`,
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ...(embedOrigins.length > 0 && { Vary: 'Origin' }),
    ...(origin !== undefined && embedOrigins.includes(origin) && { 'Access-Control-Allow-Origin': origin }),
  };
}

/** Headers of an error. */
export function problemHeaders(): Record<string, string> {
  return { ...COMMON, 'Cache-Control': 'no-store', 'Content-Type': 'application/problem+json' };
}
