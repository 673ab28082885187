import { describe, expect, it } from 'vitest';
import { hashKey } from '../../../../lambda/domain/conversation/idempotency.ts';
import { DependencyUnavailable, KeyUnavailable, StoreUnavailable, TamperedText } from '../../../../lambda/domain/errors.ts';
import { sendMessage } from '../../../../lambda/domain/turn/send-message.ts';
import { fakeCipher, fakeKeys, fakeModel, type ModelStep } from '../../../support/fakes/ports.ts';
import { messageTo, send, sendForEnd, SETTINGS, world } from '../../../support/fakes/turn.ts';

const RETURN = 'How long may I return something?';
const model = (...script: ModelStep[]) => ({ model: (time: Parameters<typeof fakeModel>[0]) => fakeModel(time, script) });
const refusal = (name: string, status: number, retryAfterSeconds?: number) => ({
  type: 'refused',
  problem: expect.objectContaining({ type: `/problems/${name}`, status }),
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});

describe('a message that is answered', () => {
  it('is quoted from the knowledge base, stored, and told as an event', async () => {
    const around = await world();
    const outputs = await send(around, RETURN);
    const reply = { kind: 'answer', text: 'You may return an item within 30 days.', sources: [{ id: 'return-period', title: RETURN, section: 'Return period', date: '2026-01-02' }] };
    expect(outputs).toEqual([
      { type: 'accepted', messageId: expect.any(String), turn: 1, synthetic: false, missing: [] },
      { type: 'done', status: 200, response: { messageId: expect.any(String), turn: 1, reply, state: 'bot' } },
    ]);
    const head = around.store.heads.get('c1');
    expect(head).toMatchObject({ turn: 1, spentTokens: 0, idleAt: around.time.now() + SETTINGS.idleMinutes * 60_000 });
    expect(head?.claim).toBeUndefined();
    const turn = around.store.turns.get('c1/1');
    expect(turn).toMatchObject({ status: 'answered', expiresAt: around.head.expiresAt, explanation: { rule: 'cited-passage', model: 'extractive', useCase: 'returns', modelFailed: false, release: 'r1' } });
    expect(Buffer.from(turn?.text.ciphertext ?? []).toString()).toContain('c1/1/text');
    expect(around.store.events).toEqual([{ type: 'turn.answered', detail: expect.objectContaining({ conversationId: 'c1', turn: 1, kind: 'answer', useCase: 'returns', synthetic: false }) }]);
  });

  it('streams one delta, then the reply, when the client reads a stream', async () => {
    const around = await world();
    const types = (await send(around, RETURN, { mode: 'stream' })).map(({ type }) => type);
    expect(types).toEqual(['accepted', 'delta', 'done']);
  });

  it('uses the exchange before for a short follow-up', async () => {
    const around = await world();
    await send(around, RETURN);
    expect(await sendForEnd(around, 'and for sale items?')).toMatchObject({ response: { turn: 2, reply: { text: 'Sale items may be returned within 14 days.' } } });
  });

  it('closes the conversation with its last turn, and tells so', async () => {
    const around = await world({ settings: { maxTurns: 1 } });
    expect(await sendForEnd(around, RETURN)).toMatchObject({ status: 200, response: { state: 'closed' } });
    expect(around.store.events.map(({ type }) => type)).toEqual(['turn.answered', 'conversation.closed']);
    expect(around.store.heads.get('c1')?.idleAt).toBeUndefined();
    expect(await sendForEnd(around, 'hello')).toEqual(refusal('conversation-closed', 409));
    expect(await sendForEnd(around, RETURN), 'a repeat is still replayed').toMatchObject({ status: 200, response: { turn: 1 } });
  });
});

