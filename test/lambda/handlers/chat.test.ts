import { beforeEach, describe, expect, it } from 'vitest';
import { MessageResponse, Problem, Transcript } from '../../../lambda/contracts/api.ts';
import { principalToContext } from '../../../lambda/domain/identity/principal.ts';
import type { Principal } from '../../../lambda/domain/identity/types.ts';
import { StoreUnavailable } from '../../../lambda/domain/errors.ts';
import type { ChatDependencies } from '../../../lambda/handlers/chat/dependencies.ts';
import { chatOperations } from '../../../lambda/handlers/chat/operations.ts';
import type { ProxyEvent } from '../../../lambda/runtime/http/event.ts';
import type { HttpResult } from '../../../lambda/runtime/http/response.ts';
// Loaded when staff read; here before, because the tests own the time that loading takes.
import '../../../lambda/domain/turn/staff-view.ts';
import { fakeModel, fakeTokens, type ModelStep } from '../../support/fakes/ports.ts';
import { fakeIds } from '../../support/fakes/time.ts';
import { SETTINGS, world, type World } from '../../support/fakes/turn.ts';
import { CONTEXT, jsonEvent, proxyEvent } from '../runtime/http/events.ts';
import { fakeObserver } from '../runtime/streaming.ts';

const OWNER: Principal = { kind: 'conversation', conversationId: 'c1', subject: 's1' };
const QUESTION = 'How long may I return something?';

let around: World;
let observer: ReturnType<typeof fakeObserver>;
beforeEach(async () => {
  around = await world();
  observer = fakeObserver();
});

const open = (over: Partial<ChatDependencies> = {}) => chatOperations({ ...around.deps, tokens: fakeTokens, newSecret: fakeIds('secret'), observe: observer.observe, ...over });
const as = (principal: Principal | undefined) => ({ requestContext: principal === undefined ? {} : { authorizer: principalToContext(principal) } });
const conversation = (rest: string) => ({ resource: `/v1/conversations/{id}${rest}`, pathParameters: { id: 'c1' } });
const message = (body: unknown, over: Partial<ProxyEvent> = {}) => jsonEvent(body, { ...conversation('/messages'), ...as(OWNER), ...over, headers: { 'Idempotency-Key': 'k1', ...over.headers } });

/** Serves a request to its end, as the streaming handler does. */
async function serve(event: ProxyEvent, over?: Partial<ChatDependencies>) {
  const result: HttpResult = await around.time.run(open(over)(event, CONTEXT));
  let body = '';
  if (typeof result.body === 'string') body = result.body;
  else {
    const pieces = result.body;
    await around.time.run((async () => {
      for await (const piece of pieces) body += piece;
    })());
  }
  await around.time.run(result.after?.() ?? Promise.resolve());
  return { ...result, body, json: () => JSON.parse(body) };
}
const eventsOf = (body: string) => body.trim().split('\n\n').map((block) => {
  const [event = '', data = ''] = block.split('\n');
  return { event: event.slice('event: '.length), data: JSON.parse(data.slice('data: '.length)) };
});
async function withModel(...script: ModelStep[]) {
  around = await world({ model: (time) => fakeModel(time, script) });
}

