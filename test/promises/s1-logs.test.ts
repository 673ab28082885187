import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model, ModelChunk } from '../../lambda/domain/answer/ports.ts';
import { PROMPT_VERSION } from '../../lambda/domain/answer/prompt.ts';
import { principalToContext } from '../../lambda/domain/identity/principal.ts';
import { chatOperations } from '../../lambda/handlers/chat/operations.ts';
import { finishTurns } from '../../lambda/handlers/turn-worker/batch.ts';
import { describeError } from '../../lambda/runtime/observe.ts';
import { CONTEXT, jsonEvent } from '../lambda/runtime/http/events.ts';
import { fakeObserver } from '../lambda/runtime/streaming.ts';
import { fakeTokens } from '../support/fakes/ports.ts';
import { fakeIds, type FakeTime } from '../support/fakes/time.ts';
import { world } from '../support/fakes/turn.ts';
import { figure, sizedRuns } from '../support/promise.ts';
import { chunksOf, chunkSizes, hostileReply, OTHER_PEOPLE } from './support/hostile-replies.ts';

/** What the visitor says of himself; it may be said back to him, and is for nobody else. */
const OWN = ['rosalind.quill@mail.example', '4111 1111 1111 1111'];
const QUESTION = `How long may I return something? I am ${OWN.join(', ')}.`;
const PERSONAL = [...OTHER_PEOPLE, ...OWN];

const bare = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
const raw = (observed: unknown): readonly string[] => {
  const text = bare(JSON.stringify(observed, (_key, value: unknown) => (value instanceof Error ? { ...describeError(value), cause: undefined } : value)));
  return PERSONAL.filter((one) => text.includes(bare(one)));
};

/** Says what it is given, sooner or later, and then ends or breaks with an error that quotes it. */
const hostileModel = (reply: string, sizes: readonly number[], after: number, ending: 'complete' | 'breaks') => (time: FakeTime): Model => ({
  id: 'hostile',
  promptVersion: PROMPT_VERSION,
  maxTokens: 1_000,
  price: () => 0,
  async *stream({ signal }): AsyncGenerator<ModelChunk> {
    if (after > 0) await time.wait(after, signal);
    for (const text of chunksOf(reply, sizes)) yield { type: 'text', text };
    if (ending === 'breaks') throw new Error(`upstream said: ${reply}`, { cause: reply });
    yield { type: 'end', inputTokens: 1, outputTokens: 1, stopReason: 'complete' };
  },
});

const planted = fc.tuple(hostileReply, fc.constantFrom(...PERSONAL), hostileReply).map(([before, person, behind]) => `${before} ${person} ${behind}`);
/** What the gate lets through: his own data, to him. */
const own = fc.constantFrom(...OWN).map((one) => `You gave ${one} to us.`);
const turn = fc.record({ reply: fc.oneof({ weight: 4, arbitrary: planted }, own), sizes: chunkSizes, after: fc.constantFrom(0, 0, 5_000), ending: fc.constantFrom('complete' as const, 'breaks' as const), accept: fc.constantFrom('application/json', 'text/event-stream') });

describe('S1: what is logged of a hostile reply', () => {
  it('S1: holds no data of a person, in log lines, metrics and events, though the reply and the question are full of them', { timeout: 600_000 }, async () => {
    let lines = 0;
    await fc.assert(
      fc.asyncProperty(turn, async ({ reply, sizes, after, ending, accept }) => {
        const around = await world({ model: hostileModel(reply, sizes, after, ending) });
        const observer = fakeObserver();
        const handle = chatOperations({ ...around.deps, tokens: fakeTokens, newSecret: fakeIds('secret'), observe: observer.observe });
        const event = jsonEvent({ text: QUESTION }, { resource: '/v1/conversations/{id}/messages', pathParameters: { id: 'c1' }, requestContext: { authorizer: principalToContext({ kind: 'conversation', conversationId: 'c1', subject: 's1' }) }, headers: { 'Idempotency-Key': 'k1', Accept: accept } });
        const result = await around.time.run(handle(event, CONTEXT));
        const { body } = result;
        if (typeof body !== 'string') await around.time.run((async () => {
          for await (const piece of body) void piece;
        })());
        await around.time.run(result.after?.() ?? Promise.resolve());
        const records = around.queue.sent.map((message, index) => ({ messageId: `m${index}`, body: JSON.stringify(message), attributes: { ApproximateReceiveCount: '1' } }));
        if (records.length > 0) await around.time.run(finishTurns({ ...around.deps, observe: observer.observe }, { Records: records }, CONTEXT));
        lines += observer.lines.length;
        expect(around.store.commits).toEqual(['c1/1']);
        expect(raw([observer.lines, observer.metrics, around.store.events, around.queue.sent])).toEqual([]);
      }),
      sizedRuns(80, 5_000),
    );
    figure('S1', `${lines} log lines of hostile turns, with their metrics and events: 0 hold data of a person`);
    expect(lines).toBeGreaterThan(0);
  });

  it('S1: cannot be spared by a check that sees nothing', () => {
    expect(raw([{ message: `it said ${OTHER_PEOPLE[0]}` }, new Error(`card ${OWN[1]}`)])).toEqual([OTHER_PEOPLE[0], OWN[1]]);
  });
});
