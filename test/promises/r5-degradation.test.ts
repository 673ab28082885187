import { describe, expect, it } from 'vitest';
import { type MessageResponse, TOKEN_HEADER } from '../../lambda/contracts/api.ts';
import { CALLS, longestCall } from '../../lambda/contracts/budgets.ts';
import type { EventPublisher } from '../../lambda/domain/conversation/ports.ts';
import { sweep } from '../../lambda/domain/conversation/sweep.ts';
import type { DataKey } from '../../lambda/domain/conversation/types.ts';
import { DependencyUnavailable, KeyUnavailable, ModelUnavailable, StoreUnavailable } from '../../lambda/domain/errors.ts';
import { finishTurn } from '../../lambda/domain/turn/finish-turn.ts';
import type { ChatDependencies } from '../../lambda/handlers/chat/dependencies.ts';
import { chatOperations } from '../../lambda/handlers/chat/operations.ts';
import { CONTEXT, jsonEvent } from '../lambda/runtime/http/events.ts';
import { fakeModel, fakePublisher, fakeTokens } from '../support/fakes/ports.ts';
import { send, world, type World } from '../support/fakes/turn.ts';
import { figure, WHOLE } from '../support/promise.ts';
import { streamOf } from './support/stream.ts';

/** How a dependency may behave. `lying`: it answers, and what it says is wrong. `silent`: it never answers, and nothing but the turn ends the call. */
type Mood = 'dead' | 'slow' | 'lying' | 'silent';
const MOODS: readonly Mood[] = ['dead', 'slow', 'lying'];
const DEPENDENCIES = ['store', 'keys', 'queue', 'model', 'knowledge', 'orders', 'bus', 'secrets'] as const;
type Dependency = (typeof DEPENDENCIES)[number];
type Moods = Partial<Record<Dependency, Mood>>;
/** A file beside the bundle and the order system have no adapter that gives up for certain. */
const moodsOf = (dependency: Dependency): readonly Mood[] => (dependency === 'knowledge' || dependency === 'orders' ? [...MOODS, 'silent'] : MOODS);

const QUESTION = 'How long may I return something of order OT-12345?';
const ORDERS = { baseUrl: 'https://orders.example', orderNumberPattern: '[A-Z]{2}-[0-9]{5}', useCases: ['returns'] };

/** Milliseconds of a slow answer: just within what its adapter allows one attempt. */
const SLOW = CALLS.interactive.attemptMilliseconds - 1;

const never = new Promise<never>(() => {});
const nobody = { info: () => {}, warn: () => {}, error: () => {}, metric: () => {} };

/** The dependencies of a turn, and of what runs behind it, in these moods. */
function inMoods(around: World, moods: Moods, bus: EventPublisher): ChatDependencies & { readonly publisher: EventPublisher } {
  const { deps, time } = around;
  const { store, keys, queue, retriever } = deps;
  const as = async <T>(dependency: Dependency, error: Error, run: () => Promise<T>, lie: () => Promise<T> = run): Promise<T> => {
    const mood = moods[dependency];
    if (mood === 'dead') {
      await time.wait(longestCall('interactive'));
      throw error;
    }
    if (mood === 'silent') return never;
    if (mood === 'slow') await time.wait(SLOW);
    return mood === 'lying' ? lie() : run();
  };
  const down = new StoreUnavailable('dead');
  const foreign = (key: DataKey): DataKey => ({ ...key, key: Buffer.from('key of somebody else') });
  return {
    ...deps,
    store: {
      ...store,
      // A store that lies gives somebody else's conversation, and says that a reply was not stored which was.
      load: (...given) => as('store', down, () => store.load(...given), async () => {
        const loaded = await store.load(...given);
        return { ...loaded, ...(loaded.head !== undefined && { head: { ...loaded.head, subject: 'somebody-else' } }) };
      }),
      claim: (...given) => as('store', down, () => store.claim(...given)),
      reclaim: (...given) => as('store', down, () => store.reclaim(...given)),
      commit: (...given) => as('store', down, () => store.commit(...given), async () => {
        await store.commit(...given);
        return 'stale' as const;
      }),
      readTurn: (...given) => as('store', down, () => store.readTurn(...given)),
    },
    keys: { ...keys, open: (wrapped) => as('keys', new KeyUnavailable('dead'), () => keys.open(wrapped), async () => foreign(await keys.open(wrapped))) },
    // A queue that lies takes the message and forgets it.
    queue: { send: (message) => as('queue', new DependencyUnavailable('dead'), () => queue.send(message), async () => undefined) },
    retriever: async () => {
      if (moods.knowledge === 'dead') throw new DependencyUnavailable('the knowledge base cannot be read');
      if (moods.knowledge === 'silent') return never;
      if (moods.knowledge === 'slow') await time.wait(SLOW);
      // A lying knowledge base finds nothing, or a passage without a word.
      return moods.knowledge === 'lying' ? { version: 'lie', find: () => [] } : retriever();
    },
    orders: {
      find: async ({ orderNumber }) => {
        const order = { orderNumber, owner: 's1', status: 'shipped', placedOn: '2026-01-02', updatedOn: '2026-01-04' } as const;
        return as('orders', new DependencyUnavailable('dead'), async () => order, async () => ({ ...order, owner: 'somebody-else' }));
      },
    },
    // A bus that lies takes events and says that it took none. Secrets that lie are no key.
    publisher: { publish: (events) => as('bus', new DependencyUnavailable('dead'), () => bus.publish(events), async () => new Set([...(await bus.publish(events))].slice(events.length))) },
    tokens: { ...fakeTokens, issue: (claims) => as('secrets', new DependencyUnavailable('dead'), () => fakeTokens.issue(claims), () => Promise.reject(new DependencyUnavailable('no key'))) },
    newSecret: () => 'unused',
    observe: async () => nobody,
    ...(deps.model !== undefined && {
      model: async () => {
        if (moods.model === 'dead') throw new ModelUnavailable('dead');
        if (moods.model === 'slow') return fakeModel(time, [{ text: 'Thirty days [1].', after: 8_000 }, { end: 'complete' }]);
        if (moods.model === 'lying') return fakeModel(time, [{ text: 'Your refund of 900 USD is guaranteed by tomorrow. <script>alert(1)</script>' }, { end: 'complete' }]);
        return fakeModel(time, [{ text: 'You may return it within 30 days [1].' }, { end: 'complete' }]);
      },
    }),
  };
}

