import type { VerifiedToken } from './issuer-keys.ts';

/** Header types of an access token (RFC 9068, 2.1). */
const ACCESS_TYPES = new Set(['at+jwt', 'application/at+jwt']);
/** Claims that only an ID token has: `nonce` and the hashes of what it came with (OpenID Connect Core 1.0, 2 and 3.3.2.11). */
const ID_CLAIMS = ['nonce', 'at_hash', 'c_hash', 's_hash'] as const;

/** What a token says of itself: access, ID (or another use that calls nothing), or nothing. */
export type TokenUse = 'access' | 'other' | 'unsaid';

/**
 * What a token is for. An ID token says who signed in, not what they may call, and is readable by any page that they signed in to.
 * Cognito says it in `token_use`, some issuers in a claim `typ`, RFC 9068 in the header.
 */
export function tokenUse({ claims, type }: VerifiedToken): TokenUse {
  if (ID_CLAIMS.some((name) => claims[name] !== undefined)) return 'other';
  const said = claims['token_use'];
  if (said !== undefined) return said === 'access' ? 'access' : 'other';
  if (type !== undefined && ACCESS_TYPES.has(type.toLowerCase())) return 'access';
  const kind = claims['typ'];
  return typeof kind === 'string' && kind.toLowerCase() === 'id' ? 'other' : 'unsaid';
}

/** Whether a token was made for an audience: in `aud`, or in `client_id` for Cognito's access tokens, which have no `aud`. */
export function isFor({ claims }: VerifiedToken, audience: string): boolean {
  return claims.aud === undefined ? claims['client_id'] === audience : [claims.aud].flat().includes(audience);
}
