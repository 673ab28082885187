import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../../../lambda/domain/errors.ts';
import { finishTurn, type FinishLimits } from '../../../../lambda/domain/turn/finish-turn.ts';
import { sendMessage } from '../../../../lambda/domain/turn/send-message.ts';
import { fakeModel, type ModelStep } from '../../../support/fakes/ports.ts';
import { messageTo, send, sendForEnd, world, type World } from '../../../support/fakes/turn.ts';

const RETURN = 'How long may I return something?';
const MESSAGE = { conversationId: 'c1', turn: 1, subject: 's1' };

/** A world whose first turn was handed to the worker: the model takes three seconds. */
async function handedOver(...script: ModelStep[]): Promise<World> {
  const around = await world({ model: (time) => fakeModel(time, script.length > 0 ? script : [{ text: 'You have 30 days [1].', after: 3_000 }, { end: 'complete' }]) });
  await send(around, RETURN);
  return around;
}
const finish = (around: World, over: Partial<FinishLimits> = {}, deps = around.deps) =>
  around.time.run(finishTurn(deps, MESSAGE, { deadline: around.time.now() + 60_000, lastAttempt: false, ...over }));

describe('the worker', () => {
  it('finishes a pending turn, with more patience, and the repeat gets its reply', async () => {
    const around = await handedOver();
    expect(await finish(around)).toBe('answered');
    expect(around.store.events.at(-1)).toMatchObject({ type: 'turn.answered', detail: { turn: 1, modelFailed: false, milliseconds: 5_000 } });
    expect(await sendForEnd(around, RETURN)).toMatchObject({ status: 200, response: { reply: { text: 'You have 30 days.' } } });
  });

  it('does nothing on a repeated delivery', async () => {
    const around = await handedOver();
    await finish(around);
    expect(await finish(around)).toBe('nothing');
    expect(around.store.commits).toEqual(['c1/1']);
  });

  it('of two deliveries at once, one answers and the other leaves its message on the queue', async () => {
    const around = await handedOver();
    const limits = { deadline: around.time.now() + 60_000, lastAttempt: false };
    const both = await around.time.run(Promise.all([finishTurn(around.deps, MESSAGE, limits), finishTurn(around.deps, MESSAGE, limits)]));
    expect(both.toSorted()).toEqual(['answered', 'busy']);
    expect(around.store.commits).toEqual(['c1/1']);
  });

  it('leaves a turn alone that the chat function is still answering', async () => {
    const around = await handedOver();
    const head = around.store.heads.get('c1');
    if (head?.claim !== undefined) around.store.heads.set('c1', { ...head, claim: { ...head.claim, attempt: 'chat' } });
    expect(await finish(around)).toBe('busy');
  });

  it('takes a turn over whose lease has run out', async () => {
    const around = await handedOver();
    const head = around.store.heads.get('c1');
    if (head?.claim !== undefined) around.store.heads.set('c1', { ...head, claim: { ...head.claim, attempt: 'chat' } });
    await around.time.pass(60_000);
    expect(await finish(around)).toBe('answered');
  });

  it('keeps its turn for as long as it runs, though the chat function would have been stopped long ago', async () => {
    const model = (time: World['time']) => fakeModel(time, [{ after: 35_000, text: 'You have 30 days [1].' }, { end: 'complete' }]);
    const around = await world({ model, settings: { leaseSeconds: 30, workerLeaseSeconds: 92 } });
    await send(around, RETURN);
    const finished = finishTurn(around.deps, MESSAGE, { deadline: around.time.now() + 90_000, lastAttempt: false });
    await around.time.pass(31_000);
    const { claim } = around.store.heads.get('c1') ?? {};
    // Left unread to the end: letting the time pass until they are through would finish the worker too.
    const first = async (text: string) => (await sendMessage(around.deps, messageTo(around, text)).outputs.next()).value;
    expect(await first(RETURN)).toMatchObject({ type: 'done', status: 202, response: { turn: 1, reply: { kind: 'pending' } } });
    expect(await first('hello')).toMatchObject({ type: 'refused', problem: { status: 409 } });
    expect([around.store.heads.get('c1')?.claim, around.queue.sent.length], 'nobody took it over').toEqual([claim, 1]);
    expect(await around.time.run(finished)).toBe('answered');
    expect(around.store.commits).toEqual(['c1/1']);
  });

  it.each([
    ['unknown turn', { ...MESSAGE, turn: 7 }],
    ['unknown conversation', { ...MESSAGE, conversationId: 'c9' }],
    ['another subject', { ...MESSAGE, subject: 's9' }],
  ])('does nothing for an %s', async (_name, message) => {
    const around = await handedOver();
    expect(await around.time.run(finishTurn(around.deps, message, { deadline: around.time.now() + 60_000, lastAttempt: true }))).toBe('nothing');
    expect(around.store.commits).toEqual([]);
  });

  it('does nothing once the subject was erased', async () => {
    const around = await handedOver();
    around.store.wrappedKeys.clear();
    expect(await finish(around)).toBe('nothing');
  });

  it.each([
    ['fails', [{ after: 3_000, fails: true }] as ModelStep[], 60_000],
    ['outlasts its time-out', [{ after: 50_000, text: 'late' }] as ModelStep[], 60_000],
    ['outlasts the function', [{ after: 50_000, text: 'late' }] as ModelStep[], 10_000],
  ])('quotes when the model %s', async (_name, script, milliseconds) => {
    const around = await handedOver(...script);
    expect(await finish(around, { deadline: around.time.now() + milliseconds })).toBe('answered');
    expect(around.store.events.at(-1)).toMatchObject({ detail: { modelFailed: true } });
    expect(await sendForEnd(around, RETURN)).toMatchObject({ response: { reply: { text: 'You may return an item within 30 days.' } } });
  });

  it('asks for another delivery when the store fails, also on the last attempt', async () => {
    const around = await handedOver();
    const deps = { ...around.deps, store: { ...around.store, commit: () => Promise.reject(new StoreUnavailable('down')) } };
    await expect(finish(around, { lastAttempt: true }, deps)).rejects.toThrow(StoreUnavailable);
  });

  it('fails a turn honestly when nobody can say why it cannot be answered, and only on the last attempt', async () => {
    const around = await handedOver();
    const deps = { ...around.deps, retriever: async () => ({ version: 'v', find: (): never => { throw new RangeError('broken index'); } }) };
    await expect(finish(around, {}, deps)).rejects.toThrow('broken index');
    expect(await finish(around, { lastAttempt: true }, deps), 'its own claim still holds the turn').toBe('busy');
    await around.time.pass(around.deps.settings.workerLeaseSeconds * 1_000);
    expect(await finish(around, { lastAttempt: true }, deps)).toBe('failed');
    expect(around.store.events.at(-1)).toMatchObject({ type: 'turn.failed', detail: { turn: 1, reason: 'RangeError' } });
    expect(await sendForEnd(around, RETURN)).toMatchObject({ status: 200, response: { reply: { kind: 'fallback', sources: [] } } });
    expect(await sendForEnd(around, 'hello')).toMatchObject({ status: 200, response: { turn: 2 } });
  });
});
