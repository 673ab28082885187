import { describe, expect, it } from 'vitest';
import { sweep } from '../../lambda/domain/conversation/sweep.ts';
import { disturbedSweep, FAULTS, sendThrough } from '../support/fakes/disturbed.ts';
import { fakeModel, fakePublisher } from '../support/fakes/ports.ts';
import { world, type World } from '../support/fakes/turn.ts';
import { WHOLE } from '../support/promise.ts';
import { HEALTHY, planOf, settle } from './support/background.ts';
import { streamOf } from './support/stream.ts';

/** A turn of a slow model that its function gave to the queue, which lost the message. */
async function stranded(): Promise<World> {
  const around = await world({ model: (time) => fakeModel(time, [{ text: 'Thirty days [1].', after: 3_000 }, { end: 'complete' }]), settings: { leaseSeconds: 30 } });
  await around.time.run(sendThrough(around, around.deps, 'How long may I return something?', 'k0'));
  expect(around.queue.sent.splice(0)).toHaveLength(1);
  return around;
}

/** What a sweep, or a relay, finds to do. */
const WORK: Record<string, () => Promise<World>> = {
  'a turn whose message is lost': stranded,
  'a turn that nobody answered for too long': async () => {
    const around = await stranded();
    await around.time.pass(31 * 60_000);
    return around;
  },
  'events, and a conversation that is idle': async () => {
    const around = await world();
    for (const text of ['How long may I return something?', 'hello']) await around.time.run(sendThrough(around, around.deps, text, text.slice(0, 3)));
    await around.time.pass(31 * 60_000);
    return around;
  },
};

/** Faults that are put at every await: of a sample, the crashes. */
const TRIED = FAULTS.filter((fault) => WHOLE || fault.startsWith('crash'));

/** Nothing is stored twice, nothing stays pending, and every event left the outbox. */
function expectNothingLost(around: World, { published }: ReturnType<typeof fakePublisher>): void {
  const { commits, events, heads, turns } = around.store;
  expect(new Set(commits).size).toBe(commits.length);
  expect([...turns.values()].filter(({ status }) => status === 'pending')).toEqual([]);
  expect(heads.get('c1')?.claim).toBeUndefined();
  const ids = new Set(published.map(({ detail }) => detail.eventId));
  expect(events.filter(({ detail }) => !ids.has(detail.eventId))).toEqual([]);
  expect(events.filter(({ type }) => type === 'turn.answered' || type === 'turn.failed')).toHaveLength(turns.size);
  expect(events.filter(({ type }) => type === 'conversation.closed').length).toBeLessThanOrEqual(1);
}

describe('R1: what runs behind a turn dies at each of its awaits', () => {
  it.each(Object.entries(WORK))('R1: the sweep, with %s', async (_name, work) => {
    for (const fault of TRIED) {
      let reached = 0;
      for (let at = 0; at <= reached; at++) {
        const around = await work();
        const publisher = fakePublisher();
        await around.time.pass(95_000);
        const deps = disturbedSweep(around, publisher, planOf({ fault, call: at }));
        await around.time.run(sweep(deps, around.time.now(), 50).catch(() => undefined));
        if (deps.calls() > at) reached = at + 1;
        // No client comes back: the sweeps and the worker alone must end it.
        await settle(around, { publisher, stream: { deliver: async () => 0, isRead: () => true }, workers: [], sweeps: [], relays: [] });
        expectNothingLost(around, publisher);
      }
      expect(reached, `${fault}: calls of a sweep`).toBeGreaterThanOrEqual(4);
    }
  });

  it('R1: the relay, with and without a sweep that comes after it', async () => {
    for (const fault of TRIED) {
      let reached = 0;
      for (let at = 0; at <= reached; at++) {
        const around = await (WORK['events, and a conversation that is idle'] ?? world)();
        // It takes every other event the first time.
        const seen = new Set<string>();
        const publisher = fakePublisher(({ detail }) => seen.size !== seen.add(detail.eventId).size && seen.size % 2 === 0);
        const stream = streamOf(around, publisher);
        if ((await around.time.run(stream.deliver(planOf({ fault, call: at })))) > at) reached = at + 1;
        await settle(around, { publisher, stream, workers: [], sweeps: [], relays: [] });
        expect(stream.isRead()).toBe(true);
        expectNothingLost(around, publisher);
      }
      expect(reached, `${fault}: calls of a relay`).toBeGreaterThanOrEqual(2);
    }
  });

  it('R1: a relay’s batch comes again until the bus has taken it, and no sweep is needed', async () => {
    const around = await (WORK['events, and a conversation that is idle'] ?? world)();
    let outage = true;
    const first = around.store.events[0]?.detail.eventId;
    const publisher = fakePublisher(({ detail }) => outage && detail.eventId === first);
    const stream = streamOf(around, publisher);
    await around.time.run(stream.deliver(HEALTHY));
    outage = false;
    await around.time.run(stream.deliver(HEALTHY));
    expect(new Set(publisher.published.map(({ detail }) => detail.eventId))).toEqual(new Set(around.store.events.map(({ detail }) => detail.eventId)));
    expect(await around.store.due(around.time.now() + 3_600_000, 50)).toMatchObject({ items: [{ conversationId: 'c1' }] });
  });
});
