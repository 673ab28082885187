import { STAFF_ROLES, type StaffRole } from '../../contracts/routes.ts';
import { isFor, tokenUse } from './access-token.ts';
import { issuerVerifier, type IssuerOptions } from './issuer-keys.ts';

/** A member of staff, as a token shows it. */
export interface StaffIdentity {
  readonly staffId: string;
  /** Roles among {@link STAFF_ROLES}; other groups are left out. */
  readonly roles: readonly StaffRole[];
}

/** Checks staff tokens. */
export interface StaffTokens {
  /** Undefined for any token that is not a staff access token for this client. @throws DependencyUnavailable */
  verify(token: string): Promise<StaffIdentity | undefined>;
}

/**
 * Staff tokens of a Cognito user pool, or of another OpenID Connect issuer: RS256, made for our client, and access tokens that say
 * so: Cognito in `token_use`, any other issuer in the header's `typ` (RFC 9068). Roles are the groups.
 */
export function staffTokens(options: IssuerOptions & { readonly clientId: string }): StaffTokens {
  const verify = issuerVerifier(options, ['RS256']);
  return {
    async verify(token) {
      const found = await verify(token);
      if (found === undefined || !isFor(found, options.clientId) || tokenUse(found) !== 'access') return undefined;
      const { claims } = found;
      const groups: unknown = claims['cognito:groups'] ?? claims['groups'];
      return { staffId: claims.sub, roles: STAFF_ROLES.filter((role) => Array.isArray(groups) && groups.includes(role)) };
    },
  };
}
