import { describe, expect, it } from 'vitest';
import { DependencyUnavailable, StoreUnavailable } from '../../../lambda/domain/errors.ts';
import { recentEvents } from '../../../lambda/domain/interactions/recent-events.ts';
import { recordEvent } from '../../../lambda/handlers/interactions/record.ts';
import { relay, type RelayDependencies } from '../../../lambda/handlers/outbox-relay/relay.ts';
import { runSweep } from '../../../lambda/handlers/sweep/run.ts';
import { TURN_DELIVERIES } from '../../../lambda/contracts/limits.ts';
import { finishTurns } from '../../../lambda/handlers/turn-worker/batch.ts';
import { readStreamImage } from '../../../lambda/adapters/dynamodb/stream-image.ts';
import { outboxItem } from '../../../lambda/adapters/dynamodb/records.ts';
import { fakeModel, fakePublisher } from '../../support/fakes/ports.ts';
import { messageTo, send, SETTINGS, world } from '../../support/fakes/turn.ts';
import { fakeIds } from '../../support/fakes/time.ts';
import { event, EXPIRY, START } from '../adapters/records.ts';
import { CONTEXT } from '../runtime/http/events.ts';
import { fakeObserver } from '../runtime/streaming.ts';

const QUESTION = 'How long may I return something?';

describe('turn worker', () => {
  /** A world with a turn that waits on the queue. */
  const pending = async () => {
    const around = await world({ model: (time) => fakeModel(time, [{ after: 5_000, text: 'You may return an item within 30 days [1].' }, { end: 'complete' }]) });
    await send(around, QUESTION, messageTo(around, QUESTION));
    const { observe, lines } = fakeObserver();
    const run = (bodies: readonly string[], receives = 1) =>
      around.time.run(finishTurns({ ...around.deps, observe }, { Records: bodies.map((body, index) => ({ messageId: `m${index}`, body, attributes: { ApproximateReceiveCount: String(receives) } })) }, CONTEXT));
    return { around, lines, run, body: JSON.stringify(around.queue.sent[0]) };
  };

  it('finishes a turn once, however often it is delivered', async () => {
    const { around, run, body, lines } = await pending();
    expect(await run([body])).toEqual({ batchItemFailures: [] });
    expect(await run([body])).toEqual({ batchItemFailures: [] });
    expect(around.store.commits).toEqual(['c1/1']);
    expect(lines.map(({ fields }) => fields.outcome)).toEqual(['answered', 'nothing']);
  });

  it('gives back what failed, and nothing else', async () => {
    const { run, body, lines } = await pending();
    expect(await run(['{"turn":1}', body, '{broken'])).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm2' }] });
    expect(lines.filter(({ level }) => level === 'error').map(({ fields }) => fields.messageId)).toEqual(['m0', 'm2']);
  });

  it('gives back a turn that somebody else is answering, which is no error', async () => {
    const { around, body } = await pending();
    const { observe, lines } = fakeObserver();
    const taken = { ...around.deps, store: { ...around.store, reclaim: async () => 'stale' as const }, observe };
    const run = around.time.run(finishTurns(taken, { Records: [{ messageId: 'm0', body, attributes: { ApproximateReceiveCount: '1' } }] }, CONTEXT));
    expect(await run).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(lines.map(({ level, fields }) => [level, fields.outcome])).toEqual([['info', 'busy']]);
  });

  it('fails with its only turn while the store is down, so that Lambda counts an error; the log names it', async () => {
    const { around, body } = await pending();
    const down = { ...around.deps, store: { ...around.store, head: () => Promise.reject(new StoreUnavailable('down')), transcript: () => Promise.reject(new StoreUnavailable('down')), load: () => Promise.reject(new StoreUnavailable('down')) } };
    const { observe, lines } = fakeObserver();
    const run = around.time.run(finishTurns({ ...down, observe }, { Records: [{ messageId: 'm0', body, attributes: { ApproximateReceiveCount: '1' } }] }, CONTEXT));
    await expect(run).rejects.toThrow(/^No turn of 1 could be finished; the log names each error\.$/);
    expect(lines.map(({ level, error }) => [level, (error as Error).name])).toEqual([['error', 'StoreUnavailable']]);
  });

  it('does nothing for nothing', async () => {
    expect(await (await pending()).run([])).toEqual({ batchItemFailures: [] });
  });

  it('leaves no turn without a reply on its last delivery', async () => {
    const { around, run, body } = await pending();
    await run([body], TURN_DELIVERIES);
    expect(around.store.turns.get('c1/1')?.status).not.toBe('pending');
  });
});

