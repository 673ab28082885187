import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sweep } from '../../../../lambda/domain/conversation/sweep.ts';
import { finishTurn } from '../../../../lambda/domain/turn/finish-turn.ts';
import { disturbed, type Fault, FAULTS, sendThrough } from '../../../support/fakes/disturbed.ts';
import { fakeModel, fakePublisher, type ModelStep } from '../../../support/fakes/ports.ts';
import { world, type World } from '../../../support/fakes/turn.ts';

/** Runs workers and sweeps, healthy, until nothing is left to do. */
async function drain(around: World): Promise<void> {
  for (let round = 0; round < 6; round++) {
    for (const message of around.queue.sent.splice(0)) await around.time.run(finishTurn(around.deps, message, { deadline: around.time.now() + 50_000, lastAttempt: false }));
    await around.time.pass(61_000);
    await around.time.run(sweep({ ...around.deps, publisher: fakePublisher() }, around.time.now(), 50));
  }
}

function expectOneAnswerEach(around: World): void {
  const { turns, commits, events } = around.store;
  expect(new Set(commits).size, 'no turn is committed twice').toBe(commits.length);
  expect([...turns.values()].map(({ status }) => status), 'no turn stays pending').toEqual([...turns.values()].map(() => 'answered'));
  expect([...turns.values()].map(({ turn }) => turn).toSorted((one, other) => one - other), 'turns are numbered without a gap').toEqual([...turns.keys()].map((_, index) => index + 1));
  expect(events.filter(({ type }) => type === 'turn.answered').length, 'one event a turn').toBe(turns.size);
  const hashes = [...turns.values()].map(({ idempotencyHash }) => idempotencyHash);
  expect(new Set(hashes).size, 'one turn a key').toBe(hashes.length);
  const head = around.store.heads.get('c1');
  expect(head?.claim).toBeUndefined();
  expect(head?.turn).toBe(turns.size);
}

const SCRIPTS: Record<string, ModelStep[]> = {
  fast: [{ text: 'Thirty days [1].' }, { end: 'complete' }],
  slow: [{ text: 'Thirty days [1].', after: 3_000 }, { end: 'complete' }],
  broken: [{ after: 500, fails: true }],
};
const TEXT = 'How long may I return something?';

describe('a crash or an outage at each awaited call', () => {
  const faults = FAULTS;
  const cases = Object.keys(SCRIPTS).flatMap((script) => faults.flatMap((fault) => (['json', 'stream'] as const).map((mode) => [script, fault, mode] as const)));

  it.each(cases)('%s model, %s, %s: then retries, workers and sweeps give exactly one answer', async (script, fault, mode) => {
    for (let at = 0; at < 12; at++) {
      const around = await world({ model: (time) => fakeModel(time, SCRIPTS[script] ?? []) });
      const deps = disturbed(around, (call) => (call === at ? { fault } : {}));
      const first = await around.time.run(sendThrough(around, deps, TEXT, 'k', { mode }));
      const acknowledged = first.some(({ type }) => type === 'accepted' || type === 'done');
      if (at >= deps.calls()) {
        // The plan is through: no call was left to disturb.
        expect(first.at(-1)?.type).toBe('done');
        break;
      }
      await drain(around);
      if (acknowledged) expect(around.store.turns.size, `what was acknowledged is there (call ${at})`).toBe(1);
      // A message that was never acknowledged is new to the retry, and may itself have to go to the worker.
      await around.time.run(sendThrough(around, around.deps, TEXT, 'k', { mode }));
      await drain(around);
      const last = (await around.time.run(sendThrough(around, around.deps, TEXT, 'k', { mode }))).at(-1);
      expect(last, `the retry gets the reply (call ${at})`).toMatchObject({ type: 'done', status: 200 });
      expectOneAnswerEach(around);
    }
  });

  it.each(Object.keys(SCRIPTS))('%s model: a worker that crashes at any call leaves a turn that is still answered once', async (script) => {
    for (const fault of faults) {
      for (let at = 0; at < 6; at++) {
        const around = await world({ model: (time) => fakeModel(time, SCRIPTS[script] ?? []), settings: { interimAfterMilliseconds: 0 } });
        await around.time.run(sendThrough(around, around.deps, TEXT, 'k'));
        for (const message of around.queue.sent) {
          const limits = { deadline: around.time.now() + 50_000, lastAttempt: false };
          await around.time.run(finishTurn(disturbed(around, (call) => (call === at ? { fault } : {})), message, limits).catch(() => 'crashed'));
        }
        await drain(around);
        expectOneAnswerEach(around);
      }
    }
  });
});

describe('random interleavings', () => {
  const sending = fc.record({
    start: fc.integer({ min: 0, max: 4_000 }),
    key: fc.constantFrom('k1', 'k2', 'k3'),
    mode: fc.constantFrom('json' as const, 'stream' as const),
    delays: fc.array(fc.constantFrom(0, 1, 20, 900, 70_000), { maxLength: 6 }),
    faults: fc.array(fc.option(fc.constantFrom<Fault>(...FAULTS), { freq: 6, nil: undefined }), { maxLength: 6 }),
  });

  it('of duplicates and concurrent messages never answer a turn twice nor lose an acknowledged one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sending, { minLength: 1, maxLength: 6 }), fc.constantFrom('fast', 'slow', 'broken'), fc.boolean(), async (sendings, script, workerToo) => {
        const around = await world({ model: (time) => fakeModel(time, SCRIPTS[script] ?? []), settings: { leaseSeconds: 30 } });
        const textOf = (key: string): string => `${TEXT} ${key}`;
        const acknowledged = new Map<number, string>();
        const shown = new Map<string, string>();
        const one = async ({ start, key, mode, delays, faults }: (typeof sendings)[number]): Promise<void> => {
          await around.time.wait(start);
          const deps = disturbed(around, (call) => ({ ...(faults[call] !== undefined && { fault: faults[call] }), ...(delays[call] !== undefined && { delay: delays[call] }) }));
          for (const output of await sendThrough(around, deps, textOf(key), key, { mode })) {
            if (output.type === 'accepted') acknowledged.set(output.turn, key);
            if (output.type !== 'done') continue;
            acknowledged.set(output.response.turn, key);
            if (output.response.reply.kind === 'pending') continue;
            const text = JSON.stringify(output.response.reply);
            expect(shown.get(key) ?? text, 'every repeat of a key gets the same reply').toBe(text);
            shown.set(key, text);
          }
        };
        const worker = async (): Promise<void> => {
          for (let round = 0; round < (workerToo ? 4 : 0); round++) {
            await around.time.wait(1_500);
            const limits = { deadline: around.time.now() + 50_000, lastAttempt: false };
            await Promise.all(around.queue.sent.map((message) => finishTurn(around.deps, message, limits)));
          }
        };
        await around.time.run(Promise.all([...sendings.map(one), worker()]));
        await drain(around);
        expectOneAnswerEach(around);
        for (const [turn, key] of acknowledged) {
          expect(around.store.turns.get(`c1/${turn}`)?.status, 'what was acknowledged is there').toBe('answered');
          const again = (await around.time.run(sendThrough(around, around.deps, textOf(key), key))).at(-1);
          expect(again).toMatchObject({ type: 'done', status: 200, response: { turn } });
          if (again?.type === 'done' && shown.has(key)) expect(JSON.stringify(again.response.reply), 'what was shown is what is stored').toBe(shown.get(key));
        }
      }),
      { numRuns: 60 },
    );
  });
});
