import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Loopback } from '../../../local/aws/index.ts';
import { withFolder, withLoopback } from './support/loopback.ts';

const poolId = 'eu-central-1_Pool1';
const resources = { userPools: [{ poolId, clientId: 'client-1' }] };
const verify = async (loopback: Loopback, token: string, now: Date): Promise<Record<string, unknown>> => {
  const keys = createRemoteJWKSet(new URL(`${loopback.url}/${poolId}/.well-known/jwks.json`));
  return (await jwtVerify(token, keys, { issuer: `${loopback.url}/${poolId}`, algorithms: ['RS256'], currentDate: now })).payload;
};
const staff = { poolId, role: 'support-agent', subject: 'agent-1', expiresInSeconds: 60 };

describe('user pool', () => {
  it('signs tokens that its published keys verify, until they expire', async () => {
    const now = Date.parse('2026-05-01T10:00:00Z');
    await withLoopback({ resources, now: () => now }, async ({ loopback }) => {
      const token = await loopback.mintStaffToken(staff);
      expect(await verify(loopback, token, new Date(now))).toMatchObject({
        sub: 'agent-1',
        'cognito:groups': ['support-agent'],
        token_use: 'access',
        client_id: 'client-1',
        iat: now / 1000,
        exp: now / 1000 + 60,
      });
      await expect(verify(loopback, token, new Date(now + 61_000))).rejects.toThrow(/"exp" claim/);
      expect(decodeJwt(await loopback.mintStaffToken({ ...staff, use: 'id' }))).toMatchObject({ token_use: 'id', aud: 'client-1' });
    });
  });

  it('publishes discovery, and neither private parts nor unknown pools', async () => {
    await withLoopback({ resources }, async ({ loopback }) => {
      const get = async (path: string): Promise<Response> => fetch(`${loopback.url}${path}`);
      const discovery = (await (await get(`/${poolId}/.well-known/openid-configuration`)).json()) as Record<string, string>;
      expect(discovery).toMatchObject({ issuer: `${loopback.url}/${poolId}`, jwks_uri: `${loopback.url}/${poolId}/.well-known/jwks.json` });
      const { keys } = (await (await get(`/${poolId}/.well-known/jwks.json`)).json()) as { keys: Record<string, string>[] };
      expect(Object.keys(keys[0] ?? {}).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
      expect((await get('/other/.well-known/jwks.json')).status).toBe(403);
      await expect(loopback.mintStaffToken({ ...staff, poolId: 'other' })).rejects.toThrow(/'other' is not declared; declared are: eu-central-1_Pool1/);
    });
  });

  it('keeps its key over a restart, and makes one key for two first requests', async () => {
    await withFolder(async (dataDir) => {
      const kid = (token: string): string => (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;
      const mint = (): Promise<string[]> =>
        withLoopback({ dataDir, resources }, async ({ loopback }) => (await Promise.all([loopback.mintStaffToken(staff), loopback.mintStaffToken(staff)])).map(kid));
      const kids = [...(await mint()), ...(await mint())];
      expect(new Set(kids).size).toBe(1);
    });
  });
});
