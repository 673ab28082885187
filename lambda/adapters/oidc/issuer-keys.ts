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

/** What a token must be, beside signed by the issuer and not expired. */
export interface TokenRules {
  /** Algorithms that are accepted; none of the symmetric ones. */
  readonly algorithms: readonly ('RS256' | 'ES256')[];
  /** Audience that the token must name. @default - the caller checks who the token is for */
  readonly audience?: string;
}

/** Milliseconds for one document of the issuer. */
const FETCH_MILLISECONDS = 1_500;
/** Milliseconds that the issuer's keys are kept. */
const CACHED_MILLISECONDS = 10 * 60_000;
/** Milliseconds before an unknown key id makes them be read again. */
const COOLDOWN_MILLISECONDS = 30_000;
/** Longest token that is looked at, in characters: API Gateway passes headers of 10,240 bytes in all. */
const MAX_TOKEN_CHARACTERS = 8_192;

/**
 * Checks tokens of an OpenID Connect issuer.
 * @returns the claims; undefined for a token that is not the issuer's, expired, or breaks the rules
 * @throws DependencyUnavailable when the issuer's keys cannot be read
 */
export function issuerVerifier(options: IssuerOptions): (token: string, rules: TokenRules) => Promise<JWTPayload | undefined> {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const open = (): Promise<JWTVerifyGetKey> => {
    keys ??= remoteKeys(options).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
  return async (token, rules) => {
    if (token.length > MAX_TOKEN_CHARACTERS) return undefined;
    try {
      const { payload } = await jwtVerify(token, async (header, input) => (await open())(header, input), {
        algorithms: [...rules.algorithms],
        issuer: options.issuer,
        ...(rules.audience === undefined ? {} : { audience: rules.audience }),
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(options.now()),
      });
      return payload;
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
