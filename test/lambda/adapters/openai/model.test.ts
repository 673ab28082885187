import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAiCompatibleModel, type EndpointKey, type OpenAiCompatibleOptions } from '../../../../lambda/adapters/openai/model.ts';
import type { Decided } from '../../../../lambda/domain/answer/extractive.ts';
import { replyByModel } from '../../../../lambda/domain/answer/model-reply.ts';
import type { ModelChunk, ModelRequest } from '../../../../lambda/domain/answer/ports.ts';
import { DependencyUnavailable, ModelUnavailable } from '../../../../lambda/domain/errors.ts';
import { chunk, says, startModelEndpoint, stream, usage, type ModelEndpoint, type Play } from '../../../support/fakes/model-endpoint.ts';

let endpoint: ModelEndpoint;
beforeAll(async () => {
  endpoint = await startModelEndpoint();
});
afterAll(() => endpoint.close());

const SETTINGS = { provider: 'openai-compatible', modelId: 'small-model', maxTokens: 300, temperature: 0.2, timeoutMilliseconds: 1, workerTimeoutMilliseconds: 1, inputUsdPer1000: 0.003, outputUsdPer1000: 0.015 } as const;
const model = (over: Partial<OpenAiCompatibleOptions> = {}) =>
  openAiCompatibleModel({
    settings: { ...SETTINGS, baseUrl: endpoint.url },
    timeoutMilliseconds: 20_000,
    promptVersion: 'p1',
    assemble: ({ question, locale }) => ({ system: `speak ${locale}`, messages: [{ role: 'user', text: 'earlier' }, { role: 'assistant', text: 'yes' }, { role: 'user', text: question }] }),
    ...over,
  });
const REQUEST: ModelRequest = { question: 'How?', history: [], passages: [], locale: 'en', signal: new AbortController().signal };
async function ask(over: Partial<OpenAiCompatibleOptions> = {}, request: Partial<ModelRequest> = {}): Promise<ModelChunk[]> {
  const all: ModelChunk[] = [];
  for await (const piece of model(over).stream({ ...REQUEST, ...request })) all.push(piece);
  return all;
}
const failure = (asked: Promise<unknown>): Promise<Error> => asked.then(() => Promise.reject(new Error('It answered.')), (error: Error) => error);
const lastTwo = (messages: unknown): unknown[] => (Array.isArray(messages) ? messages.slice(-2) : []);
/** Error, causes and stacks, as a careless log would write them. */
function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = Object.getOwnPropertyNames(error).map((name) => `${name}=${String(Reflect.get(error, name))}`);
  return [...own, String(error), everythingIn(error.cause ?? '')].join('\n');
}
/** A key that has a newer version. */
const keys = (first: string, newer = first): EndpointKey & { readonly refreshed: () => number } => {
  let refreshed = 0;
  return {
    get: async () => first,
    refresh: async () => {
      refreshed += 1;
      return newer;
    },
    refreshed: () => refreshed,
  };
};
const answering = (status: number, headers: Record<string, string> = {}, body = ''): Play => (_, response) => response.writeHead(status, headers).end(body);

