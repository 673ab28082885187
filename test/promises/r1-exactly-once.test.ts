import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TurnOutput } from '../../lambda/domain/turn/types.ts';
import { disturbed, type Fault, FAULTS, sendThrough } from '../support/fakes/disturbed.ts';
import { fakeModel, fakePublisher, type ModelStep } from '../support/fakes/ports.ts';
import { world, type World } from '../support/fakes/turn.ts';
import { figure, sized, sizedRuns } from '../support/promise.ts';
import { type Background, planOf, settle } from './support/background.ts';
import { streamOf } from './support/stream.ts';

const SCRIPTS: Record<string, ModelStep[]> = {
  fast: [{ text: 'Thirty days [1].' }, { end: 'complete' }],
  slow: [{ text: 'Thirty days [1].', after: 3_000 }, { end: 'complete' }],
  broken: [{ after: 500, fails: true }],
};

/** Messages of one simulated conversation. */
const MESSAGES = 5;
/** Per cent of messages that are sent twice. */
const DUPLICATES = 30;

/** A fault at one awaited call of a process; none: it is healthy. */
const faultBelow = (calls: number) => fc.option(fc.record({ fault: fc.constantFrom<Fault>(...FAULTS), call: fc.nat({ max: calls - 1 }) }), { nil: undefined, freq: 3 });

/** What may go wrong in one run; drawn by fast-check, so that a failure shrinks. */
const weather = fc.record({
  script: fc.constantFrom('fast', 'slow', 'broken'),
  // A fault at each awaited call of the first attempts of a message: which call, which fault.
  attempts: fc.array(fc.array(fc.record({ fault: fc.constantFrom<Fault>(...FAULTS), call: fc.nat({ max: 7 }), delay: fc.constantFrom(0, 0, 1, 40, 900, 61_000), mode: fc.constantFrom('json' as const, 'stream' as const), start: fc.nat({ max: 5_000 }) }), { minLength: 1, maxLength: 3 }), { minLength: MESSAGES, maxLength: MESSAGES }),
  // Evenly: fast-check would rather try small numbers.
  duplicated: fc.array(fc.noBias(fc.integer({ min: 0, max: 99 })), { minLength: MESSAGES, maxLength: MESSAGES }),
  workerFaults: fc.array(faultBelow(6), { maxLength: 4 }),
  // A sweep awaits five calls for a turn and, for events, one and another for each.
  sweepFaults: fc.array(faultBelow(10), { maxLength: 4 }),
  relayFaults: fc.array(faultBelow(5), { maxLength: 4 }),
  refused: fc.nat({ max: 3 }),
});

/** What clients were told, by key. */
interface Told {
  readonly acknowledged: Map<string, number>;
  readonly shown: Map<string, string>;
}

function note({ acknowledged, shown }: Told, key: string, outputs: readonly TurnOutput[]): void {
  for (const output of outputs) {
    if (output.type === 'accepted') acknowledged.set(key, output.turn);
    if (output.type !== 'done') continue;
    expect(acknowledged.get(key) ?? output.response.turn, 'a key stands for one turn').toBe(output.response.turn);
    acknowledged.set(key, output.response.turn);
    if (output.response.reply.kind === 'pending') continue;
    const text = JSON.stringify([output.status, output.response]);
    expect(shown.get(key) ?? text, 'every repeat of a key gets the same status and body').toBe(text);
    shown.set(key, text);
  }
}