describe('POST /v1/conversations/{id}/messages', () => {
  it('answers in JSON, renews the token and reports the figures', async () => {
    const { status, headers, json } = await serve(message({ text: QUESTION }));
    expect(status).toBe(200);
    expect(MessageResponse.safeParse(json()).success).toBe(true);
    expect(json()).toMatchObject({ turn: 1, reply: { kind: 'answer', text: 'You may return an item within 30 days.' }, state: 'bot' });
    expect(headers).toMatchObject({ 'Conversation-Token': 'token of c1 for s1', 'Cache-Control': 'no-store' });
    expect(observer.metrics.map(({ name }) => name)).toEqual(['FirstContentMilliseconds']);
    expect(observer.lines.map(({ message: line, fields }) => [line, fields.conversationId])).toEqual([['turn', 'c1']]);
  });

  it('keeps a synthetic conversation out of the metrics', async () => {
    around = await world({ synthetic: true });
    for (const headers of [{}, { Accept: 'text/event-stream' }]) await serve(message({ text: QUESTION }, { headers: { 'Idempotency-Key': `k${Object.keys(headers).length}`, ...headers } }));
    expect(observer.lines.length).toBeGreaterThan(0);
    expect(observer.metrics).toEqual([]);
  });

  it('logs nothing that was said', async () => {
    await serve(message({ text: 'my card is 4111 1111 1111 1111' }));
    expect(JSON.stringify(observer.lines)).not.toContain('4111');
  });

  it('streams the same as events, in order, the reply last', async () => {
    const { status, headers, body } = await serve(message({ text: QUESTION }, { headers: { Accept: 'text/event-stream' } }));
    expect([status, headers['Content-Type'], headers['Conversation-Token']]).toEqual([200, 'text/event-stream; charset=utf-8', 'token of c1 for s1']);
    const events = eventsOf(body);
    expect(events.map(({ event }) => event)).toEqual(['turn', 'delta', 'reply']);
    expect(events[0]?.data).toMatchObject({ turn: 1 });
    expect(MessageResponse.safeParse(events.at(-1)?.data).success).toBe(true);
  });

  it('gives a stream an honest pending, then the reply', async () => {
    await withModel({ after: 5_000, text: 'You may return an item within 30 days [1].' }, { end: 'complete' });
    const { body } = await serve(message({ text: QUESTION }, { headers: { Accept: 'text/event-stream' } }));
    expect(eventsOf(body).map(({ event }) => event)).toEqual(['turn', 'pending', 'delta', 'reply']);
    expect(observer.metrics).toEqual([
      { name: 'FirstContentMilliseconds', unit: 'Milliseconds', value: SETTINGS.interimAfterMilliseconds },
      { name: 'PendingTurns', unit: 'Count', value: 1 },
    ]);
  });

  it('gives JSON 202 with pending, and hands the turn on', async () => {
    await withModel({ after: 5_000, text: 'late' }, { end: 'complete' });
    const { status, json } = await serve(message({ text: QUESTION }));
    expect([status, json().reply, around.queue.sent]).toEqual([202, { kind: 'pending' }, [{ conversationId: 'c1', turn: 1, subject: 's1' }]]);
    expect(observer.metrics.map(({ name }) => name)).toEqual(['FirstContentMilliseconds', 'PendingTurns']);
  });

  it('counts its budget from when the gateway took the request', async () => {
    await withModel({ after: 1_000, text: 'late' }, { end: 'complete' });
    const requestTimeEpoch = around.time.now() - (SETTINGS.interimAfterMilliseconds - 500);
    const { status } = await serve(message({ text: QUESTION }, { requestContext: { ...as(OWNER).requestContext, requestTimeEpoch } }));
    expect(status).toBe(202);
  });

  it('refuses a message that came too late to be answered in time, before anything is claimed', async () => {
    const at = (lateBy: number) => ({ requestContext: { ...as(OWNER).requestContext, requestTimeEpoch: around.time.now() - lateBy } });
    const loads = { count: 0 };
    const store = { ...around.deps.store, load: (...given: Parameters<typeof around.deps.store.load>) => ((loads.count += 1), around.deps.store.load(...given)) };
    const late = await serve(message({ text: QUESTION }, at(2_000)), { store });
    expect([late.status, late.headers['Retry-After'], late.json().type, loads.count]).toEqual([503, '1', '/problems/unavailable', 0]);
    expect((await serve(message({ text: QUESTION }, at(1_900)), { store })).status).not.toBe(503);
    expect(loads.count).toBeGreaterThan(0);
  });

  it('refuses a message when the function has no time left to claim and store a turn', async () => {
    const result = await around.time.run(open()(message({ text: QUESTION }), { ...CONTEXT, getRemainingTimeInMillis: () => 4_000 }));
    expect([result.status, result.headers['Retry-After']]).toEqual([503, '1']);
    expect((await around.store.head('c1'))?.turn).toBe(0);
  });

  it('repeats the answer for a repeated key, and refuses the key with another body', async () => {
    const first = await serve(message({ text: QUESTION }));
    const second = await serve(message({ text: QUESTION }));
    expect([second.status, second.json()]).toEqual([200, first.json()]);
    const other = await serve(message({ text: 'Something else' }));
    expect([other.status, other.headers['Content-Type']]).toEqual([422, 'application/problem+json']);
  });

  it('answers a refusal as a plain problem, even to a client that wants a stream', async () => {
    await serve(message({ text: QUESTION }));
    const { status, headers, json } = await serve(message({ text: 'Something else' }, { headers: { Accept: 'text/event-stream' } }));
    expect([status, headers['Content-Type'], Problem.safeParse(json()).success]).toEqual([422, 'application/problem+json', true]);
    expect(headers).not.toHaveProperty('Conversation-Token');
  });

  it.each([
    ['no key', { headers: { 'Idempotency-Key': undefined } }, 400],
    ['a key that is too long', { headers: { 'Idempotency-Key': 'x'.repeat(129) } }, 400],
    ['a key with spaces', { headers: { 'Idempotency-Key': 'a b' } }, 400],
    ['a text that is no JSON', { headers: { 'Content-Type': 'text/plain' } }, 415],
    ['nobody signed in', as(undefined), 401],
    ['an anonymous caller', as({ kind: 'anonymous' }), 401],
    ['a token of another conversation', as({ kind: 'conversation', conversationId: 'c2', subject: 's2' }), 404],
    ['staff', as({ kind: 'staff', staffId: 'a', roles: ['support-agent'] }), 404],
    ['a customer', as({ kind: 'customer', subject: 's1' }), 404],
  ] as const)('refuses %s', async (_name, over, expected) => {
    const { status, json } = await serve(message({ text: QUESTION }, over));
    expect([status, Problem.safeParse(json()).success]).toEqual([expected, true]);
    expect(around.store.turns.size).toBe(0);
  });

  it('refuses a text that is too long, and one that is no text', async () => {
    expect((await serve(message({ text: 'x'.repeat(SETTINGS.maxMessageCharacters + 1) }))).status).toBe(413);
    expect((await serve(message('{"text":"\\ud83d"}'))).status).toBe(400);
  });

  it('says 503 with Retry-After when the store is down, and acknowledges nothing', async () => {
    const dead = { ...around.store, load: () => Promise.reject(new StoreUnavailable('down')) };
    const { status, headers } = await serve(message({ text: QUESTION }), { store: dead });
    expect([status, Number(headers['Retry-After']) >= 1]).toEqual([503, true]);
  });

  it('answers without a new token when none can be signed', async () => {
    const { status, headers } = await serve(message({ text: QUESTION }), { tokens: { ...fakeTokens, issue: () => Promise.reject(new Error('secret store down')) } });
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('Conversation-Token');
  });

  it('counts a stream that ends in a 503 as a failed request, and one that ends well as none', async () => {
    const stream = { headers: { Accept: 'text/event-stream' } };
    const dead = { ...around.store, commit: () => Promise.reject(new StoreUnavailable('down')) };
    const { status, body } = await serve(message({ text: QUESTION }, stream), { store: dead });
    expect([status, eventsOf(body).at(-1)]).toMatchObject([200, { event: 'error', data: { status: 503, retryAfterSeconds: expect.any(Number) } }]);
    // What the detail speaks of: no header can follow.
    const problem = Problem.parse(eventsOf(body).at(-1)?.data);
    expect(problem.retryAfterSeconds).toBeGreaterThanOrEqual(1);
    expect(observer.metrics.filter(({ name }) => name === 'FailedRequests')).toEqual([{ name: 'FailedRequests', unit: 'Count', value: 1, dimensions: { FunctionVersion: '7' } }]);
    around = await world();
    observer = fakeObserver();
    await serve(message({ text: QUESTION }, stream));
    expect(observer.metrics.map(({ name }) => name)).toEqual(['FirstContentMilliseconds']);
  });

  it('tells a stream honestly when it breaks on the way, and logs why', async () => {
    const broken = { ...around.store, commit: () => Promise.reject(new TypeError('bug')) };
    const result = await around.time.run(open({ store: broken })(message({ text: QUESTION }, { headers: { Accept: 'text/event-stream' } }), CONTEXT));
    let body = '';
    await around.time.run((async () => {
      for await (const piece of result.body) body += piece;
    })());
    expect(eventsOf(body).at(-1)).toMatchObject({ event: 'error', data: { status: 500 } });
    expect(body).not.toContain('bug');
    expect(observer.lines.map(({ level, error }) => [level, String(error)])).toEqual([['error', 'TypeError: bug']]);
    // Its status has left as 200, so the stream counts its failure itself.
    expect(observer.metrics).toEqual([{ name: 'FailedRequests', unit: 'Count', value: 1, dimensions: { FunctionVersion: '7' } }]);
    await expect(around.time.run(result.after?.() ?? Promise.resolve())).rejects.toThrow('bug');
  });
});

