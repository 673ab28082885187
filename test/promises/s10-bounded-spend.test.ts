import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newHead } from '../../lambda/domain/conversation/head.ts';
import { sweep } from '../../lambda/domain/conversation/sweep.ts';
import { finishTurn } from '../../lambda/domain/turn/finish-turn.ts';
import type { TurnOutput } from '../../lambda/domain/turn/types.ts';
import { disturbed, type Fault, FAULTS, sendThrough } from '../support/fakes/disturbed.ts';
import { fakeKeys, fakeModel, fakePublisher, type ModelStep } from '../support/fakes/ports.ts';
import { SETTINGS, world, type World } from '../support/fakes/turn.ts';
import { figure, sized, sizedRuns } from '../support/promise.ts';
import { bookedOf, expectOneTurnOverAtMost, using, withLedger } from './support/ledger.ts';

const SCRIPTS: readonly ModelStep[][] = [
  [{ text: 'You may return it within 30 days [1].' }, { end: 'complete' }],
  [{ text: 'You may return it within 30 days [1].', after: 4_000 }, { end: 'complete' }],
  [{ after: 300, fails: true }],
];

/** Conversations of the one subject. */
const CONVERSATIONS = 10;
const idOf = (conversation: number): string => `c${conversation + 1}`;

/** No limit that is ever reached. */
const NO_LIMIT = 1_000_000_000;
/** A limit that binds in about half of the runs. A turn reserves some 2,500 tokens and 8,000 millionths of a USD for its three attempts. */
const limit = (max: number) => fc.oneof(fc.constant(NO_LIMIT), fc.integer({ min: 1, max }));

const plan = fc.record({
  script: fc.constantFrom(...SCRIPTS),
  share: fc.constantFrom(0.2, 1),
  turnsPerDay: fc.oneof(fc.constant(NO_LIMIT), fc.integer({ min: 1, max: 12 })),
  tokensPerDay: limit(20_000),
  microUsdPerDay: limit(60_000),
  conversationTokens: limit(3_000),
  conversationMicroUsd: limit(8_000),
  sends: fc.array(fc.record({ conversation: fc.nat({ max: CONVERSATIONS - 1 }), start: fc.nat({ max: 3_000 }), fault: fc.option(fc.constantFrom<Fault>(...FAULTS), { nil: undefined, freq: 3 }), call: fc.nat({ max: 5 }) }), { minLength: 8, maxLength: 24 }),
});

/** The other conversations of the subject. */
async function conversations(around: World): Promise<void> {
  for (let other = 1; other < CONVERSATIONS; other++) {
    const head = newHead({ conversationId: idOf(other), subject: 's1', request: {}, settings: around.deps.settings, release: 'r1', now: around.time.now() });
    await around.store.create(head, (await fakeKeys.create('s1', head.expiresAt)).wrapped, []);
  }
}

type Refused = Extract<TurnOutput, { type: 'refused' }>;
const quotaRefusal = (outputs: readonly TurnOutput[]): Refused | undefined => outputs.find((output): output is Refused => output.type === 'refused' && output.problem.status === 429);
/** Seconds from a time to the next midnight, UTC. */
const untilTomorrow = (now: number): number => Math.ceil((new Date(now).setUTCHours(24, 0, 0, 0) - now) / 1_000);
/** How a quota's two refusals are told apart: used up is tried again tomorrow, reserved by turns that still run in five seconds. */
const expectedOf = (usedUp: boolean, now: number) => (usedUp ? ['/problems/quota-used-up', untilTomorrow(now)] : ['/problems/too-many-requests', 5]);

