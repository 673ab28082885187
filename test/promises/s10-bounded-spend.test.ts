import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAID_ATTEMPTS } from '../../lambda/domain/conversation/claim.ts';
import { newHead } from '../../lambda/domain/conversation/head.ts';
import { sweep } from '../../lambda/domain/conversation/sweep.ts';
import { finishTurn } from '../../lambda/domain/turn/finish-turn.ts';
import { disturbed, type Fault, FAULTS, sendThrough } from '../support/fakes/disturbed.ts';
import { fakeKeys, fakeModel, fakePublisher, type ModelStep } from '../support/fakes/ports.ts';
import { SETTINGS, world, type World } from '../support/fakes/turn.ts';
import { figure, sized, sizedRuns } from '../support/promise.ts';

/** What one scripted model call reserves (see `fakeModel`): its worst case. */
const WORST_TOKENS = 1_000;

const SCRIPTS: readonly ModelStep[][] = [
  [{ text: 'You may return it within 30 days [1].' }, { end: 'complete' }],
  [{ text: 'You may return it within 30 days [1].', after: 4_000 }, { end: 'complete' }],
  [{ after: 300, fails: true }],
];

const plan = fc.record({
  script: fc.constantFrom(...SCRIPTS),
  turnsPerDay: fc.integer({ min: 1, max: 6 }),
  tokensPerDay: fc.integer({ min: 100, max: 5_000 }),
  conversationTokens: fc.integer({ min: 100, max: 3_000 }),
  sends: fc.array(fc.record({ conversation: fc.nat({ max: 2 }), start: fc.nat({ max: 6_000 }), fault: fc.option(fc.constantFrom<Fault>(...FAULTS), { nil: undefined, freq: 3 }), call: fc.nat({ max: 5 }) }), { minLength: 4, maxLength: 14 }),
});

/** Three conversations of one subject. */
async function conversations(around: World): Promise<void> {
  for (const conversationId of ['c2', 'c3']) {
    const head = newHead({ conversationId, subject: 's1', request: {}, settings: around.deps.settings, release: 'r1', now: around.time.now() });
    await around.store.create(head, (await fakeKeys.create('s1', head.expiresAt)).wrapped, []);
  }
}

describe('S10: spend is bounded', () => {
  it('S10: nobody exceeds a quota by more than one turn, whatever fails or runs at once', async () => {
    let turns = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(plan, async ({ script, turnsPerDay, tokensPerDay, conversationTokens, sends }) => {
        const quotas = { subject: { turnsPerDay, tokensPerDay, usdPerDay: 1_000 }, conversation: { tokens: conversationTokens, usd: 1_000 } };
        const around = await world({ model: (time) => fakeModel(time, script), settings: { quotas, leaseSeconds: 30 } });
        await conversations(around);
        const day = (): { turns: number; tokens: number; microUsd: number } => [...around.store.days.values()][0] ?? { turns: 0, tokens: 0, microUsd: 0 };
        const one = async ({ conversation, start, fault, call }: (typeof sends)[number], index: number): Promise<void> => {
          await around.time.wait(start);
          const before = day();
          const deps = disturbed(around, (at) => (at === call && fault !== undefined ? { fault } : {}));
          const outputs = await sendThrough(around, deps, `How long may I return something? ${index}`, `k${index}`, { conversationId: `c${conversation + 1}` });
          const last = outputs.at(-1);
          if (last?.type !== 'refused') return;
          if (last.problem.status !== 429) return;
          refused += 1;
          // Refused only at the limit, with the time of the next day, and nothing stored.
          expect(before.turns >= turnsPerDay || day().turns >= turnsPerDay || day().tokens >= tokensPerDay || before.tokens >= tokensPerDay).toBe(true);
          expect(last.retryAfterSeconds).toBeGreaterThan(0);
          expect(around.store.idempotency.size).toBe(around.store.turns.size);
        };
        await around.time.run(Promise.all(sends.map(one)));
        for (let round = 0; round < 4; round++) {
          for (const message of around.queue.sent.splice(0)) await around.time.run(finishTurn(around.deps, message, { deadline: around.time.now() + 60_000, lastAttempt: true }));
          await around.time.pass(95_000);
          await around.time.run(sweep({ ...around.deps, publisher: fakePublisher() }, around.time.now(), 50));
        }
        turns += around.store.turns.size;
        expect(around.store.turns.size).toBeLessThanOrEqual(turnsPerDay);
        expect(day().turns).toBe(around.store.turns.size);
        const settled = [...around.store.heads.values()].reduce((sum, head) => sum + head.spentTokens, 0);
        expect(day().tokens, 'conversations and day agree').toBe(settled);
        expect(settled, 'at most one turn over, with each attempt that may ask the model').toBeLessThan(tokensPerDay + PAID_ATTEMPTS * WORST_TOKENS);
        for (const head of around.store.heads.values()) {
          if (head.spentTokens >= conversationTokens) expect(head.state, 'a conversation that is spent is closed').toBe('closed');
          expect(head.claim).toBeUndefined();
        }
      }),
      sizedRuns(120, 2_000),
    );
    expect(refused).toBeGreaterThan(0);
    figure('S10', `${turns} turns in ${sized(120, 2_000)} days under limits, ${refused} refused: none over by more than one turn`);
  });

  it('S10: without failures the excess is less than one turn’s worst case', async () => {
    for (const tokensPerDay of [1, 119, 120, 121, 500, 1_000, 1_001]) {
      const quotas = { ...SETTINGS.quotas, subject: { turnsPerDay: 100, tokensPerDay, usdPerDay: 100 } };
      const around = await world({ model: (time) => fakeModel(time, SCRIPTS[0] ?? []), settings: { quotas, maxTurns: 100 } });
      for (let index = 0; index < 12; index++) await around.time.run(sendThrough(around, around.deps, `How long may I return something? ${index}`, `k${index}`));
      const [day] = around.store.days.values();
      // A turn of the scripted model uses 120 tokens.
      expect(day?.tokens).toBe(Math.ceil(tokensPerDay / 120) * 120);
      expect(day?.tokens ?? 0).toBeLessThan(tokensPerDay + 120);
    }
  });

  it('S10: a new day begins with nothing spent', async () => {
    const quotas = { ...SETTINGS.quotas, subject: { turnsPerDay: 1, tokensPerDay: 1_000_000, usdPerDay: 100 } };
    const around = await world({ settings: { quotas } });
    const send = async (key: string) => (await around.time.run(sendThrough(around, around.deps, 'How long may I return something?', key))).at(-1);
    expect(await send('a')).toMatchObject({ type: 'done', status: 200 });
    const refused = await send('b');
    expect(refused).toMatchObject({ type: 'refused', problem: { status: 429 } });
    await around.time.pass(((refused?.type === 'refused' ? refused.retryAfterSeconds : undefined) ?? 0) * 1_000);
    expect(await send('b')).toMatchObject({ type: 'done', status: 200 });
  });
});