const CASES: readonly Moods[] = [
  ...DEPENDENCIES.flatMap((one) => moodsOf(one).map((mood) => ({ [one]: mood }))),
  ...DEPENDENCIES.flatMap((one, index) => DEPENDENCIES.slice(index + 1).flatMap((other) => moodsOf(one).flatMap((mood) => moodsOf(other).map((otherMood) => ({ [one]: mood, [other]: otherMood }))))),
];

const title = (moods: Moods): string => Object.entries(moods).map(([name, mood]) => `${name} ${mood}`).join(', ');
/** What a turn cannot do without: where it is stored and what seals it. */
const vital = (moods: Moods): boolean => moods.store !== undefined || moods.keys !== undefined;

/** What a client got, in the end. */
type Result = 'answer' | 'honest fallback' | 'queued, answered later' | 'honest refusal';

/** What a client is told over HTTP: a reply, or a refusal and when to come back. */
type Told = { readonly reply: MessageResponse['reply'] } | { readonly status: number; readonly retryAfter: number };

/** Sends the question as a client does, and reads all that comes. */
async function ask(around: World, deps: ChatDependencies, mode: 'json' | 'stream'): Promise<Told & { readonly renewed: boolean }> {
  const event = jsonEvent({ text: QUESTION }, { resource: '/v1/conversations/{id}/messages', headers: { 'idempotency-key': 'question', accept: mode === 'json' ? 'application/json' : 'text/event-stream' }, pathParameters: { id: 'c1' } });
  const requestContext = { requestTimeEpoch: around.time.now(), authorizer: { kind: 'conversation', conversationId: 'c1', subject: 's1' } };
  const exchange = async (): Promise<Told & { readonly renewed: boolean }> => {
    const { status, headers, body, after } = await chatOperations(deps)({ ...event, requestContext }, CONTEXT);
    let text = '';
    if (typeof body === 'string') text = body;
    else for await (const piece of body) text += piece;
    await after?.();
    const renewed = headers[TOKEN_HEADER] !== undefined;
    if (status >= 400) return { status, retryAfter: Number(headers['Retry-After'] ?? 0), renewed };
    if (mode === 'json') return { reply: (JSON.parse(text) as MessageResponse).reply, renewed };
    const [name, data = '{}'] = text.trim().split('\n\n').at(-1)?.split('\ndata: ') ?? [];
    const last = JSON.parse(data) as MessageResponse & { readonly status: number; readonly retryAfterSeconds?: number };
    return name === 'event: reply' ? { reply: last.reply, renewed } : { status: last.status, retryAfter: last.retryAfterSeconds ?? 0, renewed };
  };
  return around.time.run(exchange());
}