describe('R1: no acknowledged message is lost or answered twice', () => {
  it('R1: with duplicates, reordering and a crash or an outage at any await', async () => {
    let messages = 0;
    let sends = 0;
    let duplicates = 0;
    await fc.assert(
      fc.asyncProperty(weather, async ({ script, attempts, duplicated, workerFaults, sweepFaults, relayFaults, refused }) => {
        const around = await world({ model: (time) => fakeModel(time, SCRIPTS[script] ?? []), settings: { leaseSeconds: 30 } });
        const told: Told = { acknowledged: new Map(), shown: new Map() };
        const client = async (index: number, copy: number): Promise<void> => {
          const key = `k${index}`;
          for (const { fault, call, delay, mode, start } of attempts[index] ?? []) {
            await around.time.wait(start + copy * 37);
            const deps = disturbed(around, (at) => ({ ...(at === call && { fault }), ...(at === call - 1 && { delay }) }));
            sends += 1;
            note(told, key, await sendThrough(around, deps, `How long may I return something? ${index}`, key, { mode }));
          }
        };
        const twice = attempts.flatMap((_, index) => ((duplicated[index] ?? 0) < DUPLICATES ? [index] : []));
        duplicates += twice.length;
        await around.time.run(Promise.all([...attempts.map((_, index) => client(index, 0)), ...twice.map((index) => client(index, 1))]));
        let left = refused;
        const publisher = fakePublisher(() => left-- > 0);
        const background: Background = { publisher, stream: streamOf(around, publisher), workers: workerFaults.map(planOf), sweeps: sweepFaults.map(planOf), relays: relayFaults.map(planOf) };
        await settle(around, background);
        // Clients come back, one after another, until each has its reply.
        for (let index = 0; index < MESSAGES; index++) {
          for (let again = 0; again < 3; again++) {
            note(told, `k${index}`, await around.time.run(sendThrough(around, around.deps, `How long may I return something? ${index}`, `k${index}`)));
            if (told.shown.has(`k${index}`)) break;
            await settle(around, background);
          }
        }
        await settle(around, background);
        messages += MESSAGES;
        expectExactlyOnce(around, told, publisher);
      }),
      sizedRuns(50, 2_000),
    );
    expect(messages).toBe(sized(50, 2_000) * MESSAGES);
    const share = (100 * duplicates) / messages;
    expect(share, 'per cent of messages that came twice').toBeGreaterThan(25);
    expect(share).toBeLessThan(35);
    figure('R1', `${messages} messages, ${share.toFixed(1)} % of them twice, ${sends} disturbed sends, workers, sweeps and relays disturbed too: 0 lost, 0 answered twice`);
  });

  it('R1: a broken idempotency key or body is told, never stored: 422 for another body, 409 while it runs', async () => {
    const around = await world({ model: (time) => fakeModel(time, SCRIPTS['slow'] ?? []) });
    const first = sendThrough(around, around.deps, 'How long may I return something?', 'k', { mode: 'stream' });
    await around.time.pass(10);
    const status = async (text: string, key: string): Promise<number | undefined> => {
      const last = (await around.time.run(sendThrough(around, around.deps, text, key))).at(-1);
      return last?.type === 'refused' ? last.problem.status : undefined;
    };
    expect(await status('How long may I return something?', 'k')).toBe(409);
    expect(await status('Another text', 'k')).toBe(422);
    expect(await status('A second message', 'k2')).toBe(409);
    await around.time.run(first);
    expect(around.store.turns.size).toBe(1);
  });
});

function expectExactlyOnce(around: World, { acknowledged, shown }: Told, publisher: ReturnType<typeof fakePublisher>): void {
  const { turns, commits, events } = around.store;
  expect(new Set(commits).size, 'no turn is committed twice').toBe(commits.length);
  expect([...turns.values()].filter(({ status }) => status !== 'answered'), 'no turn stays pending').toEqual([]);
  expect(new Set([...turns.values()].map(({ idempotencyHash }) => idempotencyHash)).size, 'one turn a key').toBe(turns.size);
  expect(turns.size, 'every message has its turn').toBe(MESSAGES);
  expect(shown.size, 'every client has its reply').toBe(MESSAGES);
  for (const [key, turn] of acknowledged) expect(turns.get(`c1/${turn}`)?.status, `${key} is there`).toBe('answered');
  expect(events.filter(({ type }) => type === 'turn.answered').length, 'one event a turn').toBe(turns.size);
  const published = new Set(publisher.published.map(({ detail }) => detail.eventId));
  expect(events.filter(({ detail }) => !published.has(detail.eventId)), 'every event left the outbox').toEqual([]);
  expect(around.store.heads.get('c1')?.claim).toBeUndefined();
}

describe('R1: the simulation itself', () => {
  it('R1: reaches every awaited call of a turn', async () => {
    const reached = new Set<string>();
    for (const script of Object.keys(SCRIPTS)) {
      for (let at = 0; at < 9; at++) {
        const around = await world({ model: (time) => fakeModel(time, SCRIPTS[script] ?? []) });
        const deps = disturbed(around, (call) => (call === at ? { fault: 'crash-before' } : {}));
        await around.time.run(sendThrough(around, deps, 'How long may I return something?', 'k'));
        if (deps.calls() > at) reached.add(`${script} ${at}`);
      }
    }
    // load, open, claim, commit; and for the slow model load, open, claim, reclaim, send.
    expect([...reached].toSorted()).toEqual(['broken 0', 'broken 1', 'broken 2', 'broken 3', 'fast 0', 'fast 1', 'fast 2', 'fast 3', 'slow 0', 'slow 1', 'slow 2', 'slow 3', 'slow 4']);
  });
});
