import { createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { DependencyUnavailable } from '../../domain/errors.ts';

/** Fetches a document. `globalThis.fetch` in production. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Options of {@link issuerVerifier}. */
export interface IssuerOptions {
  /** Issuer URL, exactly as tokens name it. */
  readonly issuer: string;
  readonly fetch: Fetch;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Algorithms that a caller may accept; none of the symmetric ones. */
export type Algorithm = 'RS256' | 'ES256';

/** A token that the issuer signed for this moment. What it is for, and for whom, is the caller's question. */
export interface VerifiedToken {
  /** Its claims. `sub` is text, and not empty. */
  readonly claims: JWTPayload & { readonly sub: string };
  /** `typ` of its header. */
  readonly type: string | undefined;
}

/** Milliseconds for one document of the issuer. */
const FETCH_MILLISECONDS = 1_500;
/** Milliseconds that the issuer's keys are kept. */
const CACHED_MILLISECONDS = 10 * 60_000;
/** Milliseconds before an unknown key id makes them be read again. */
const COOLDOWN_MILLISECONDS = 30_000;
/** Seconds by which the issuer's clock may differ from ours, for `exp` and `nbf`. Ours is Lambda's, which AWS keeps within a second. */
export const CLOCK_TOLERANCE_SECONDS = 60;
/** Longest token that is looked at, in characters: API Gateway passes headers of 10,240 bytes in all. */
const MAX_TOKEN_CHARACTERS = 8_192;

/**
 * Checks tokens of an OpenID Connect issuer.
 * Keys come from the issuer's key set alone: whatever a header brings or points to (`jwk`, `jku`, `x5u`) is not looked at.
 * @returns the token; undefined for one that is not the issuer's, expired, or signed by another algorithm
 * @throws DependencyUnavailable when the issuer's keys cannot be read
 */
export function issuerVerifier(options: IssuerOptions, algorithms: readonly Algorithm[]): (token: string) => Promise<VerifiedToken | undefined> {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const open = (): Promise<JWTVerifyGetKey> => {
    keys ??= remoteKeys(options).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
  return async (token) => {
    if (token.length > MAX_TOKEN_CHARACTERS) return undefined;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, async (header, input) => (await open())(header, input), {
        algorithms: [...algorithms],
        issuer: options.issuer,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(options.now()),
      });
      const { sub } = payload;
      return typeof sub === 'string' && sub !== '' ? { claims: { ...payload, sub }, type: protectedHeader.typ } : undefined;
    } catch (error) {
      if (isTokensFault(error)) return undefined;
      throw new DependencyUnavailable(`The keys of ${options.issuer} cannot be read: ${error instanceof Error ? error.message : 'unknown error'}`, { cause: error });
    }
  };
}

/** Errors that a token causes; all others mean that the issuer did not deliver. */
function isTokensFault(error: unknown): boolean {
  return error instanceof errors.JOSEError && error.code !== errors.JOSEError.code && !(error instanceof errors.JWKSTimeout) && !(error instanceof errors.JWKSInvalid);
}

async function remoteKeys(options: IssuerOptions): Promise<JWTVerifyGetKey> {
  return createRemoteJWKSet(await keysUrl(options), {
    timeoutDuration: FETCH_MILLISECONDS,
    cooldownDuration: COOLDOWN_MILLISECONDS,
    cacheMaxAge: CACHED_MILLISECONDS,
    [customFetch]: (url, init) => options.fetch(url, init),
  });
}

/** Cognito's keys have a fixed place, which saves a call at start; any other issuer says where they are (OpenID Connect Discovery 1.0). */
async function keysUrl({ issuer, fetch }: IssuerOptions): Promise<URL> {
  const base = trusted(issuer);
  if (base.hostname.startsWith('cognito-idp.')) return new URL(`${issuer}/.well-known/jwks.json`);
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(FETCH_MILLISECONDS), redirect: 'manual' });
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}.`);
  const found: unknown = await answer.json();
  if (typeof found !== 'object' || found === null || !('issuer' in found) || found.issuer !== issuer || !('jwks_uri' in found) || typeof found.jwks_uri !== 'string') {
    throw new Error(`${url} names another issuer, or no jwks_uri.`);
  }
  return trusted(found.jwks_uri);
}

/** Only TLS, except on this machine. @throws Error */
function trusted(text: string): URL {
  const url = new URL(text);
  const local = url.hostname === '127.0.0.1' || url.hostname === 'localhost' || url.hostname === '[::1]';
  if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) throw new Error(`${text} is not an https URL.`);
  return url;
}
