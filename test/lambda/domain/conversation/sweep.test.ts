import { describe, expect, it } from 'vitest';
import { MAX_TURN_MINUTES, sweep, type SweepReport } from '../../../../lambda/domain/conversation/sweep.ts';
import { DependencyUnavailable, StoreUnavailable } from '../../../../lambda/domain/errors.ts';
import { fakePublisher } from '../../../support/fakes/ports.ts';
import { send, sendForEnd, SETTINGS, world, type World } from '../../../support/fakes/turn.ts';

const RETURN = 'How long may I return something?';
const MINUTE = 60_000;
const nothing: SweepReport = { due: 0, closed: 0, requeued: 0, failed: 0, republished: 0, unswept: 0, errors: [], unreadable: [] };
const run = (around: World, publisher = fakePublisher(), deps = around.deps) => around.time.run(sweep({ ...deps, publisher }, around.time.now(), 50));
const stuck = async (): Promise<World> => {
  const around = await world();
  await send(around, RETURN, {}, { ...around.deps, store: { ...around.store, commit: () => Promise.reject(new StoreUnavailable('down')) } });
  return around;
};

describe('the sweep', () => {
  it('leaves a conversation alone that is not idle, and a turn whose lease runs', async () => {
    const around = await stuck();
    expect(await run(around)).toEqual(nothing);
    await around.time.pass(30 * 1000);
    expect(await run(around)).toEqual(nothing);
  });

  it('leaves a turn alone whose lease runs, though its conversation is due', async () => {
    const around = await stuck();
    const head = around.store.heads.get('c1');
    if (head !== undefined) around.store.heads.set('c1', { ...head, idleAt: 0 });
    expect(await run(around)).toEqual({ ...nothing, due: 1 });
    expect(around.queue.sent).toEqual([]);
  });

  it.each([
    ['unanswered question', 'Who invented the telescope?', true],
    ['answered question', RETURN, false],
  ])('closes an idle conversation after an %s, and says whether the visitor dropped off', async (_name, text, droppedOff) => {
    const around = await world();
    await send(around, text);
    await around.time.pass(30 * MINUTE);
    expect(await run(around)).toMatchObject({ closed: 1, errors: [] });
    expect(around.store.heads.get('c1')?.state).toBe('closed');
    expect(around.store.events.at(-1)).toEqual({ type: 'conversation.closed', detail: expect.objectContaining({ reason: 'idle', turns: 1, droppedOff }) });
    expect((await run(around)).closed).toBe(0);
  });

  it('does not call it a drop-off when nothing was asked', async () => {
    const around = await world();
    await around.time.pass(30 * MINUTE);
    await run(around);
    expect(around.store.events.at(-1)).toMatchObject({ type: 'conversation.closed', detail: { turns: 0, droppedOff: false } });
  });

  it('does not close a conversation that went on meanwhile', async () => {
    const around = await world();
    await around.time.pass(30 * MINUTE);
    const { store } = around;
    const deps = { ...around.deps, store: { ...store, close: async (head: Parameters<typeof store.close>[0], reason: 'idle' | 'turn-limit', events: Parameters<typeof store.close>[2]) => {
      await send(around, RETURN);
      return store.close(head, reason, events);
    } } };
    expect(await sweep({ ...deps, publisher: fakePublisher() }, around.time.now(), 50)).toMatchObject({ closed: 0, errors: [] });
    expect(around.store.heads.get('c1')?.state).toBe('bot');
  });

  it('gives a turn whose lease ran out to the worker', async () => {
    const around = await stuck();
    await around.time.pass(MINUTE);
    expect(await run(around)).toMatchObject({ requeued: 1 });
    expect(around.queue.sent).toEqual([{ conversationId: 'c1', turn: 1, subject: 's1' }]);
    // Should the queue lose it, the next sweep after this lease finds it again.
    const leaseUntil = around.time.now() + SETTINGS.leaseSeconds * 1_000;
    expect(around.store.heads.get('c1')).toMatchObject({ idleAt: leaseUntil, claim: { leaseUntil } });
    expect(await run(around), 'not again while the new lease runs').toEqual({ ...nothing, due: expect.any(Number), republished: expect.any(Number) });
  });

  it('gives a turn up that is too old, and the conversation goes on', async () => {
    const around = await stuck();
    await around.time.pass(MAX_TURN_MINUTES * MINUTE);
    expect(await run(around)).toMatchObject({ failed: 1, requeued: 0 });
    expect(around.store.events.at(-1)).toMatchObject({ type: 'turn.failed', detail: { turn: 1, reason: 'too-old' } });
    expect(await sendForEnd(around, RETURN), 'the repeat gets an honest reply').toMatchObject({ status: 200, response: { turn: 1, reply: { kind: 'fallback' } } });
    expect(await sendForEnd(around, 'hello')).toMatchObject({ status: 200, response: { turn: 2 } });
  });

  it('publishes what the relay missed, once, and keeps what was not taken', async () => {
    const around = await world();
    await send(around, RETURN);
    await send(around, 'hello');
    await around.time.pass(2 * MINUTE);
    const publisher = fakePublisher(({ detail }) => 'turn' in detail && detail.turn === 2);
    expect(await run(around, publisher)).toMatchObject({ due: 2, republished: 1, unswept: 1, errors: [expect.any(DependencyUnavailable)] });
    expect(await run(around, publisher)).toMatchObject({ due: 1, republished: 0, unswept: 1 });
    expect(publisher.published.map(({ detail }) => ('turn' in detail ? detail.turn : 0))).toEqual([1]);
  });

  it('goes on with the other items when one fails, and reports it', async () => {
    const around = await stuck();
    const other = { ...around.head, conversationId: 'c2' };
    await around.store.create(other, { subject: 's1', wrapped: new Uint8Array(), expiresAt: other.expiresAt }, []);
    await around.time.pass(31 * MINUTE);
    const { store } = around;
    const deps = { ...around.deps, store: { ...store, head: (id: string) => (id === 'c1' ? Promise.reject(new StoreUnavailable('down')) : store.head(id)) } };
    expect(await run(around, fakePublisher(), deps)).toMatchObject({ due: 2, closed: 1, unswept: 1, errors: [new StoreUnavailable('down')] });
  });

  it('has given turns to the worker before the bus is asked, which fails', async () => {
    const around = await world();
    await send(around, RETURN);
    await send(around, 'hello', {}, { ...around.deps, store: { ...around.store, commit: () => Promise.reject(new StoreUnavailable('down')) } });
    await around.time.pass(2 * MINUTE);
    let sentBefore = -1;
    const publish = () => {
      sentBefore = around.queue.sent.length;
      return Promise.reject(new DependencyUnavailable('down'));
    };
    expect(await run(around, { published: [], publish })).toMatchObject({ requeued: 1, republished: 0, unswept: 1, errors: [new DependencyUnavailable('down')] });
    expect(sentBefore).toBe(1);
  });

  it('goes on with what can be read when something cannot', async () => {
    const around = await world();
    await around.time.pass(30 * MINUTE);
    const bad = new StoreUnavailable('unreadable');
    const due = async (now: number, limit: number) => ({ ...(await around.store.due(now, limit)), unreadable: [bad] });
    expect(await run(around, fakePublisher(), { ...around.deps, store: { ...around.store, due } })).toMatchObject({ due: 1, closed: 1, unswept: 0, errors: [], unreadable: [bad] });
  });
});
