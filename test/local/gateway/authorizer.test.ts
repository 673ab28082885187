import { get } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { FunctionError } from '../../../local/runtime/errors.ts';
import { authorizer, echo, lambdaMethod, pathResource, returned, startGateway } from '../support/api.ts';
import type { RunningGateway } from '../support/api.ts';

const guarded = { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Authorizer' } };
const resources = (type: 'REQUEST' | 'TOKEN', rest: object = {}) => ({
  Authorizer: authorizer(type, 'authorizer', rest),
  Chats: pathResource('chats'),
  Get: lambdaMethod('GET', 'Chats', 'chat', { rest: guarded }),
  Post: lambdaMethod('POST', 'Chats', 'chat', { rest: guarded }),
});
const policy = (Effect: string, Resource: unknown, context: unknown = {}): object =>
  ({ principalId: 'me', policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] }, context });

describe('a Lambda authorizer', () => {
  let gateway: RunningGateway;
  let events: Record<string, unknown>[] = [];
  const start = async (type: 'REQUEST' | 'TOKEN', answer: (event: Record<string, unknown>) => unknown, rest: object = {}): Promise<void> => {
    events = [];
    gateway = await startGateway(resources(type, rest), (functionArn, event, sink) => {
      if (!functionArn.includes(':authorizer:')) return echo(functionArn, event, sink);
      events.push(event as Record<string, unknown>);
      return returned(answer(event as Record<string, unknown>));
    });
  };
  const call = (method = 'GET', token = 'Bearer t'): Promise<Response> => fetch(`${gateway.url}/chats?x=1`, { method, headers: token === '' ? {} : { Authorization: token } });
  afterEach(() => gateway.close());

  it('gets the request, and its context reaches the function as text', async () => {
    await start('REQUEST', (event) => policy('Allow', event['methodArn'], { role: 'agent', level: 3, ok: true }));
    const { event } = (await (await call()).json()) as { event: { requestContext: { authorizer: unknown } } };
    expect(event.requestContext.authorizer).toEqual({ principalId: 'me', role: 'agent', level: '3', ok: 'true', integrationLatency: 0 });
    expect(events[0]).toMatchObject({ type: 'REQUEST', resource: '/chats', path: '/chats', httpMethod: 'GET', queryStringParameters: { x: '1' }, requestContext: { resourcePath: '/chats' } });
    expect(events[0]?.['methodArn']).toMatch(/^arn:aws:execute-api:eu-central-1:111122223333:[a-z0-9]{10}\/live\/GET\/chats$/);
  });

  it('is not asked without an identity', async () => {
    await start('REQUEST', () => policy('Allow', '*'));
    expect((await call('GET', '')).status).toBe(401);
    expect(events).toEqual([]);
  });

  it('keeps its result for the time declared, and judges each method by it', async () => {
    await start('REQUEST', (event) => policy('Allow', event['methodArn']), { AuthorizerResultTtlInSeconds: 60 });
    expect([(await call()).status, (await call()).status, (await call('POST')).status]).toEqual([200, 200, 403]);
    expect(events).toHaveLength(1);
    expect((await call('POST', 'Bearer other')).status).toBe(200);
    gateway.clock.advance(60_000);
    expect((await call('POST')).status).toBe(200);
    expect(events).toHaveLength(3);
  });

  it('keeps its result by each identity source: the address of the caller may be one', async () => {
    await start('REQUEST', () => policy('Allow', '*'), { AuthorizerResultTtlInSeconds: 60, IdentitySource: 'method.request.header.Authorization,context.identity.sourceIp' });
    expect([(await call()).status, (await call()).status]).toEqual([200, 200]);
    expect(events).toHaveLength(1);
    const status = await new Promise((resolve, reject) => {
      get(`${gateway.url}/chats`, { localAddress: '127.0.0.2', headers: { Authorization: 'Bearer t' } }, (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
    expect(status).toBe(200);
    expect(events.map((event) => (event['requestContext'] as { identity: { sourceIp: string } }).identity.sourceIp)).toEqual(['127.0.0.1', '127.0.0.2']);
  });

  it('keeps nothing when told so', async () => {
    await start('REQUEST', () => policy('Allow', '*'), { AuthorizerResultTtlInSeconds: 0 });
    await call();
    await call();
    expect(events).toHaveLength(2);
  });

  it.each([
    ['Allow', 'arn:aws:execute-api:*:*:*/live/*/chats', 200],
    ['Allow', ['arn:aws:execute-api:*/GET/other', 'arn:aws:execute-api:*/GE?/chats'], 200],
    ['Allow', 'arn:aws:execute-api:*/POST/*', 403],
    ['Deny', '*', 403],
  ])('%s %j gives %i', async (effect, resource, status) => {
    await start('REQUEST', () => policy(effect, resource));
    expect((await call()).status).toBe(status);
  });

  it('lets a Deny win', async () => {
    await start('REQUEST', () => ({ principalId: 'me', policyDocument: { Statement: [{ Action: '*', Effect: 'Allow', Resource: '*' }, { Action: ['execute-api:invoke'], Effect: 'Deny', Resource: '*/GET/*' }] } }));
    expect(await (await call()).json()).toEqual({ message: 'User is not authorized to access this resource with an explicit deny' });
    expect((await call('POST')).status).toBe(200);
  });

  it.each([
    ['no principal', { policyDocument: {} }],
    ['no policy', { principalId: 'me' }],
    ['an object in its context', policy('Allow', '*', { a: {} })],
    ['a condition', { principalId: 'me', policyDocument: { Statement: [{ Action: '*', Effect: 'Allow', Resource: '*', Condition: {} }] } }],
  ])('with %s is a 500', async (_, result) => {
    await start('REQUEST', () => result);
    expect((await call()).status).toBe(500);
    expect(gateway.reports).toHaveLength(1);
  });

  it('says 401 by throwing "Unauthorized", 500 by any other failure', async () => {
    let message = 'Unauthorized';
    gateway = await startGateway(resources('REQUEST'), () => Promise.reject(new FunctionError({ errorType: 'Error', errorMessage: message })));
    expect((await call()).status).toBe(401);
    message = 'broken';
    expect((await call()).status).toBe(500);
  });

  it('of the type TOKEN gets the token alone, once it looks right', async () => {
    await start('TOKEN', (event) => policy(event['authorizationToken'] === 'Bearer t' ? 'Allow' : 'Deny', '*'), { IdentityValidationExpression: 'Bearer [a-z]+' });
    expect([(await call()).status, (await call('GET', 'Bearer bad')).status, (await call('GET', 'Basic x')).status]).toEqual([200, 403, 401]);
    expect(events.map(({ type, authorizationToken }) => [type, authorizationToken])).toEqual([['TOKEN', 'Bearer t'], ['TOKEN', 'Bearer bad']]);
  });
});
