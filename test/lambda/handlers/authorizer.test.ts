import { describe, expect, it } from 'vitest';
import { DependencyUnavailable } from '../../../lambda/domain/errors.ts';
import { principalFromContext } from '../../../lambda/domain/identity/principal.ts';
import type { Principal } from '../../../lambda/domain/identity/types.ts';
import { networks } from '../../../lambda/runtime/networks.ts';
import { authorize, type AuthorizerEvent } from '../../../lambda/handlers/authorizer/authorize.ts';

const OWNER: Principal = { kind: 'conversation', conversationId: 'c1', subject: 's1' };
const find = async (token: string): Promise<Principal | undefined> => (token === 'good.token-_~+/=' ? OWNER : undefined);
const event = (over: Partial<AuthorizerEvent> = {}): AuthorizerEvent => ({
  methodArn: 'arn:aws:execute-api:eu-central-1:111122223333:abc123/v1stage/POST/v1/conversations/c1/messages',
  httpMethod: 'POST',
  resource: '/v1/conversations/{id}/messages',
  headers: { Authorization: 'Bearer good.token-_~+/=' },
  ...over,
});

describe('authorizer', () => {
  it('lets a token’s principal through, for all routes of the stage', async () => {
    const result = await authorize(find, event());
    expect(result.policyDocument.Statement).toEqual([{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: 'arn:aws:execute-api:eu-central-1:111122223333:abc123/v1stage/*' }]);
    expect(principalFromContext(result.context)).toEqual(OWNER);
    expect(Object.values(result.context).every((value) => typeof value === 'string')).toBe(true);
    // It appears in the gateway's logs.
    expect(result.principalId).toBe('conversation');
  });

  it.each(['bearer good.token-_~+/=', 'BEARER  good.token-_~+/= '])('reads the scheme in any case: %j', async (authorization) => {
    expect((await authorize(find, event({ headers: { authorization } }))).principalId).toBe('conversation');
  });

  it('lets anybody open a conversation', async () => {
    const result = await authorize(find, event({ resource: '/v1/conversations', headers: null }));
    expect(principalFromContext(result.context)).toEqual({ kind: 'anonymous' });
  });

  it.each<[string, Partial<AuthorizerEvent>]>([
    ['no token where one is needed', { headers: {} }],
    ['a wrong token', { headers: { Authorization: 'Bearer bad' } }],
    ['a wrong token where none is needed', { resource: '/v1/conversations', headers: { Authorization: 'Bearer bad' } }],
    ['an empty token', { resource: '/v1/conversations', headers: { Authorization: '' } }],
    ['another scheme', { headers: { Authorization: 'Basic Z29vZA==' } }],
    ['two tokens', { headers: { Authorization: 'Bearer good.token-_~+/=, Bearer x' } }],
    ['no token on an unknown route', { resource: '/v1/other', headers: null }],
    ['no token with another method', { httpMethod: 'GET', resource: '/v1/conversations', headers: null }],
  ])('denies %s by a policy that may be remembered, and does not fail', async (_name, over) => {
    expect(await authorize(find, event(over))).toEqual({
      principalId: 'nobody',
      policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: 'arn:aws:execute-api:eu-central-1:111122223333:abc123/v1stage/*' }] },
      context: {},
    });
  });

  it('denies staff from outside of their networks like a wrong token, and nobody else', async () => {
    const staff: Principal = { kind: 'staff', staffId: 'a', roles: ['privacy'] };
    const from = (sourceIp: string | null | undefined, principal: Principal) =>
      authorize(async () => principal, event({ ...(sourceIp !== undefined && { requestContext: { identity: { sourceIp } } }) }), networks(['192.0.2.0/24', '2001:db8::/32']));
    for (const inside of ['192.0.2.7', '2001:db8::1', '::ffff:192.0.2.7']) expect((await from(inside, staff)).principalId).toBe('staff');
    const wrong = await authorize(find, event({ headers: { Authorization: 'Bearer bad' } }));
    for (const outside of ['192.0.3.1', '2001:db9::1', '', 'not an address', null, undefined]) {
      expect(await from(outside, staff)).toEqual(wrong);
      expect((await from(outside, OWNER)).principalId).toBe('conversation');
      expect((await from(outside, { kind: 'customer', subject: 's' })).principalId).toBe('customer');
    }
    const headers = { Authorization: 'Bearer good.token-_~+/=', 'X-Forwarded-For': '192.0.2.7' };
    expect(await authorize(async () => staff, event({ headers, requestContext: { identity: { sourceIp: '192.0.3.1' } } }), networks(['192.0.2.0/24']))).toEqual(wrong);
  });

  it('does not take a dead key store for a wrong token', async () => {
    await expect(authorize(() => Promise.reject(new DependencyUnavailable('down')), event())).rejects.toBeInstanceOf(DependencyUnavailable);
  });
});