describe('the other routes', () => {
  it('opens a conversation for anybody, with an empty body', async () => {
    const { status, json } = await serve(proxyEvent({ httpMethod: 'POST', resource: '/v1/conversations', ...as({ kind: 'anonymous' }) }));
    expect(status).toBe(201);
    expect(json()).toMatchObject({ conversationId: expect.any(String), token: expect.stringMatching(/^token of /), disclosure: SETTINGS.disclosure['en'] });
    expect((await serve(jsonEvent({ locale: 'de' }, { resource: '/v1/conversations', ...as({ kind: 'anonymous' }) }))).json().disclosure).toBe(SETTINGS.disclosure['de']);
  });

  it('refuses to open one without an authorizer, or with a wrong body', async () => {
    expect((await serve(jsonEvent({}, { resource: '/v1/conversations' }))).status).toBe(401);
    expect((await serve(jsonEvent({ colour: 'red' }, { resource: '/v1/conversations', ...as({ kind: 'anonymous' }) }))).json().errors).toEqual([{ field: 'colour', rule: 'is no field of this request' }]);
  });

  it('shows the transcript to its owner and to staff by role, and the same 404 to all others', async () => {
    await serve(message({ text: QUESTION }));
    const read = (principal: Principal, after?: string) => serve(proxyEvent({ ...conversation(''), ...as(principal), queryStringParameters: after === undefined ? null : { after } }));
    const own = await read(OWNER);
    expect([own.status, Transcript.safeParse(own.json()).success, own.json().turns.length]).toEqual([200, true, 1]);
    expect((await read(OWNER, '1')).json().turns).toEqual([]);
    expect((await read(OWNER, 'x')).status).toBe(400);
    expect((await read({ kind: 'staff', staffId: 'a', roles: ['supervisor'] })).status).toBe(200);
    const others = [await read({ kind: 'conversation', conversationId: 'c9', subject: 's9' }), await read({ kind: 'staff', staffId: 'a', roles: ['analyst'] }), await serve(proxyEvent({ ...conversation(''), ...as(OWNER), pathParameters: { id: 'missing' } }))];
    expect(new Set(others.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(others[0]?.status).toBe(404);
    expect((await read({ kind: 'anonymous' })).status).toBe(401);
  });

  it('keeps who of the staff read which transcript, also when there was nothing to read', async () => {
    const read = (id: string) => serve(proxyEvent({ ...conversation(''), ...as({ kind: 'staff', staffId: 'agent-7', roles: ['support-agent'] }), pathParameters: { id } }));
    await read('c1');
    await read('missing');
    await serve(proxyEvent({ ...conversation(''), ...as(OWNER) }));
    expect(observer.lines.map(({ fields: { staffId, conversationId, outcome } }) => [staffId, conversationId, outcome])).toEqual([['agent-7', 'c1', 'ok'], ['agent-7', 'missing', 'problem']]);
  });

  it('takes feedback', async () => {
    const give = (body: unknown, principal: Principal = OWNER) => serve(jsonEvent(body, { ...conversation('/feedback'), ...as(principal) }));
    const { status, body } = await give({ rating: 5, resolved: true });
    expect([status, body, around.store.feedback.size]).toEqual([204, '', 1]);
    expect((await give({ rating: 9 })).json().errors).toEqual([{ field: 'rating', rule: 'must be at most 5' }]);
    expect((await give({ rating: 5 }, { kind: 'customer', subject: 's1' })).status).toBe(404);
  });

  it('is alive without asking anybody, and says nothing about the inside', async () => {
    const { status, body } = await serve(proxyEvent());
    expect([status, body]).toEqual([200, '{"status":"ok"}']);
  });

  it('knows no other route', async () => {
    expect((await serve(proxyEvent({ resource: '/v1/secrets' }))).status).toBe(404);
  });
});
