import { afterAll, beforeAll, expect, it } from 'vitest';
import { staffTokens } from '../../../../lambda/adapters/oidc/staff.ts';
import { startEndpoint, type TestEndpoint } from '../loopback.ts';

let endpoint: TestEndpoint;
beforeAll(async () => {
  endpoint = await startEndpoint({ resources: { userPools: [{ poolId: 'eu-central-1_Abc123', clientId: 'client' }] } });
});
afterAll(() => endpoint.endpoint.close());

it('accepts an access token of the local user pool, and refuses its ID token', async () => {
  const issuer = `${endpoint.endpoint.url}/eu-central-1_Abc123`;
  const tokens = staffTokens({ issuer, clientId: 'client', fetch, now: Date.now });
  const mint = (use: 'access' | 'id') => endpoint.endpoint.mintStaffToken({ poolId: 'eu-central-1_Abc123', role: 'supervisor', subject: 'boss', expiresInSeconds: 600, use });
  expect(await tokens.verify(await mint('access'))).toEqual({ staffId: 'boss', roles: ['supervisor'] });
  expect(await tokens.verify(await mint('id'))).toBeUndefined();
});