describe('outbox relay', () => {
  const record = (id: string, sequence: string, eventName = 'INSERT') => ({ eventName, dynamodb: { SequenceNumber: sequence, NewImage: outboxItem('c1', event(id), START, EXPIRY) } });
  const open = (over: Partial<RelayDependencies> = {}) => {
    const deleted: string[] = [];
    const publisher = fakePublisher();
    const { observe, lines } = fakeObserver();
    const deps: RelayDependencies = { publisher, store: { published: async (conversationId, eventId) => void deleted.push(`${conversationId}/${eventId}`) }, read: readStreamImage, observe, ...over };
    return { deps, deleted, publisher, lines };
  };

  it('publishes new outbox items, then deletes them', async () => {
    const { deps, deleted, publisher } = open();
    const result = await relay(deps, { Records: [record('e1', '1'), { eventName: 'INSERT', dynamodb: { SequenceNumber: '2', NewImage: { pk: { S: 'c1' }, sk: { S: 'HEAD' } } } }, record('e2', '3', 'REMOVE'), record('e3', '4', 'MODIFY'), record('e4', '5')] });
    expect(result).toEqual({ batchItemFailures: [] });
    expect(publisher.published).toEqual([event('e1'), event('e4')]);
    expect(deleted).toEqual(['c1/e1', 'c1/e4']);
  });

  it('starts again at the first event that was not taken', async () => {
    const { deps, deleted } = open({ publisher: fakePublisher(({ detail }) => detail.eventId === 'e2') });
    expect(await relay(deps, { Records: [record('e1', '1'), record('e2', '2'), record('e3', '3')] })).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
    expect(deleted).toEqual(['c1/e1', 'c1/e3']);
  });

  it('starts again at an event that was published and not deleted: twice is better than never', async () => {
    const { deps } = open({ store: { published: async (_id, eventId) => (eventId === 'e2' ? Promise.reject(new StoreUnavailable('down')) : undefined) } });
    expect(await relay(deps, { Records: [record('e1', '1'), record('e2', '2')] })).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  });

  it('fails when the bus is down, so that Lambda counts an error and starts again at the beginning', async () => {
    const { deps, deleted, lines } = open({ publisher: { publish: () => Promise.reject(new DependencyUnavailable('down')) } });
    await expect(relay(deps, { Records: [record('e1', '1'), record('e2', '2')] })).rejects.toThrow('None of 2 events was published and deleted');
    expect([deleted, lines.map(({ level }) => level)]).toEqual([[], ['error']]);
  });

  it('fails when nothing that it published could be deleted, and says why', async () => {
    const { deps, lines } = open({ store: { published: () => Promise.reject(new StoreUnavailable('down')) } });
    await expect(relay(deps, { Records: [record('e1', '1'), record('e2', '2')] })).rejects.toThrow('None of 2 events was published and deleted');
    expect(lines.map(({ level, error, fields }) => [level, (error as Error).name, fields.count])).toEqual([['error', 'StoreUnavailable', 2]]);
  });

  it('goes past an item that can never be read, and says so', async () => {
    const { deps, publisher, lines } = open();
    const broken = { eventName: 'INSERT', dynamodb: { SequenceNumber: '1', NewImage: { pk: { S: 'c' }, sk: { S: 'OUTBOX#1' }, event: { S: '{' } } } };
    expect(await relay(deps, { Records: [broken, record('e2', '2')] })).toEqual({ batchItemFailures: [] });
    expect([publisher.published.length, lines.map(({ level }) => level)]).toEqual([1, ['error']]);
  });

  it('does nothing for nothing', async () => {
    expect(await relay(open().deps, { Records: [] })).toEqual({ batchItemFailures: [] });
  });
});