describe('S10: spend is bounded', () => {
  it('S10: nobody exceeds a quota by more than one turn, whatever fails or runs at once', async () => {
    const seen = { turns: 0, usedUp: 0, reserved: 0, spent: 0, atOnce: 0 };
    await fc.assert(
      fc.asyncProperty(plan, async ({ script, share, turnsPerDay, tokensPerDay, microUsdPerDay, conversationTokens, conversationMicroUsd, sends }) => {
        const quotas = { subject: { turnsPerDay, tokensPerDay, usdPerDay: microUsdPerDay / 1_000_000 }, conversation: { tokens: conversationTokens, usd: conversationMicroUsd / 1_000_000 } };
        const around = withLedger(await world({ model: (time) => using(share, fakeModel(time, script)), settings: { quotas, leaseSeconds: 30 } }));
        const { admitted, said } = around.ledger;
        await conversations(around);
        const day = () => [...around.store.days.values()][0] ?? { turns: 0, tokens: 0, microUsd: 0, settledTokens: 0, settledMicroUsd: 0 };
        const one = async ({ conversation, start, fault, call }: (typeof sends)[number], index: number): Promise<void> => {
          await around.time.wait(start);
          const deps = disturbed(around, (at) => (at === call && fault !== undefined ? { fault } : {}));
          const last = quotaRefusal(await sendThrough(around, deps, `How long may I return something? ${index}`, `k${index}`, { conversationId: idOf(conversation) }));
          if (last === undefined) return;
          // Refused at a limit only, with the time after which it makes sense to come back, and nothing stored.
          const { turns, tokens, microUsd, settledTokens, settledMicroUsd } = day();
          const usedUp = turns >= turnsPerDay || settledTokens >= tokensPerDay || settledMicroUsd >= microUsdPerDay;
          expect(said.get(idOf(conversation))).toBe(usedUp ? 'over-quota' : 'quota-reserved');
          expect(usedUp || tokens >= tokensPerDay || microUsd >= microUsdPerDay).toBe(true);
          expect([last.problem.type, last.retryAfterSeconds]).toEqual(expectedOf(usedUp, around.time.now()));
          expect(around.store.idempotency.size).toBe(around.store.turns.size);
          seen[usedUp ? 'usedUp' : 'reserved'] += 1;
        };
        await around.time.run(Promise.all(sends.map(one)));
        for (let round = 0; round < 4; round++) {
          for (const message of around.queue.sent.splice(0)) await around.time.run(finishTurn(around.deps, message, { deadline: around.time.now() + 60_000, lastAttempt: true }));
          await around.time.pass(95_000);
          await around.time.run(sweep({ ...around.deps, publisher: fakePublisher() }, around.time.now(), 50));
        }
        seen.turns += admitted.length;
        seen.atOnce = Math.max(seen.atOnce, around.ledger.atOnce);
        expect(admitted.length).toBeLessThanOrEqual(turnsPerDay);
        expect([day().turns, around.store.turns.size]).toEqual([admitted.length, admitted.length]);
        expect(admitted.filter(({ used }) => used === undefined), 'every turn is settled').toEqual([]);
        expectOneTurnOverAtMost(admitted, { tokens: tokensPerDay, microUsd: microUsdPerDay });
        for (const { conversationId, state, claim } of around.store.heads.values()) {
          const own = admitted.filter((turn) => turn.conversationId === conversationId);
          const { tokens, microUsd } = bookedOf(own);
          const spent = tokens >= conversationTokens || microUsd >= conversationMicroUsd;
          expectOneTurnOverAtMost(own, { tokens: conversationTokens, microUsd: conversationMicroUsd });
          expect([conversationId, state, claim], 'a conversation is closed once it is spent, and not before').toEqual([conversationId, spent ? 'closed' : 'bot', undefined]);
          if (spent) seen.spent += 1;
        }
      }),
      sizedRuns(60, 2_000),
    );
    expect(Math.min(seen.usedUp, seen.reserved, seen.spent), 'every limit was met').toBeGreaterThan(0);
    expect(seen.atOnce, 'turns of several conversations ran at once').toBeGreaterThan(5);
    figure('S10', `${seen.turns} turns in ${sized(60, 2_000)} days under limits, at most ${seen.atOnce} at once; ${seen.usedUp} refused at a limit, ${seen.reserved} at what running turns reserved, ${seen.spent} conversations closed: none over by more than one turn`);
  });

  it('S10: a turn whose attempts all die asks the model three times at most, which is what it reserved', async () => {
    const models: ReturnType<typeof fakeModel>[] = [];
    const around = withLedger(
      await world({
        model: (time) => {
          const model = fakeModel(time, SCRIPTS[0] ?? []);
          models.push(model);
          return using(1, model);
        },
        settings: { leaseSeconds: 30 },
      }),
    );
    for (let attempt = 0; attempt < 5; attempt++) {
      // Load, open, claim (reclaim, once the turn is there, after its own look), then commit: the process dies before it.
      const deps = disturbed(around, (call) => (call === (attempt === 0 ? 3 : 4) ? { fault: 'crash-before' } : {}));
      await around.time.run(sendThrough(around, deps, 'How long may I return something?', 'k'));
      await around.time.pass(31_000);
    }
    expect(around.ledger.admitted.map(({ used }) => used), 'none of them was stored').toEqual([undefined]);
    expect((await around.time.run(sendThrough(around, around.deps, 'How long may I return something?', 'k'))).at(-1)).toMatchObject({ status: 200, response: { turn: 1, reply: { kind: 'answer' } } });
    expect(models.map(({ requests }) => requests.length)).toEqual([3]);
    expect(around.ledger.admitted.map(({ used, reserved }) => [used, reserved])).toEqual(around.ledger.admitted.map(({ reserved }) => [reserved, reserved]));
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