describe('a model behind an endpoint', () => {
  it('streams text, then what it used', async () => {
    endpoint.play(says('Return it ', 'within 30 days.'));
    expect(await ask()).toEqual([{ type: 'text', text: 'Return it ' }, { type: 'text', text: 'within 30 days.' }, { type: 'end', inputTokens: 40, outputTokens: 8, stopReason: 'complete' }]);
  });

  it('is sent the prompt and the limits, and no key when there is none', async () => {
    endpoint.play(says('ok'));
    await ask();
    expect(endpoint.requests).toHaveLength(1);
    const [request] = endpoint.requests;
    expect(request?.path).toBe('/v1/chat/completions');
    expect(request?.headers).not.toHaveProperty('authorization');
    expect(request?.body).toEqual({
      model: 'small-model',
      messages: [{ role: 'system', content: 'speak en' }, { role: 'user', content: 'earlier' }, { role: 'assistant', content: 'yes' }, { role: 'user', content: 'How?' }],
      max_tokens: 300,
      temperature: 0.2,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('may ask for tools, whose inputs come in pieces, and is told what they gave', async () => {
    endpoint.play(
      stream(
        chunk({ tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'order_status', arguments: '{"order' } }] }),
        chunk({ tool_calls: [{ index: 1, id: 'b', function: { name: 'order_status', arguments: '' } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: 'Number":"AB-1"}' } }] }),
        chunk({}, 'tool_calls'),
        usage(50, 9),
        '[DONE]',
      ),
    );
    const tools = [{ name: 'order_status', description: 'Status of an order', inputSchema: { type: 'object', properties: { orderNumber: { type: 'string' } } } }];
    const first = await ask({}, { tools });
    expect(first).toEqual([
      { type: 'tool', use: { id: 'a', name: 'order_status', input: '{"orderNumber":"AB-1"}' } },
      { type: 'tool', use: { id: 'b', name: 'order_status', input: '{}' } },
      { type: 'end', inputTokens: 50, outputTokens: 9, stopReason: 'tool' },
    ]);
    expect(endpoint.requests[0]?.body['tools']).toEqual([{ type: 'function', function: { name: 'order_status', description: 'Status of an order', parameters: tools[0]?.inputSchema } }]);
    endpoint.play(says('On its way [1].'));
    await ask({}, { tools, rounds: [{ use: { id: 'a', name: 'order_status', input: '{"orderNumber":"AB-1"}' }, result: 'shipped' }] });
    expect(lastTwo(endpoint.requests[0]?.body['messages'])).toEqual([
      { role: 'assistant', content: null, tool_calls: [{ id: 'a', type: 'function', function: { name: 'order_status', arguments: '{"orderNumber":"AB-1"}' } }] },
      { role: 'tool', tool_call_id: 'a', content: 'shipped' },
    ]);
  });

  it.each([
    ['stop', 'complete'],
    ['length', 'length'],
    ['content_filter', 'guardrail'],
  ])('that stops for %s stops for %s', async (reason, expected) => {
    endpoint.play(stream(chunk({ content: 'ok' }), chunk({}, reason), usage(1, 1), '[DONE]'));
    expect((await ask()).at(-1)).toMatchObject({ stopReason: expected });
  });

  it('that calls a stop for a tool «stop» still stopped for the tool', async () => {
    endpoint.play(stream(chunk({ tool_calls: [{ id: 'a', function: { name: 'x', arguments: '{}' } }] }), chunk({}, 'stop'), '[DONE]'));
    expect((await ask()).at(-1)).toMatchObject({ stopReason: 'tool' });
  });

  it('needs no [DONE], and what comes after it or for other choices is not read', async () => {
    endpoint.play(stream(chunk({ content: 'a' }), chunk({}, 'stop'), usage(3, 1)));
    expect(await ask()).toHaveLength(2);
    endpoint.play(stream({ choices: [{ index: 1, delta: { content: 'other' } }, { index: 0, delta: { content: 'a' }, finish_reason: 'stop' }] }, '[DONE]', chunk({ content: 'late' })));
    expect((await ask()).filter(({ type }) => type === 'text')).toEqual([{ type: 'text', text: 'a' }]);
  });

  it.each([
    ['no usage', []],
    ['a usage that is none', [{ choices: [], usage: null }]],
    ['negative counts', [usage(-5, 3)]],
    ['counts that are no numbers', [usage('many', Number.NaN)]],
    ['a request without tokens', [usage(0, 0)]],
  ])('that tells of %s is counted as the most that it can have used', async (_, events) => {
    endpoint.play(stream(chunk({ content: 'ä'.repeat(200) }), chunk({}, 'stop'), ...events, '[DONE]'));
    const sent = (await ask()).at(-1);
    expect(sent).toMatchObject({ type: 'end', outputTokens: 400 });
    expect(sent?.type === 'end' && sent.inputTokens).toBe(Buffer.byteLength(JSON.stringify(endpoint.requests[0]?.body)));
  });

  it('that wrote little and tells of no usage may have used all that it was allowed', async () => {
    endpoint.play(stream(chunk({ content: 'No.' }), chunk({}, 'stop'), '[DONE]'));
    expect((await ask()).at(-1)).toMatchObject({ outputTokens: 300 });
  });

  it('prices in millionths of a USD, and reserves the worst case', () => {
    expect(model().price(1_000, 1_000)).toBe(18_000);
    expect(model().maxTokens).toBe(300);
  });
});

