import type { Break } from './break.ts';

/** Ways to accept a token that should be refused. */
export const breaks: readonly Break[] = [
  { promise: 'S6', file: 'lambda/adapters/secrets/tokens.ts', find: 'audience: TOKEN_AUDIENCE,', replace: '', means: 'the audience of a conversation token is not checked' },
  { promise: 'S6', file: 'lambda/adapters/secrets/tokens.ts', find: 'algorithms: [ALGORITHM],', replace: '', means: 'a conversation token chooses its algorithm' },
  { promise: 'S6', file: 'lambda/adapters/oidc/issuer-keys.ts', find: 'clockTolerance: CLOCK_TOLERANCE_SECONDS,', replace: 'clockTolerance: 86_400,', means: 'tokens outlive their expiry by a day' },
  { promise: 'S6', file: 'lambda/adapters/oidc/staff.ts', find: "tokenUse(found) !== 'access'", replace: "tokenUse(found) === 'other'", means: 'a staff token need not say that it is an access token' },
  { promise: 'S6', file: 'lambda/adapters/oidc/access-token.ts', find: "return said === 'access' ? 'access' : 'other';", replace: "return 'access';", means: 'an ID token passes for an access token' },
  { promise: 'S6', file: 'lambda/adapters/oidc/customers.ts', find: '!isFor(found, options.audience) ||', replace: '', means: 'a customer token for any API opens ours' },
];
