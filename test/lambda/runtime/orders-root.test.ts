import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ENV } from '../../../lambda/contracts/env.ts';
import { openOrders } from '../../../lambda/runtime/roots/orders.ts';
import { secretArn } from '../../../local/aws/index.ts';
import { type LoopbackServer, startJsonServer } from '../../app/support/loopback-server.ts';
import { ORDER, ORDER_SETTINGS } from '../../support/fakes/orders.ts';
import { PLACE, startEndpoint, type TestEndpoint } from '../adapters/loopback.ts';

let endpoint: TestEndpoint;
let shop: LoopbackServer;
const authorizations: (string | undefined)[] = [];

beforeAll(async () => {
  endpoint = await startEndpoint({ resources: { secrets: [{ name: 'order-system', secretString: '{"key":"k-1"}' }] } });
  shop = await startJsonServer(({ headers }) => {
    authorizations.push(headers.authorization);
    return ORDER;
  });
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint.endpoint.url);
  vi.stubEnv('AWS_REGION', PLACE.region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([endpoint.endpoint.close(), shop.close()]);
});

describe('the order system of a function', () => {
  it('is none where none is configured', () => {
    expect(openOrders({}, {})).toBeUndefined();
  });

  it('needs the ARN of its key', () => {
    expect(() => openOrders({}, { orders: ORDER_SETTINGS })).toThrow(ENV.orderSystemSecret);
  });

  it('is asked with the key from its secret, which is read once', async () => {
    const orders = openOrders({ ...endpoint.variables(), [ENV.orderSystemSecret]: secretArn(PLACE, 'order-system') }, { orders: { ...ORDER_SETTINGS, baseUrl: shop.url } });
    expect(endpoint.calls).toEqual([]);
    const query = { orderNumber: ORDER.orderNumber, subject: ORDER.owner, signal: new AbortController().signal };
    expect([await orders?.find(query), await orders?.find(query)]).toEqual([ORDER, ORDER]);
    expect([authorizations, endpoint.calls.map(({ operation }) => operation)]).toEqual([['Bearer k-1', 'Bearer k-1'], ['GetSecretValue']]);
  });
});
