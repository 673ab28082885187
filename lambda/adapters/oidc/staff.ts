import { STAFF_ROLES, type StaffRole } from '../../contracts/routes.ts';
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
 * Staff tokens of a Cognito user pool, or of another OpenID Connect issuer: RS256, access tokens only, made for our client
 * (Cognito names it in `client_id`, others in `aud`); roles are the groups.
 */
export function staffTokens(options: IssuerOptions & { readonly clientId: string }): StaffTokens {
  const verify = issuerVerifier(options);
  return {
    async verify(token) {
      const claims = await verify(token, { algorithms: ['RS256'] });
      if (claims?.sub === undefined) return undefined;
      const audience = [claims.aud ?? []].flat();
      if (claims['client_id'] !== options.clientId && !audience.includes(options.clientId)) return undefined;
      // An ID token says who signed in, not what they may call.
      if (claims['token_use'] !== undefined && claims['token_use'] !== 'access') return undefined;
      const groups: unknown = claims['cognito:groups'] ?? claims['groups'];
      return { staffId: claims.sub, roles: STAFF_ROLES.filter((role) => Array.isArray(groups) && groups.includes(role)) };
    },
  };
}
