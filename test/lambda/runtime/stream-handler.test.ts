import { describe, expect, it, vi } from 'vitest';
import { DependencyUnavailable, KeyUnavailable, StoreUnavailable } from '../../../lambda/domain/errors.ts';
import { json } from '../../../lambda/runtime/http/response.ts';
import type { Operation } from '../../../lambda/runtime/http/router.ts';
import { lambdaStreaming, streamHandler } from '../../../lambda/runtime/stream-handler.ts';
import { CONTEXT, proxyEvent } from './http/events.ts';
import { fakeObserver, fakeStreaming } from './streaming.ts';

async function serve(operation: Operation, event: unknown = proxyEvent(), check: () => Promise<unknown> = async () => undefined) {
  const { sent, streaming, call } = fakeStreaming();
  const { observe, lines, metrics } = fakeObserver();
  let loaded = 0;
  const counted: typeof observe = () => {
    loaded += 1;
    return observe();
  };
  const handler = streamHandler({ operation, readiness: { release: 'r7', check }, observe: counted, origins: ['https://shop.example'] }, streaming);
  await call(handler, event, CONTEXT);
  return { sent, lines, metrics, loaded, body: sent.pieces.join('') };
}

describe('streaming handler', () => {
  it('writes what the operation answers', async () => {
    const { sent, body } = await serve(async () => json(200, { status: 'ok' }), proxyEvent({ headers: { Origin: 'https://shop.example' } }));
    expect([sent.status, sent.ended, body]).toEqual([200, true, '{"status":"ok"}']);
    expect(sent.headers['Access-Control-Allow-Origin']).toBe('https://shop.example');
  });

  it('turns what nobody foresaw into a 500 that says nothing, and an error in the log', async () => {
    const error = new Error('secret inside');
    const { sent, body, lines } = await serve(() => Promise.reject(error));
    expect(sent.status).toBe(500);
    expect(body).not.toContain('secret inside');
    expect(lines).toEqual([{ level: 'error', message: 'A request failed', error, fields: { operation: 'getHealth' } }]);
  });

  it.each([StoreUnavailable, KeyUnavailable, DependencyUnavailable])('turns %o into a 503 with Retry-After', async (Unavailable) => {
    const { sent } = await serve(() => Promise.reject(new Unavailable('down')));
    expect([sent.status, sent.headers['Retry-After']]).toEqual([503, '2']);
  });

  it.each([500, 503])('counts an answer of %i as a failed request of the version that runs', async (status) => {
    const { metrics } = await serve(async () => json(status, {}));
    expect(metrics).toEqual([{ name: 'FailedRequests', unit: 'Count', value: 1, dimensions: { FunctionVersion: '7' } }]);
  });

  it('counts what was thrown, and what broke off under a 200, once each', async () => {
    const half = async function* () {
      yield 'half';
      throw new Error('broke');
    };
    for (const operation of [() => Promise.reject(new Error('bug')), async () => ({ ...json(200, {}), body: half() })]) {
      expect((await serve(operation)).metrics.map(({ name }) => name)).toEqual(['FailedRequests']);
    }
  });

  it.each([200, 202, 204, 400, 401, 404, 409, 429])('counts no answer of %i, and loads nothing to report by', async (status) => {
    const { metrics, loaded } = await serve(async () => json(status, {}));
    expect([metrics, loaded]).toEqual([[], 0]);
  });

  it('counts after the answer has left', async () => {
    const order: string[] = [];
    const { streaming, sent, call } = fakeStreaming();
    const { observe } = fakeObserver();
    const watching: typeof observe = async () => ({ ...(await observe()), metric: () => void order.push(sent.ended ? 'after' : 'before') });
    await call(streamHandler({ operation: async () => json(503, {}), readiness: { release: 'r7', check: async () => undefined }, observe: watching, origins: [] }, streaming), proxyEvent(), CONTEXT);
    expect(order).toEqual(['after']);
  });

  it('waits for the work behind an answer after the answer has left, and logs its failure', async () => {
    const order: string[] = [];
    const { lines } = await serve(async () => ({
      ...json(200, {}),
      after: async () => {
        order.push('work');
        throw new Error('late');
      },
    }));
    expect(order).toEqual(['work']);
    expect(lines.map(({ message }) => message)).toEqual(['Work behind an answer failed']);
  });

  it('cuts an answer off that breaks while it is sent', async () => {
    const { sent, lines } = await serve(async () => ({
      ...json(200, {}),
      body: (async function* () {
        yield 'half';
        throw new Error('broke');
      })(),
    }));
    expect([sent.pieces, sent.ended]).toEqual([['half'], false]);
    expect(lines.map(({ message }) => message)).toEqual(['An answer broke off']);
  });

  it('answers the pre-traffic check, after really checking', async () => {
    let checked = 0;
    const { body, sent } = await serve(() => Promise.reject(new Error('not asked')), { check: 'pre-traffic' }, async () => (checked += 1));
    expect([checked, JSON.parse(body), sent.status]).toEqual([1, { ok: true, release: 'r7' }, undefined]);
    await expect(serve(async () => json(200, {}), { check: 'pre-traffic' }, () => Promise.reject(new StoreUnavailable('down')))).rejects.toThrow('down');
  });

  it('does not take a request for the check, whatever it holds', async () => {
    const { sent } = await serve(async () => json(200, {}), { ...proxyEvent(), check: 'pre-traffic' }, () => Promise.reject(new Error('checked')));
    expect(sent.status).toBe(200);
  });

  it('refuses an event of another kind', async () => {
    await expect(serve(async () => json(200, {}), { Records: [] })).rejects.toThrow('neither a request');
  });

  it('says where it runs when it does not run there', () => {
    vi.stubGlobal('awslambda', undefined);
    try {
      expect(() => lambdaStreaming()).toThrow('Lambda Node.js runtime');
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