describe('an endpoint that gives no answer', () => {
  const long = 'x'.repeat(70_000);
  it.each<[string, Play, string]>([
    ['400', answering(400), 'EndpointRefused'],
    ['403', answering(403), 'EndpointRefused'],
    ['404', answering(404), 'EndpointRefused'],
    ['429', answering(429), 'EndpointFailed'],
    ['500', answering(500), 'EndpointFailed'],
    ['503', answering(503), 'EndpointFailed'],
    ['an error in the stream', stream({ error: { message: 'overloaded' } }), 'EndpointFailed'],
    ['an error after text', stream(chunk({ content: 'a' }), { error: { message: 'overloaded' } }), 'EndpointFailed'],
    ['a connection that breaks', (_, response) => response.destroy(), 'EndpointFailed'],
    ['a stream that breaks', (_, response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`data: ${JSON.stringify(chunk({ content: 'a' }))}\n\n`, () => response.destroy()), 'EndpointFailed'],
    ['a whole answer in JSON', answering(200, { 'content-type': 'application/json' }, '{"choices":[]}'), 'BrokenAnswer'],
    ['a page', answering(200, { 'content-type': 'text/html' }, '<html>'), 'BrokenAnswer'],
    ['what is not JSON', stream('{"choices":'), 'BrokenAnswer'],
    ['no reason to stop', stream(chunk({ content: 'a' }), '[DONE]'), 'BrokenAnswer'],
    ['an unknown reason to stop', stream(chunk({ content: 'a' }, 'because'), '[DONE]'), 'BrokenAnswer'],
    ['a reason named after a method', stream(chunk({ content: 'a' }, 'toString'), '[DONE]'), 'BrokenAnswer'],
    ['a tool that it does not name', stream(chunk({}, 'tool_calls'), '[DONE]'), 'BrokenAnswer'],
    ['nothing', stream(), 'BrokenAnswer'],
    ['JSON that is no chunk', stream('7', '[]', 'null', '"x"', '{"choices":7}', '{"choices":[null]}', '[DONE]'), 'BrokenAnswer'],
    ['a flood of tools', stream(chunk({ tool_calls: Array.from({ length: 17 }, (_, index) => ({ index, id: 'x', function: { name: 'y' } })) })), 'BrokenAnswer'],
    ['an endless tool input', stream(chunk({ tool_calls: [{ index: 0, function: { name: 'y', arguments: long } }] })), 'BrokenAnswer'],
    ['a line without end', stream('x'.repeat(300_000)), 'BrokenAnswer'],
  ])('is unavailable after %s, at once', async (_, play, name) => {
    endpoint.play(play);
    const error = await failure(ask());
    expect(error).toBeInstanceOf(ModelUnavailable);
    expect(error.cause).toMatchObject({ name });
    expect(endpoint.requests).toHaveLength(1);
  });

  it('never ends: it is left after the most bytes of an answer', async () => {
    endpoint.play((request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const line = `data: ${JSON.stringify(chunk({ content: 'x'.repeat(60_000) }))}\n\n`;
      const more = (): void => {
        while (!response.destroyed && response.write(line)) continue;
      };
      response.on('drain', more).on('error', () => undefined);
      more();
      void request.closed;
    });
    expect((await failure(ask())).cause).toMatchObject({ name: 'BrokenAnswer' });
    await endpoint.requests[0]?.closed;
  });

  it('leads elsewhere: the conversation does not follow', async () => {
    const other = await startModelEndpoint();
    for (const status of [301, 302, 307, 308]) {
      endpoint.play(answering(status, { location: `${other.url}/chat/completions` }));
      expect((await failure(ask({ key: keys('k-1') }))).cause).toMatchObject({ name: 'EndpointRefused' });
    }
    expect(other.requests).toEqual([]);
    await other.close();
  });

  it('is silent: the turn is not held, before the headers and in mid-stream, and the connection ends', async () => {
    endpoint.play(() => undefined);
    expect(await failure(ask({}, { signal: AbortSignal.abort() }))).toBeInstanceOf(ModelUnavailable);
    expect((await failure(ask({ timeoutMilliseconds: 1 }))).cause).toMatchObject({ name: 'TimeoutError' });
    endpoint.play((_, response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`data: ${JSON.stringify(chunk({ content: 'The first half' }))}\n\n`));
    const turn = new AbortController();
    const seen: ModelChunk[] = [];
    const reading = (async () => {
      for await (const piece of model().stream({ ...REQUEST, signal: turn.signal })) {
        seen.push(piece);
        turn.abort();
      }
    })();
    expect(await failure(reading)).toMatchObject({ name: 'ModelUnavailable', cause: { name: 'AbortError' } });
    expect(seen).toEqual([{ type: 'text', text: 'The first half' }]);
    await endpoint.requests[0]?.closed;
  });

  it('is left when the reader leaves', async () => {
    endpoint.play((_, response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`data: ${JSON.stringify(chunk({ content: 'a' }))}\n\n`));
    for await (const piece of model().stream(REQUEST)) {
      expect(piece.type).toBe('text');
      break;
    }
    await endpoint.requests[0]?.closed;
  });

  it('never ends: the answer does, and the connection with it', async () => {
    let written = 0;
    endpoint.play((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const more = (): void => {
        while (!response.destroyed && response.write(`data: ${JSON.stringify(chunk({ content: 'Keep the box. ' }))}\n\n`)) written += 1;
        response.once('drain', more);
      };
      more();
    });
    const passage = { id: 'box#1', articleId: 'box', title: 'Box', section: '', useCase: 'returns', locale: 'en', date: '2026-01-02', text: 'Keep the box.' };
    const decided: Decided = { reply: { kind: 'answer', text: passage.text, sources: [] }, useCase: 'returns', score: 1, rule: 'cited-passage', passages: [{ passage, score: 1, coverage: 1 }] };
    const outcome = await replyByModel({ model: model(), text: 'Which box?', locale: 'en', history: [], decided, humanContact: 'Call us.', signal: new AbortController().signal, onText: () => undefined });
    expect(outcome).toMatchObject({ modelFailed: false, outputTokens: SETTINGS.maxTokens, decided: { rule: 'model-reply-cut', reply: { text: expect.stringMatching(/^(?:Keep the box\. )+Keep the box\.$/) } } });
    expect(outcome.decided.reply.text.length).toBeLessThanOrEqual(6 * SETTINGS.maxTokens);
    await endpoint.requests[0]?.closed;
    expect(written).toBeGreaterThan(100);
  });
});