describe('a message that is refused', () => {
  it.each([
    ['too long', 'x'.repeat(401), {}, refusal('message-too-long', 413)],
    ['a surrogate alone', 'a\ud800b', {}, refusal('invalid-input', 400)],
    ['blank', ' \n\u200b\t', {}, refusal('invalid-input', 400)],
    ['no key', 'hello', { idempotencyKey: '' }, refusal('invalid-input', 400)],
    ['a key too long', 'hello', { idempotencyKey: 'k'.repeat(129) }, refusal('invalid-input', 400)],
    ['unknown conversation', 'hello', { conversationId: 'c9' }, refusal('conversation-not-found', 404)],
    ['somebody else', 'hello', { subject: 's9' }, refusal('conversation-not-found', 404)],
  ])('%s', async (_name, text, over, expected) => {
    const around = await world();
    expect(await send(around, text, over)).toEqual([expected]);
    expect(around.store.turns.size).toBe(0);
    expect(around.store.heads.get('c1')).toEqual(around.head);
  });

  it('takes a message of exactly the longest length', async () => {
    expect(await sendForEnd(await world(), 'x'.repeat(400))).toMatchObject({ status: 200 });
  });

  it('expired, erased and foreign conversations look the same as unknown ones', async () => {
    const expired = await world();
    await expired.time.pass(30 * 86_400_000);
    const erased = await world();
    erased.store.wrappedKeys.clear();
    const answers = [await sendForEnd(expired, 'hello'), await sendForEnd(erased, 'hello'), await sendForEnd(await world(), 'hello', { conversationId: 'c9' }), await sendForEnd(await world(), 'hello', { subject: 's9' })];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('a repeated key with another body gets 422', async () => {
    const around = await world();
    await send(around, RETURN, { idempotencyKey: 'k' });
    expect(await sendForEnd(around, 'something else', { idempotencyKey: 'k' })).toEqual(refusal('idempotency-key-reused', 422));
  });

  it('a repeat gets the very same reply, and no second turn', async () => {
    const around = await world();
    const first = await sendForEnd(around, RETURN);
    expect(await send(around, RETURN)).toEqual([first]);
    expect(around.store.commits).toEqual(['c1/1']);
  });

  it('while a turn runs, its repeat and another message get 409 with Retry-After', async () => {
    const around = await world(model({ text: 'Slow. ', after: 1_500 }, { end: 'complete' }));
    const running = sendMessage(around.deps, messageTo(around, RETURN));
    await around.time.pass(100);
    expect(await around.time.run(sendMessage(around.deps, messageTo(around, RETURN)).outputs.next())).toEqual({ done: false, value: refusal('request-in-flight', 409, 2) });
    expect(await around.time.run(sendMessage(around.deps, messageTo(around, 'hello')).outputs.next())).toEqual({ done: false, value: refusal('turn-in-flight', 409, 2) });
    await around.time.run(running.finished);
    expect(around.store.commits).toEqual(['c1/1']);
  });

  it('of two messages that arrive at once one is answered and one gets 409', async () => {
    const around = await world();
    const ends = await Promise.all([sendForEnd(around, RETURN), sendForEnd(around, 'hello')]);
    expect(ends.map((end) => (end.type === 'refused' ? String(end.problem.status) : end.type))).toEqual(expect.arrayContaining(['409', 'done']));
  });

  it.each([
    ['the store', { load: () => Promise.reject(new StoreUnavailable('down')) }, {}],
    ['the claim', { claim: () => Promise.reject(new StoreUnavailable('down')) }, {}],
    ['the key service', {}, { keys: { ...fakeKeys, open: () => Promise.reject(new KeyUnavailable('down')) } }],
  ])('%s down gives 503 with Retry-After and acknowledges nothing', async (_name, broken, over) => {
    const around = await world();
    expect(await send(around, RETURN, {}, { ...around.deps, ...over, store: { ...around.store, ...broken } })).toEqual([refusal('unavailable', 503, 5)]);
    expect(around.store.turns.size).toBe(0);
  });

  it('a store that fails after the claim is never reported as an answer; the repeat finishes the turn when the lease is over', async () => {
    const around = await world();
    const broken = { ...around.deps, store: { ...around.store, commit: () => Promise.reject(new StoreUnavailable('down')) } };
    expect((await send(around, RETURN, {}, broken)).at(-1)).toEqual(refusal('unavailable', 503, 60));
    expect(await sendForEnd(around, RETURN)).toEqual(refusal('request-in-flight', 409, 2));
    await around.time.pass(60_000);
    expect(await sendForEnd(around, RETURN)).toMatchObject({ type: 'done', status: 200, response: { turn: 1, messageId: around.store.turns.get('c1/1')?.messageId } });
    expect(around.store.commits).toEqual(['c1/1']);
  });

  it('of two repeats that find an abandoned turn one takes it over', async () => {
    const around = await world(model({ text: 'Thirty days [1].', after: 500 }, { end: 'complete' }));
    await send(around, RETURN, {}, { ...around.deps, store: { ...around.store, commit: () => Promise.reject(new StoreUnavailable('down')) } });
    await around.time.pass(60_000);
    const repeats = [sendMessage(around.deps, messageTo(around, RETURN)), sendMessage(around.deps, messageTo(around, RETURN))];
    const firsts = await around.time.run(Promise.all(repeats.map(({ outputs }) => outputs.next())));
    expect(firsts.map(({ value }) => value?.type)).toEqual(['accepted', 'refused']);
    await around.time.run(Promise.all(repeats.map(({ finished }) => finished)));
    expect(around.store.commits).toEqual(['c1/1']);
  });

  it('an attempt that lost its lease tells the reply of the attempt that won', async () => {
    const around = await world();
    const { store } = around;
    const slow = { ...store, commit: async (write: Parameters<typeof store.commit>[0]) => {
      await around.time.wait(90_000);
      return store.commit(write);
    } };
    const late = sendMessage({ ...around.deps, store: slow }, messageTo(around, RETURN, { mode: 'stream' }));
    const outputs: unknown[] = [];
    const reading = (async () => {
      for await (const output of late.outputs) outputs.push(output);
    })();
    await around.time.pass(60_000);
    const winner = sendMessage({ ...around.deps, settings: { ...SETTINGS, humanContact: 'Nobody is there.' }, retriever: async () => ({ version: 'v', find: () => [] }) }, messageTo(around, RETURN));
    await around.time.run(winner.finished);
    await around.time.run(reading);
    expect(outputs.at(-1)).toMatchObject({ type: 'done', status: 200, response: { turn: 1, reply: { kind: 'fallback', text: expect.stringContaining('Nobody is there.') } } });
    expect(store.commits).toEqual(['c1/1']);
  });

  it('an abandoned turn is given to the worker when another message comes', async () => {
    const around = await world();
    await send(around, RETURN, {}, { ...around.deps, store: { ...around.store, commit: () => Promise.reject(new StoreUnavailable('down')) } });
    await around.time.pass(60_000);
    expect(await sendForEnd(around, 'hello')).toEqual(refusal('turn-in-flight', 409, 1));
    expect(around.queue.sent).toEqual([{ conversationId: 'c1', turn: 1, subject: 's1' }]);
  });

  it('is answered honestly without a knowledge base that cannot be read, and without a history that does not open', async () => {
    const around = await world();
    await send(around, 'hello');
    const deps = { ...around.deps, retriever: () => Promise.reject(new DependencyUnavailable('down')), cipher: { ...fakeCipher, open: () => { throw new TamperedText('changed'); } } };
    const outputs = await send(around, RETURN, {}, deps);
    expect(outputs[0]).toMatchObject({ type: 'accepted', missing: ['history', 'knowledge'] });
    expect(outputs.at(-1)).toMatchObject({ type: 'done', status: 200, response: { reply: { kind: 'fallback', text: expect.stringContaining('Call our team') } } });
    expect(around.store.turns.get('c1/2')?.explanation).toMatchObject({ rule: 'knowledge-unavailable', knowledgeVersion: '' });
  });

  it('what nobody foresaw is thrown to the reader and to whoever awaits the end', async () => {
    const around = await world();
    const deps = { ...around.deps, keys: { ...fakeKeys, open: () => Promise.reject(new TamperedText('changed')) } };
    const { outputs, finished } = sendMessage(deps, messageTo(around, RETURN));
    await expect(outputs.next()).rejects.toThrow(TamperedText);
    await expect(finished).rejects.toThrow(TamperedText);
  });
});

describe('a client that leaves', () => {
  it('does not stop the turn', async () => {
    const around = await world(model({ text: 'One. Two.', after: 500 }, { end: 'complete' }));
    const { outputs, finished } = sendMessage(around.deps, messageTo(around, RETURN, { mode: 'stream' }));
    expect(await around.time.run(outputs.next())).toMatchObject({ value: { type: 'accepted' } });
    await outputs.return();
    await around.time.run(finished);
    expect(around.store.turns.get('c1/1')?.status).toBe('answered');
  });

  it('does not stop a turn whose outputs nobody ever reads', async () => {
    const around = await world();
    await around.time.run(sendMessage(around.deps, messageTo(around, RETURN)).finished);
    expect(around.store.commits).toEqual(['c1/1']);
    expect(around.store.idempotency.has(`c1/${hashKey(messageTo(around, RETURN).idempotencyKey)}`)).toBe(true);
  });
});
