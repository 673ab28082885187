import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import { SignJWT, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { Journaled } from '../journal.ts';
import type { Commit } from '../service.ts';
import type { Estate, JsonObject, UserPoolDeclaration } from '../types.ts';

/** What a staff token says. */
export interface StaffToken {
  /** Pool that signs it; must be declared. */
  readonly poolId: string;
  /** Becomes `cognito:groups: [role]`. */
  readonly role: string;
  /** `sub`. */
  readonly subject: string;
  /** Lifetime in seconds, over 0. */
  readonly expiresInSeconds: number;
  /** Kind of token. @default 'access' */
  readonly use?: 'access' | 'id';
}

/** User pools as far as an OIDC issuer goes: keys, discovery, tokens. */
export interface UserPools extends Journaled {
  /** Makes a pool known; its key pair is made on first use and kept. */
  declare(pool: UserPoolDeclaration): void;
  /** Answer to a GET below the pool's path, or undefined when there is none. */
  document(path: string): Promise<JsonObject | undefined>;
  /** Signs a token. @throws Error when the pool is not declared */
  mintStaffToken(token: StaffToken): Promise<string>;
}

interface StoredKey {
  readonly poolId: string;
  readonly key: JWK;
}

const publicKey = ({ kty, n, e, kid, alg, use }: JWK): JsonObject => ({ kty, n, e, kid, alg, use });

/** Makes the user pools. @param url the endpoint's own URL, known once it listens */
export function userPools(estate: Estate, commit: Commit, url: () => string): UserPools {
  const declared = new Map<string, UserPoolDeclaration>();
  const keys = new Map<string, JWK>();
  const making = new Map<string, Promise<JWK>>();
  const issuer = (poolId: string): string => `${url()}/${poolId}`;

  const make = async (poolId: string): Promise<JWK> => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const key = { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' };
    commit({ poolId, key } satisfies StoredKey);
    return key;
  };
  // Two first requests at once must not make two keys.
  const keyOf = (poolId: string): Promise<JWK> => {
    const present = keys.get(poolId);
    if (present) return Promise.resolve(present);
    const pending = making.get(poolId) ?? make(poolId);
    making.set(poolId, pending);
    return pending;
  };

  return {
    declare: (pool) => void declared.set(pool.poolId, pool),
    apply({ poolId, key }: StoredKey) {
      keys.set(poolId, key);
    },
    dump: () => [...keys].map(([poolId, key]) => ({ poolId, key }) satisfies StoredKey),
    document: async (path) => {
      const [, poolId = '', kind = ''] = /^\/([^/]+)\/\.well-known\/(jwks\.json|openid-configuration)$/.exec(path) ?? [];
      if (!declared.has(poolId)) return undefined;
      if (kind === 'jwks.json') return { keys: [publicKey(await keyOf(poolId))] };
      return {
        issuer: issuer(poolId),
        jwks_uri: `${issuer(poolId)}/.well-known/jwks.json`,
        id_token_signing_alg_values_supported: ['RS256'],
        response_types_supported: ['code', 'token'],
        subject_types_supported: ['public'],
        scopes_supported: ['openid', 'email', 'phone', 'profile'],
      };
    },
    mintStaffToken: async ({ poolId, role, subject, expiresInSeconds, use = 'access' }) => {
      const pool = declared.get(poolId);
      if (!pool) throw new Error(`User pool '${poolId}' is not declared; declared are: ${[...declared.keys()].join(', ') || 'none'}.`);
      const stored = await keyOf(poolId);
      const now = Math.floor(estate.now() / 1000);
      const common = { 'cognito:groups': [role], token_use: use, auth_time: now, origin_jti: randomUUID(), event_id: randomUUID() };
      const own = use === 'access' ? { client_id: pool.clientId, scope: 'openid', username: subject } : { aud: pool.clientId, 'cognito:username': subject };
      return new SignJWT({ ...common, ...own })
        .setProtectedHeader({ alg: 'RS256', kid: stored.kid ?? '' })
        .setSubject(subject)
        .setIssuer(issuer(poolId))
        .setIssuedAt(now)
        .setExpirationTime(now + expiresInSeconds)
        .setJti(randomUUID())
        .sign(await importJWK(stored, 'RS256'));
    },
  };
}
