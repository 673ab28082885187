import { createHmac } from 'node:crypto';
import { isFor, tokenUse } from './access-token.ts';
import { issuerVerifier, type IssuerOptions } from './issuer-keys.ts';

/** Checks tokens of the platform's own customers. */
export interface CustomerTokens {
  /** Undefined for any token that is not a customer's for this audience. @throws DependencyUnavailable */
  verify(token: string): Promise<{ readonly subject: string } | undefined>;
}

/**
 * Customer tokens of an OpenID Connect issuer: RS256 or ES256, for our audience, and no ID tokens. Many issuers do not say in a token
 * that it is an access token, so here it is enough that it does not say otherwise: the audience tells our API's tokens apart.
 */
export function customerTokens(options: IssuerOptions & { readonly audience: string }): CustomerTokens {
  const verify = issuerVerifier(options, ['RS256', 'ES256']);
  return {
    async verify(token) {
      const found = await verify(token);
      if (found === undefined || !isFor(found, options.audience) || tokenUse(found) === 'other') return undefined;
      return { subject: customerSubject(options.issuer, found.claims.sub) };
    },
  };
}

/**
 * Subject of a customer: HMAC-SHA-256 of `sub`, keyed by the issuer. The key is no secret: it keeps the subjects of two issuers
 * apart and the issuer's own ids out of our records. The same customer is the same subject for ever.
 */
export function customerSubject(issuer: string, sub: string): string {
  return createHmac('sha256', issuer).update(sub).digest('base64url');
}
