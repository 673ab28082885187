import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { abortable } from '../../../../lambda/adapters/bedrock/abortable.ts';
import { bedrockModel, type BedrockModelOptions } from '../../../../lambda/adapters/bedrock/model.ts';
import type { ModelChunk } from '../../../../lambda/domain/answer/ports.ts';
import { ModelUnavailable } from '../../../../lambda/domain/errors.ts';
import type { Converse, ConverseRequest } from '../../../../local/aws/index.ts';
import { startEndpoint, type TestEndpoint } from '../loopback.ts';

async function collect<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

let endpoint: TestEndpoint;
let converse: Converse;
const requests: ConverseRequest[] = [];
beforeAll(async () => {
  endpoint = await startEndpoint({
    resources: {},
    converse: (request) => {
      requests.push(request);
      return converse(request);
    },
  });
});
afterAll(() => endpoint.endpoint.close());
beforeEach(() => {
  requests.length = 0;
  endpoint.calls.length = 0;
});

const model = (over: Partial<BedrockModelOptions> = {}) =>
  bedrockModel({
    client: endpoint.options('model'),
    settings: { provider: 'bedrock', modelId: 'vendor.model-v1:0', maxTokens: 300, temperature: 0.2, timeoutMilliseconds: 1, workerTimeoutMilliseconds: 1, inputUsdPer1000: 0.003, outputUsdPer1000: 0.015 },
    timeoutMilliseconds: 20_000,
    promptVersion: 'p1',
    assemble: ({ question, locale }) => ({ system: `speak ${locale}`, messages: [{ role: 'user', text: 'earlier' }, { role: 'assistant', text: 'yes' }, { role: 'user', text: question }] }),
    maxInputTokens: 10_000,
    ...over,
  });
const ask = (over: Partial<BedrockModelOptions> = {}, signal = new AbortController().signal) => collect(model(over).stream({ question: 'How?', history: [], passages: [], locale: 'en', signal }));
const text = (chunks: readonly ModelChunk[]) => chunks.map((chunk) => (chunk.type === 'text' ? chunk.text : '')).join('');

describe('model on Bedrock', () => {
  it('streams text, then what it used', async () => {
    converse = async function* () {
      yield 'Return it ';
      yield 'within 30 days.';
    };
    const chunks = await ask();
    expect(text(chunks)).toBe('Return it within 30 days.');
    expect(chunks.at(-1)).toMatchObject({ type: 'end', stopReason: 'complete' });
    expect(chunks.filter(({ type }) => type === 'end')).toHaveLength(1);
  });

  it('sends the prompt, the limits and no tools', async () => {
    converse = async () => ({ text: 'ok', usage: { inputTokens: 12, outputTokens: 3 } });
    expect((await ask()).at(-1)).toEqual({ type: 'end', inputTokens: 12, outputTokens: 3, stopReason: 'complete' });
    expect(requests[0]).toMatchObject({ modelId: 'vendor.model-v1:0', streaming: true });
    expect(requests[0]?.body).toEqual({
      system: [{ text: 'speak en' }],
      messages: [{ role: 'user', content: [{ text: 'earlier' }] }, { role: 'assistant', content: [{ text: 'yes' }] }, { role: 'user', content: [{ text: 'How?' }] }],
      inferenceConfig: { maxTokens: 300, temperature: 0.2 },
    });
    expect(endpoint.calls.flatMap(({ permissions }) => permissions.map(({ action }) => action))).toEqual(['bedrock:InvokeModelWithResponseStream']);
  });

  it('puts the guardrail before the text when there is one', async () => {
    converse = async () => ({ text: 'Sorry.', stopReason: 'guardrail_intervened' });
    expect((await ask({ guardrail: { id: 'g1', version: '2' } })).at(-1)).toMatchObject({ stopReason: 'guardrail' });
    expect(requests[0]?.body['guardrailConfig']).toEqual({ guardrailIdentifier: 'g1', guardrailVersion: '2', streamProcessingMode: 'sync' });
  });

  it.each([
    ['max_tokens', 'length'],
    ['stop_sequence', 'complete'],
    ['content_filtered', 'guardrail'],
  ])('reads the stop reason %s as %s', async (stopReason, expected) => {
    converse = async () => ({ text: 'ok', stopReason });
    expect((await ask()).at(-1)).toMatchObject({ stopReason: expected });
  });

  it.each(['ThrottlingException', 'AccessDeniedException', 'ModelTimeoutException', 'ServiceUnavailableException', 'ValidationException', 'InternalServerException'])('is unavailable after %s, at once', async (name) => {
    converse = () => Promise.reject(Object.assign(new Error('no'), { name }));
    await expect(ask()).rejects.toBeInstanceOf(ModelUnavailable);
    expect(requests).toHaveLength(1);
  });

  it('is unavailable when the stream fails on its way, or ends for something that was not asked for', async () => {
    converse = async function* () {
      yield 'The first half';
      throw Object.assign(new Error('broke'), { name: 'ModelStreamErrorException' });
    };
    await expect(ask()).rejects.toBeInstanceOf(ModelUnavailable);
    converse = async () => ({ text: '', stopReason: 'tool_use' });
    await expect(ask()).rejects.toBeInstanceOf(ModelUnavailable);
  });

  it('is unavailable when the turn gives up, before and during the stream', async () => {
    converse = () => new Promise(() => undefined);
    await expect(ask({}, AbortSignal.abort())).rejects.toBeInstanceOf(ModelUnavailable);
    await expect(ask({ timeoutMilliseconds: 1 })).rejects.toBeInstanceOf(ModelUnavailable);
    converse = async function* ({ signal }) {
      yield 'The first half';
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    };
    const turn = new AbortController();
    const chunks: ModelChunk[] = [];
    const reading = (async () => {
      for await (const chunk of model().stream({ question: 'q', history: [], passages: [], locale: 'en', signal: turn.signal })) {
        chunks.push(chunk);
        turn.abort();
      }
    })();
    await expect(reading).rejects.toBeInstanceOf(ModelUnavailable);
    expect(text(chunks)).toBe('The first half');
  });

  it('prices in millionths of a USD, rounded up, and reserves the worst case', () => {
    expect(model().price(1_000, 1_000)).toBe(18_000);
    expect(model().price(1, 0)).toBe(3);
    expect(model().worstCase).toEqual({ tokens: 10_300, microUsd: 34_500 });
  });
});

describe('abortable', () => {
  it('ends a silent stream when the signal aborts, and lets the source go', async () => {
    let released = false;
    const silent: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: async () => {
          released = true;
          return { done: true, value: undefined };
        },
      }),
    };
    const controller = new AbortController();
    const reading = collect(abortable(silent, controller.signal));
    controller.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    expect(released).toBe(true);
  });
  it('passes everything on when nothing aborts', async () => {
    async function* three() {
      yield* [1, 2, 3];
    }
    expect(await collect(abortable(three(), new AbortController().signal))).toEqual([1, 2, 3]);
  });
});