async function outcomeOf(moods: Moods, mode: 'json' | 'stream', model: boolean): Promise<Result> {
  const around = await world({ ...(model && { model: (time) => fakeModel(time, []) }), settings: { interimAfterMilliseconds: 1_700, orders: ORDERS } });
  around.store.heads.set('c1', { ...around.head, identified: true });
  // There is a history to open, sealed while all was well.
  await send(around, 'hello');
  const bus = fakePublisher();
  const deps = inMoods(around, moods, bus);
  const told = await ask(around, deps, mode);
  if ('reply' in told) {
    // Without a signing key the old token simply lives on.
    expect(told.renewed, 'the token is renewed').toBe(moods.secrets === undefined || moods.secrets === 'slow');
    expect(told.reply.kind === 'pending' ? 'pending' : told.reply.text.trim()).not.toBe('');
    expect(JSON.stringify(told.reply)).not.toMatch(/guaranteed|900|script/);
  } else {
    // Nothing but a dead, or lying, store or key refuses; and says when to come back, or that there is no such conversation.
    expect(vital(moods)).toBe(true);
    expect([404, 503]).toContain(told.status);
    if (told.status === 503) expect(told.retryAfter).toBeGreaterThan(0);
    else expect(moods.store).toBe('lying');
  }
  await recover(around, deps, bus);
  if (!('reply' in told)) return 'honest refusal';
  expect(around.store.turns.size).toBe(2);
  return told.reply.kind === 'pending' ? 'queued, answered later' : told.reply.kind === 'answer' ? 'answer' : 'honest fallback';
}

/** What runs behind a turn, once in the same moods, then well again: whatever was stored is answered, no turn stays pending, no event is lost. */
async function recover(around: World, deps: ReturnType<typeof inMoods>, bus: ReturnType<typeof fakePublisher>): Promise<void> {
  const stream = streamOf(around, deps.publisher);
  for (let batch = 0; batch < 2; batch++) await around.time.run(stream.deliver(() => ({})));
  await around.time.pass(95_000);
  await around.time.run(sweep(deps, around.time.now(), 50));
  for (let round = 0; round < 3; round++) {
    for (const message of around.queue.sent.splice(0)) await around.time.run(finishTurn(around.deps, message, { deadline: around.time.now() + 60_000, lastAttempt: true }));
    await around.time.pass(95_000);
    await around.time.run(sweep({ ...around.deps, publisher: bus }, around.time.now(), 50));
  }
  expect([...around.store.turns.values()].filter(({ status }) => status === 'pending')).toEqual([]);
  const published = new Set(bus.published.map(({ detail }) => detail.eventId));
  expect(around.store.events.filter(({ detail }) => !published.has(detail.eventId)), 'every event left the outbox').toEqual([]);
}

/** Who asks: each with and without a model, whole and as a stream. */
const CLIENTS = (['json', 'stream'] as const).flatMap((mode) => [true, false].map((model) => ({ mode, model })));
/** All of them; of a pair in a sample one, each in turn, or those two that a model answers when it is about the model. */
function clientsOf(moods: Moods, index: number): typeof CLIENTS {
  if (WHOLE || Object.keys(moods).length === 1) return CLIENTS;
  return moods.model === undefined ? CLIENTS.filter((_, client) => client === index % CLIENTS.length) : CLIENTS.filter(({ model }) => model);
}

describe('R5: degrade, never blank', () => {
  const counts = new Map<Result, number>();

  it.each(CASES.map((moods, index) => [title(moods), moods, clientsOf(moods, index)] as const))('R5: %s', async (_title, moods, clients) => {
    for (const { mode, model } of clients) {
      const result = await outcomeOf(moods, mode, model);
      counts.set(result, (counts.get(result) ?? 0) + 1);
      if (!vital(moods)) expect(result).not.toBe('honest refusal');
    }
  });

  it('R5: every dependency and every pair was tried', () => {
    const moods = DEPENDENCIES.map((one) => moodsOf(one).length);
    const pairs = moods.flatMap((one, index) => moods.slice(index + 1).map((other) => one * other));
    expect(CASES).toHaveLength([...moods, ...pairs].reduce((sum, count) => sum + count, 0));
    expect(CASES.length).toBeGreaterThanOrEqual(8 * 3 + 28 * 9);
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBe(CASES.reduce((sum, one, index) => sum + clientsOf(one, index).length, 0));
    figure('R5', `${total} turns: ${[...counts].map(([result, count]) => `${count} ${result}`).join(', ')}`);
  });

  it.each(MOODS)('R5: a conversation that begins with secrets %s begins, or is told when to come back', async (mood) => {
    const around = await world();
    const event = jsonEvent({}, { resource: '/v1/conversations' });
    const { status, headers } = await around.time.run(chatOperations(inMoods(around, { secrets: mood }, fakePublisher()))({ ...event, requestContext: { authorizer: { kind: 'anonymous' } } }, CONTEXT));
    expect([status, Number(headers['Retry-After'] ?? 0) > 0]).toEqual(mood === 'slow' ? [201, false] : [503, true]);
  });
});
