import { describe, expect, it } from 'vitest';
import { CALLS, longestCall } from '../../lambda/contracts/budgets.ts';
import { sweep } from '../../lambda/domain/conversation/sweep.ts';
import type { DataKey } from '../../lambda/domain/conversation/types.ts';
import { DependencyUnavailable, KeyUnavailable, ModelUnavailable, StoreUnavailable } from '../../lambda/domain/errors.ts';
import { finishTurn } from '../../lambda/domain/turn/finish-turn.ts';
import type { TurnDependencies } from '../../lambda/domain/turn/types.ts';
import { fakeModel, fakePublisher } from '../support/fakes/ports.ts';
import { send, world, type World } from '../support/fakes/turn.ts';
import { figure } from '../support/promise.ts';

/** How a dependency may behave. `lying`: it answers, and what it says is wrong. */
const MOODS = ['dead', 'slow', 'lying'] as const;
type Mood = (typeof MOODS)[number];
const DEPENDENCIES = ['store', 'keys', 'queue', 'model', 'knowledge', 'orders'] as const;
type Dependency = (typeof DEPENDENCIES)[number];
type Moods = Partial<Record<Dependency, Mood>>;

const QUESTION = 'How long may I return something of order OT-12345?';
const ORDERS = { baseUrl: 'https://orders.example', orderNumberPattern: '[A-Z]{2}-[0-9]{5}', useCases: ['returns'] };

/** Milliseconds of a slow answer: just within what its adapter allows one attempt. */
const SLOW = CALLS.interactive.attemptMilliseconds - 1;

/** The dependencies of a turn in these moods. */
function inMoods(around: World, moods: Moods): TurnDependencies {
  const { deps, time } = around;
  const { store, keys, queue, retriever } = deps;
  const as = async <T>(dependency: Dependency, error: Error, run: () => Promise<T>, lie: () => Promise<T> = run): Promise<T> => {
    const mood = moods[dependency];
    if (mood === 'dead') {
      await time.wait(longestCall('interactive'));
      throw error;
    }
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
  ...DEPENDENCIES.flatMap((one) => MOODS.map((mood) => ({ [one]: mood }))),
  ...DEPENDENCIES.flatMap((one, index) => DEPENDENCIES.slice(index + 1).flatMap((other) => MOODS.flatMap((mood) => MOODS.map((otherMood) => ({ [one]: mood, [other]: otherMood }))))),
];

const title = (moods: Moods): string => Object.entries(moods).map(([name, mood]) => `${name} ${mood}`).join(', ');
/** What a turn cannot do without: where it is stored and what seals it. */
const vital = (moods: Moods): boolean => moods.store !== undefined || moods.keys !== undefined;

/** What a client got, in the end. */
type Result = 'answer' | 'honest fallback' | 'queued, answered later' | 'honest refusal';

async function outcomeOf(moods: Moods, mode: 'json' | 'stream', model: boolean): Promise<Result> {
  const around = await world({ ...(model && { model: (time) => fakeModel(time, []) }), settings: { interimAfterMilliseconds: 1_700, orders: ORDERS } });
  around.store.heads.set('c1', { ...around.head, identified: true });
  // There is a history to open, sealed while all was well.
  await send(around, 'hello');
  const outputs = await send(around, QUESTION, { mode }, inMoods(around, moods));
  const last = outputs.at(-1);
  if (last?.type === 'done' && last.response.reply.kind !== 'pending') {
    expect(last.response.reply.text.trim()).not.toBe('');
    expect(last.response.reply.text).not.toMatch(/guaranteed|900|script/);
    return last.response.reply.kind === 'answer' ? 'answer' : 'honest fallback';
  }
  if (last?.type === 'refused') {
    // Nothing but a dead, or lying, store or key refuses; and says when to come back, or that there is no such conversation.
    expect(vital(moods)).toBe(true);
    expect([404, 503]).toContain(last.problem.status);
    if (last.problem.status === 503) expect(last.retryAfterSeconds).toBeGreaterThan(0);
    else expect(moods.store).toBe('lying');
  }
  // Whatever was stored is answered once the dependencies are well again: nothing stays pending, nothing is lost.
  for (let round = 0; round < 4; round++) {
    for (const message of around.queue.sent.splice(0)) await around.time.run(finishTurn(around.deps, message, { deadline: around.time.now() + 60_000, lastAttempt: true }));
    await around.time.pass(95_000);
    await around.time.run(sweep({ ...around.deps, publisher: fakePublisher() }, around.time.now(), 50));
  }
  expect([...around.store.turns.values()].filter(({ status }) => status === 'pending')).toEqual([]);
  if (last?.type === 'refused') return 'honest refusal';
  expect(around.store.turns.size).toBe(2);
  return 'queued, answered later';
}

describe('R5: degrade, never blank', () => {
  const counts = new Map<Result, number>();

  it.each(CASES.map((moods) => [title(moods), moods] as const))('R5: %s', async (_title, moods) => {
    for (const mode of ['json', 'stream'] as const) {
      for (const model of [true, false]) {
        const result = await outcomeOf(moods, mode, model);
        counts.set(result, (counts.get(result) ?? 0) + 1);
        if (!vital(moods)) expect(result).not.toBe('honest refusal');
      }
    }
  });

  it('R5: every dependency and every pair was tried', () => {
    expect(CASES).toHaveLength(6 * 3 + 15 * 9);
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBe(CASES.length * 4);
    figure('R5', `${total} turns: ${[...counts].map(([result, count]) => `${count} ${result}`).join(', ')}`);
  });
});
