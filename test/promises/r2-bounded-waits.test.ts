import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIRST_CONTENT_MILLISECONDS, KNOWLEDGE_MILLISECONDS, longestCall } from '../../lambda/contracts/budgets.ts';
import { KeyUnavailable, StoreUnavailable, DependencyUnavailable } from '../../lambda/domain/errors.ts';
import { sendMessage } from '../../lambda/domain/turn/send-message.ts';
import type { Model } from '../../lambda/domain/answer/ports.ts';
import type { TurnDependencies, TurnOutput } from '../../lambda/domain/turn/types.ts';
import type { FakeTime } from '../support/fakes/time.ts';
import { chatOperations } from '../../lambda/handlers/chat/operations.ts';
import { CONTEXT, jsonEvent } from '../lambda/runtime/http/events.ts';
import { fakeModel, type ModelStep } from '../support/fakes/ports.ts';
import { messageTo, send, world, type World } from '../support/fakes/turn.ts';
import { figure, sized, sizedRuns } from '../support/promise.ts';

const silentObserver = { info: () => {}, warn: () => {}, error: () => {}, metric: () => {} };

/** What a turn waits for, each of which may accept and never answer. */
const WAITS = ['load', 'open', 'claim', 'retriever', 'orders', 'model', 'reclaim', 'send', 'commit'] as const;
type Wait = (typeof WAITS)[number];

const MODELS: Record<string, ModelStep[]> = {
  fast: [{ text: 'Thirty days [1].', after: 40 }, { end: 'complete' }],
  'just in time': [{ text: 'Thirty days [1].', after: 1_500 }, { end: 'complete' }],
  slow: [{ text: 'Thirty days [1].', after: 9_000 }, { end: 'complete' }],
};

/** Milliseconds until an interim reply, as environments have it. */
const INTERIM = 1_700;

/** A conversation of a customer whose orders can be asked for. */
async function worldWithOrders(model?: (time: FakeTime) => Model): Promise<World> {
  const around = await world({ ...(model !== undefined && { model }), settings: { interimAfterMilliseconds: INTERIM, orders: { baseUrl: 'https://orders.example', orderNumberPattern: '[A-Z]{2}-[0-9]{5}', useCases: ['returns'] } } });
  around.store.heads.set('c1', { ...around.head, identified: true });
  return around;
}

/** Dependencies that take `normal` milliseconds a call, but for one that never answers: its adapter gives up after its budget. */
function withSilence({ deps, time }: World, silent: Wait, normal: number): TurnDependencies {
  const around = async <T>(wait: Wait, error: Error, run: () => Promise<T>): Promise<T> => {
    if (wait !== silent) return time.wait(normal).then(run);
    await time.wait(longestCall('interactive'));
    throw error;
  };
  const { store, keys, queue, retriever } = deps;
  const never = new Promise<never>(() => {});
  return {
    ...deps,
    store: {
      ...store,
      load: (...given) => around('load', new StoreUnavailable('silent'), () => store.load(...given)),
      claim: (...given) => around('claim', new StoreUnavailable('silent'), () => store.claim(...given)),
      reclaim: (...given) => around('reclaim', new StoreUnavailable('silent'), () => store.reclaim(...given)),
      commit: (...given) => around('commit', new StoreUnavailable('silent'), () => store.commit(...given)),
    },
    keys: { ...keys, open: (wrapped) => around('open', new KeyUnavailable('silent'), () => keys.open(wrapped)) },
    queue: { send: (message) => around('send', new DependencyUnavailable('silent'), () => queue.send(message)) },
    // The turn alone bounds these: the reading of a file beside the bundle, and an order system whose adapter hangs.
    orders: { find: () => (silent === 'orders' ? never : Promise.resolve(undefined)) },
    retriever: silent === 'retriever' ? () => never : retriever,
    ...(deps.model !== undefined && silent === 'model' && { model: async () => ({ ...fakeModel(time, [{ after: 3_600_000, fails: true }]) }) }),
  };
}

/** Milliseconds from the arrival to the first content: text, `pending`, a reply, or an honest refusal. */
async function firstContent(around: World, deps: TurnDependencies, mode: 'json' | 'stream', lateBy: number): Promise<{ readonly milliseconds: number; readonly output: TurnOutput }> {
  const receivedAt = around.time.now() - lateBy;
  const { outputs } = sendMessage(deps, messageTo(around, 'How long may I return something of order OT-12345?', { mode, receivedAt }));
  for (;;) {
    const next = await around.time.run(outputs.next());
    if (next.done === true) throw new Error('The turn said nothing.');
    if (next.value.type !== 'accepted') return { milliseconds: around.time.now() - receivedAt, output: next.value };
  }
}

