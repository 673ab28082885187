import { customerTokens } from '../../adapters/oidc/customers.ts';
import { staffTokens } from '../../adapters/oidc/staff.ts';
import { secretSigningKeys } from '../../adapters/secrets/signing-keys.ts';
import { jwtConversationTokens, TOKEN_ISSUER } from '../../adapters/secrets/tokens.ts';
import { ENV } from '../../contracts/env.ts';
import type { AuthorizerSettings } from '../../contracts/settings.ts';
import { optional, required, requiredJson, type Variables } from '../environment.ts';
import { networks } from '../networks.ts';
import type { Readiness } from '../pre-traffic.ts';
import { findPrincipal, type TokenSources } from '../principals.ts';
import { serviceOptions } from '../service-options.ts';
import { basics, now } from './basics.ts';
import { openGuard } from './guards.ts';

/** Composes the authorizer. */
export function authorizerRoot(variables: Variables) {
  const { release } = basics('authorizer', variables);
  const settings: AuthorizerSettings = requiredJson(variables, ENV.settings);
  const keys = secretSigningKeys({ client: serviceOptions(variables, 'secrets', 'patient'), secretArn: required(variables, ENV.signingSecret), now, guard: openGuard('secrets', 'patient') });
  const staffIssuer = optional(variables, ENV.staffIssuer);
  const customerIssuer = optional(variables, ENV.customerIssuer);
  const sources: TokenSources = {
    // It only checks tokens; how long new ones live is the chat function's business.
    conversation: { issuer: TOKEN_ISSUER, tokens: jwtConversationTokens({ keys, tokenMinutes: 0, now }) },
    ...(staffIssuer === undefined ? {} : { staff: { issuer: staffIssuer, ...staffTokens({ issuer: staffIssuer, clientId: required(variables, ENV.staffClient), fetch, now }) } }),
    ...(customerIssuer === undefined ? {} : { customer: { issuer: customerIssuer, ...customerTokens({ issuer: customerIssuer, audience: required(variables, ENV.customerAudience), fetch, now }) } }),
  };
  // Issuers of staff and customers are not asked: one that is away does not stop a release.
  const readiness: Readiness = { release, check: () => keys.current() };
  return { findPrincipal: findPrincipal(sources), staffMayCallFrom: networks(settings.staffNetworks), readiness };
}