describe('interactions', () => {
  it('turns an event into metrics and one line', async () => {
    const { observe, lines, metrics } = fakeObserver();
    const recent = recentEvents(2);
    const record = (id: string) => recordEvent({ observe, recent }, { source: 'chatbot', 'detail-type': 'conversation.started', detail: event(id).detail });
    await record('e1');
    expect(metrics).toEqual([{ name: 'ConversationsStarted', unit: 'Count', value: 1, dimensions: {} }]);
    expect(lines).toEqual([{ level: 'info', message: 'interaction', fields: { record: { event: 'conversation.started', ...event('e1').detail } } }]);
    // A repeated delivery counts once, while it is remembered.
    for (const id of ['e1', 'e2', 'e1', 'e3', 'e1']) await record(id);
    expect(metrics).toHaveLength(4);
  });
  it.each([
    { source: 'someone', 'detail-type': 'conversation.started', detail: {} },
    { source: 'chatbot', 'detail-type': 'conversation.invented', detail: {} },
    { source: 'chatbot', 'detail-type': '__proto__', detail: {} },
    { source: 'chatbot', 'detail-type': 'conversation.started', detail: null },
  ])('only notes %j', async (unknown) => {
    const { observe, lines, metrics } = fakeObserver();
    await recordEvent({ observe, recent: recentEvents(2) }, unknown);
    expect([metrics, lines.map(({ level }) => level)]).toEqual([[], ['warn']]);
  });
});

describe('sweep', () => {
  const open = async (over: object = {}) => {
    const around = await world();
    const { observe, lines, metrics } = fakeObserver();
    const publisher = fakePublisher();
    const deps = { store: around.store, queue: around.queue, publisher, settings: SETTINGS, release: 'r1', newId: fakeIds('x'), now: around.time.now, observe, ...over };
    return { around, deps, lines, metrics, publisher };
  };

  it('closes what is idle, publishes what was missed, and counts it', async () => {
    const { around, deps, metrics, publisher } = await open();
    await around.time.pass(SETTINGS.idleMinutes * 60_000 + 1);
    expect(await runSweep(deps, CONTEXT)).toMatchObject({ due: 1, closed: 1, republished: 0 });
    await around.time.pass(60_001);
    expect(await runSweep(deps, CONTEXT)).toMatchObject({ due: 1, republished: 1 });
    expect(publisher.published.map(({ type }) => type)).toEqual(['conversation.closed']);
    expect(metrics).toEqual([{ name: 'Redeliveries', unit: 'Count', value: 0 }, { name: 'Redeliveries', unit: 'Count', value: 1 }]);
  });

  it('fails after having swept the rest, so that its alarm sees it', async () => {
    const { around, deps, lines, metrics } = await open();
    await around.time.pass(SETTINGS.idleMinutes * 60_000 + 1);
    const broken = { ...deps, store: { ...around.store, close: () => Promise.reject(new StoreUnavailable('down')) } };
    await expect(runSweep(broken, CONTEXT)).rejects.toThrow('1 of 1 items could not be swept');
    expect([lines.filter(({ level }) => level === 'error').length, metrics.length]).toEqual([1, 1]);
  });

  it('goes on while passes are full and there is time', async () => {
    const { around, deps, lines } = await open();
    let passes = 0;
    let unreadable: Error[] = [];
    const due = async () => {
      passes += 1;
      return { items: Array.from({ length: passes < 3 ? 100 : 7 }, (_, i) => ({ conversationId: `gone-${i}`, idleAt: 0 })), unreadable };
    };
    const full = { ...deps, store: { ...around.store, due } };
    expect(await runSweep(full, CONTEXT)).toMatchObject({ due: 207 });
    passes = 0;
    expect(await runSweep(full, { ...CONTEXT, getRemainingTimeInMillis: () => 5_000 })).toMatchObject({ due: 100 });
    passes = 0;
    unreadable = [new StoreUnavailable('unreadable')];
    await expect(runSweep(full, CONTEXT), 'what cannot be read ends no pass and counts once').rejects.toThrow('1 of 208 items could not be swept');
    expect(passes).toBe(3);
    expect(lines.findLast(({ message }) => message === 'sweep')?.fields.record).toMatchObject({ unreadable: 1 });
  });

  it('ends after a pass whose events the bus did not take', async () => {
    const { around, deps } = await open({ publisher: fakePublisher(() => true) });
    let passes = 0;
    const due = async () => {
      passes += 1;
      return { items: Array.from({ length: 100 }, (_, i) => ({ conversationId: 'c1', idleAt: 0, event: event(`e${i}`) })), unreadable: [] };
    };
    await expect(runSweep({ ...deps, store: { ...around.store, due } }, CONTEXT)).rejects.toThrow('100 of 100 items could not be swept');
    expect(passes).toBe(1);
  });
});