describe('R2: every wait is bounded', () => {
  it('R2: with a dependency that never answers, content or pending comes within two seconds', async () => {
    const worst = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...WAITS), fc.constantFrom(...Object.keys(MODELS)), fc.constantFrom('json' as const, 'stream' as const), fc.integer({ min: 1, max: 60 }), fc.nat({ max: 1_500 }), async (silent, model, mode, normal, lateBy) => {
        const around = await worldWithOrders((time) => fakeModel(time, MODELS[model] ?? []));
        const { milliseconds, output } = await firstContent(around, withSilence(around, silent, normal), mode, lateBy);
        worst.set(silent, Math.max(worst.get(silent) ?? 0, milliseconds));
        expect(milliseconds).toBeLessThanOrEqual(FIRST_CONTENT_MILLISECONDS);
        // A refusal names the time after which trying again makes sense; it is never the only thing said when no store or key is silent.
        if (output.type !== 'refused') return;
        // Without the knowledge base there is an answer all the same, unless the message came so late that its claim, after three calls, would be too.
        const late = silent === 'retriever' && lateBy + 3 * normal + KNOWLEDGE_MILLISECONDS >= INTERIM;
        expect([output.problem.status, (output.retryAfterSeconds ?? 0) > 0, late || ['load', 'open', 'claim', 'commit'].includes(silent)], `${silent}, ${lateBy} ms late`).toEqual([503, true, true]);
      }),
      sizedRuns(150, 1_000),
    );
    expect([...worst.keys()].toSorted()).toEqual([...WAITS].toSorted());
    figure('R2', `${sized(150, 1_000)} of ${sized(150, 1_000)} within 2 s; longest by silent dependency: ${[...worst].map(([wait, milliseconds]) => `${wait} ${milliseconds} ms`).join(', ')}`);
  });

  it('R2: an extractive turn without any model is bounded in the same way', async () => {
    for (const silent of WAITS) {
      const around = await worldWithOrders();
      const { milliseconds } = await firstContent(around, withSilence(around, silent, 30), 'json', 0);
      expect(milliseconds, silent).toBeLessThanOrEqual(FIRST_CONTENT_MILLISECONDS);
    }
  });

  it('R2: a knowledge base that never answers costs the answer, not the reply', async () => {
    for (const mode of ['json', 'stream'] as const) {
      const around = await worldWithOrders();
      const outputs = await send(around, 'How long may I return something?', { mode }, withSilence(around, 'retriever', 30));
      expect(outputs[0]).toMatchObject({ type: 'accepted', missing: ['knowledge'] });
      expect(outputs.at(-1)).toMatchObject({ type: 'done', status: 200, response: { reply: { kind: 'fallback' } } });
      expect(around.store.turns.get('c1/1')?.explanation).toMatchObject({ rule: 'knowledge-unavailable', milliseconds: KNOWLEDGE_MILLISECONDS + 3 * 30 });
    }
  });

  it('R2: headers leave in time while no token can be signed', async () => {
    for (const [mode, accept] of [['whole', 'application/json'], ['streamed', 'text/event-stream']] as const) {
      const around = await worldWithOrders();
      const { time } = around;
      const deps = { ...around.deps, tokens: { issue: () => new Promise<string>(() => {}), verify: async () => undefined }, newSecret: () => 'unused', observe: async () => silentObserver };
      const event = jsonEvent({ text: 'How long may I return something?' }, { resource: '/v1/conversations/{id}/messages', headers: { 'idempotency-key': 'k', accept }, pathParameters: { id: 'c1' } });
      const requestContext = { requestTimeEpoch: time.now() - 1_500, authorizer: { kind: 'conversation', conversationId: 'c1', subject: 's1' } };
      const started = time.now() - 1_500;
      const answer = await time.run(chatOperations(deps)({ ...event, requestContext }, CONTEXT));
      expect([mode, answer.status, answer.headers['Conversation-Token']]).toEqual([mode, 200, undefined]);
      expect(time.now() - started, mode).toBeLessThanOrEqual(FIRST_CONTENT_MILLISECONDS);
    }
  });
});