describe('the key of an endpoint', () => {
  const onlyFor = (key: string): Play => (request, response) => (request.headers.authorization === `Bearer ${key}` ? says('ok')(request, response) : response.writeHead(401).end());

  it('is sent as it is kept', async () => {
    endpoint.play(onlyFor('k-1'));
    const key = keys('k-1');
    await ask({ key });
    expect([endpoint.requests.length, key.refreshed()]).toEqual([1, 0]);
  });

  it('is read anew once when it is refused, and the call is made again with the newer one', async () => {
    endpoint.play(onlyFor('k-2'));
    const key = keys('k-1', 'k-2');
    expect((await ask({ key })).at(-1)).toMatchObject({ type: 'end' });
    expect([endpoint.requests.length, key.refreshed()]).toEqual([2, 1]);
  });

  it.each([
    ['there is no newer one', keys('k-1'), 1],
    ['the newer one is refused too', keys('k-1', 'k-2'), 2],
    ['there is none', undefined, 1],
  ])('that is refused makes the model unavailable when %s', async (_, key, calls) => {
    endpoint.play(answering(401));
    expect((await failure(ask(key === undefined ? {} : { key }))).cause).toMatchObject({ name: 'EndpointRefused' });
    expect(endpoint.requests).toHaveLength(calls);
  });

  it('that cannot be read makes the model unavailable, under the name of the reason', async () => {
    endpoint.play(says('ok'));
    const denied = new DependencyUnavailable('no', { cause: Object.assign(new Error('for k-1'), { name: 'AccessDeniedException' }) });
    const error = await failure(ask({ key: { get: () => Promise.reject(denied), refresh: () => Promise.reject(denied) } }));
    expect(error).toBeInstanceOf(ModelUnavailable);
    expect(error.cause).toMatchObject({ name: 'AccessDeniedException' });
    expect(endpoint.requests).toEqual([]);
  });

  it('stands in no error, whatever the endpoint does with it', async () => {
    const key = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEF0123456789-_.'.split('')), minLength: 12, maxLength: 60 });
    const hostile: readonly ((secret: string) => Play)[] = [
      (secret) => answering(401, { 'www-authenticate': secret }, `{"error":{"message":"Incorrect API key: ${secret}"}}`),
      (secret) => answering(500, { 'x-echo': secret }, secret),
      (secret) => answering(302, { location: `http://127.0.0.1:1/${secret}` }),
      (secret) => answering(200, { 'content-type': `text/${secret}` }, secret),
      (secret) => stream(secret),
      (secret) => stream({ error: { message: secret, code: secret } }),
      (secret) => stream(chunk({ content: 'a' }, secret), '[DONE]'),
      (secret) => (_, response) => void response.socket?.end(`HTTP/1.1 200 ${secret}\r\n${secret}\r\n\r\n`),
      (secret) => (_, response) => void response.socket?.end(secret),
    ];
    await fc.assert(
      fc.asyncProperty(key, fc.constantFrom(...hostile), fc.boolean(), async (secret, play, newer) => {
        endpoint.play(play(secret));
        const error = await failure(ask({ key: keys(newer ? `old-${secret}` : secret, secret) }));
        expect(error).toBeInstanceOf(ModelUnavailable);
        expect(everythingIn(error)).not.toContain(secret);
      }),
      { numRuns: 60 },
    );
  });
});
