import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { restOrders, type RestOrdersOptions } from '../../../../lambda/adapters/orders/rest.ts';
import { DependencyUnavailable } from '../../../../lambda/domain/errors.ts';
import { ORDER, OWNER } from '../../../support/fakes/orders.ts';

const KEY = 'key-of-the-order-system';
const NEVER = new AbortController().signal;
const QUERY = { orderNumber: 'OT-12345', subject: OWNER.subject, signal: NEVER };

/** Answers one request; the number counts from 1. */
type Answer = (request: IncomingMessage, response: ServerResponse, number: number) => void;
const status = (code: number, headers: Readonly<Record<string, string>> = {}): Answer => (_, response) => response.writeHead(code, headers).end();
const body = (value: unknown): Answer => (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(typeof value === 'string' ? value : JSON.stringify(value));
const found = body(ORDER);

let server: Server;
let baseUrl = '';
let answer: Answer = found;
const seen: IncomingMessage[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request);
    answer(request, response, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  seen.length = 0;
  answer = found;
});

const open = (options: Partial<RestOrdersOptions> = {}) =>
  restOrders({ baseUrl, key: { get: async () => KEY, refresh: async () => KEY }, fetch, wait: async () => undefined, random: () => 0, ...options });
const failure = async (promise: Promise<unknown>): Promise<Error> => {
  const error: unknown = await promise.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DependencyUnavailable);
  return error as Error;
};

describe('an order system that speaks REST', () => {
  it('is asked for one order, with the key and in the name of the subject', async () => {
    expect(await open().find(QUERY)).toEqual(ORDER);
    expect(seen.map(({ method, url, headers }) => [method, url, headers.authorization, headers['x-subject'], headers.accept])).toEqual([['GET', '/api/orders/OT-12345', `Bearer ${KEY}`, OWNER.subject, 'application/json']]);
  });

  it('may have a slash at the end of its URL, and gets what is no path as none', async () => {
    answer = status(404);
    await open({ baseUrl: `${baseUrl}//` }).find({ ...QUERY, orderNumber: '../admin?x=1#y' });
    expect(seen.map(({ url }) => url)).toEqual(['/api/orders/..%2Fadmin%3Fx%3D1%23y']);
  });

  it('knows no such order: 404', async () => {
    answer = status(404);
    expect(await open().find(QUERY)).toBeUndefined();
    expect(seen).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ['an error of its own', status(500)],
    ['a throttle', status(429, { 'retry-after': '1' })],
    ['a redirect', status(302, { location: 'https://evil.example/orders/OT-12345' })],
    ['another success', status(204)],
    ['no JSON', body('<html>')],
    ['half of it', body('{"orderNumber":"OT-12345"')],
    ['nothing', body('')],
    ['no order', body({})],
    ['another order', body({ ...ORDER, orderNumber: 'OT-99999' })],
    ['markup', body({ ...ORDER, carrier: '<b>DHL</b>' })],
    ['more than 64 KB', body(JSON.stringify({ ...ORDER, note: 'x'.repeat(70_000) }))],
    ['a compressed flood', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(20_000_000, ' ')))],
    ['a flood without end', (_, response) => {
      response.writeHead(200);
      const pour = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    }],
  ])('that answers %s is unavailable at once', async (_, how) => {
    answer = how;
    await failure(open().find(QUERY));
    expect(seen).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ['502', status(502)],
    ['503', status(503)],
    ['504', status(504)],
    ['a connection that breaks', (request) => void request.socket.destroy()],
    ['a connection that breaks in the middle', (request, response) => void response.writeHead(200).write('{"orderNumber":', () => request.socket.destroy())],
  ])('is asked once more after %s, and not a third time', async (_, how) => {
    answer = (request, response, number) => (number === 1 ? how : found)(request, response, number);
    expect(await open().find(QUERY)).toEqual(ORDER);
    expect(seen).toHaveLength(2);
    answer = how;
    await failure(open().find(QUERY));
    expect(seen).toHaveLength(4);
  });

  it('is asked hardly twice in an outage, and again once it answers', async () => {
    const orders = open();
    answer = status(503);
    for (let one = 0; one < 100; one += 1) await failure(orders.find(QUERY));
    expect(seen.length).toBeLessThanOrEqual(120);
    expect(seen.length).toBeGreaterThan(100);
    answer = found;
    for (let one = 0; one < 10; one += 1) await orders.find(QUERY);
    seen.length = 0;
    answer = (request, response, number) => (number === 1 ? status(503) : found)(request, response, number);
    expect(await orders.find(QUERY)).toEqual(ORDER);
  });

  it('waits any part of 50 ms before the second attempt', async () => {
    const pauses: number[] = [];
    answer = (request, response, number) => (number === 1 ? status(503) : found)(request, response, number);
    await open({ random: () => 0.5, wait: async (milliseconds) => void pauses.push(milliseconds) }).find(QUERY);
    expect(pauses).toEqual([25]);
  });

  it('that never answers ends with the budget; the second attempt is inside it', async () => {
    answer = () => undefined;
    await failure(open({ budgetMilliseconds: 60 }).find(QUERY));
    expect(seen.length).toBeLessThanOrEqual(2);
  });

  it('is left when nobody waits any more', async () => {
    const stop = new AbortController();
    answer = () => stop.abort();
    await failure(open().find({ ...QUERY, signal: stop.signal }));
    expect(seen).toHaveLength(1);
    await failure(open().find({ ...QUERY, signal: stop.signal }));
  });

  it('is not reached at all', async () => {
    await failure(open({ baseUrl: 'http://127.0.0.1:9' }).find(QUERY));
  });

  it.each(['http://orders.shop.example', 'ftp://127.0.0.1', 'http://127.0.0.1.evil.example'])('is never asked over %s', (url) => {
    expect(() => open({ baseUrl: url })).toThrow(/not an https URL/);
  });
});

describe('its key', () => {
  it.each([401, 403])('is read anew when it is refused with %i, and tried once', async (code) => {
    let refreshed = 0;
    answer = (request, response, number) => (request.headers.authorization === 'Bearer new' ? found : status(code))(request, response, number);
    const key = { get: async () => 'old', refresh: async () => `${(refreshed += 1) && 'new'}` };
    expect(await open({ key }).find(QUERY)).toEqual(ORDER);
    expect([refreshed, seen.map(({ headers }) => headers.authorization)]).toEqual([1, ['Bearer old', 'Bearer new']]);
  });

  it('is not tried again when it is still the same, and never more than twice', async () => {
    answer = status(401);
    await failure(open().find(QUERY));
    expect(seen).toHaveLength(1);
    let number = 0;
    const next = async (): Promise<string> => `key-${(number += 1)}`;
    await failure(open({ key: { get: next, refresh: next } }).find(QUERY));
    expect(seen).toHaveLength(3);
  });

  it('that cannot be read makes the order system unavailable, and bounds the wait for it', async () => {
    const gone = async (): Promise<string> => Promise.reject(new DependencyUnavailable('The secret could not be read.'));
    await failure(open({ key: { get: gone, refresh: gone } }).find(QUERY));
    const hangs = (): Promise<string> => new Promise(() => undefined);
    await failure(open({ key: { get: hangs, refresh: hangs }, budgetMilliseconds: 20 }).find(QUERY));
    expect(seen).toEqual([]);
  });

  it('stands in no error, whatever goes wrong', async () => {
    const broken = `${KEY}\nx`;
    const ways: readonly [Answer, Partial<RestOrdersOptions>][] = [[status(401), {}], [status(500), {}], [body(KEY), {}], [body({ ...ORDER, status: KEY }), {}], [found, { key: { get: async () => broken, refresh: async () => broken } }]];
    for (const [how, options] of ways) {
      answer = how;
      const error = await failure(open(options).find(QUERY));
      expect([error.message, String(error.cause), error.stack]).not.toContainEqual(expect.stringContaining(KEY));
    }
  });
});
