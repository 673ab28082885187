import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { streamedChunks, wholeChunks } from '../../../../lambda/adapters/bedrock/chunks.ts';
import { bedrockModel, type BedrockModelOptions } from '../../../../lambda/adapters/bedrock/model.ts';
import type { ModelChunk, ModelRequest } from '../../../../lambda/domain/answer/ports.ts';
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
    delivery: 'stream',
    promptVersion: 'p1',
    assemble: ({ question, locale }) => ({ system: `speak ${locale}`, messages: [{ role: 'user', text: 'earlier' }, { role: 'assistant', text: 'yes' }, { role: 'user', text: question }] }),
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

  it('answers whole where nothing is shown as it is written, under the guardrail too', async () => {
    converse = async () => ({ text: 'Return it within 30 days.', usage: { inputTokens: 12, outputTokens: 3 } });
    const streamed = await ask();
    requests.length = 0;
    endpoint.calls.length = 0;
    expect(await ask({ delivery: 'whole', guardrail: { id: 'g1', version: '2' } })).toEqual(streamed);
    expect(requests.at(-1)).toMatchObject({ modelId: 'vendor.model-v1:0', streaming: false });
    expect(requests.at(-1)?.body['guardrailConfig']).toEqual({ guardrailIdentifier: 'g1', guardrailVersion: '2' });
    expect(endpoint.calls.flatMap(({ permissions }) => permissions.map(({ action }) => action))).toEqual(['bedrock:InvokeModel']);
    converse = () => Promise.reject(Object.assign(new Error('no'), { name: 'ThrottlingException' }));
    await expect(ask({ delivery: 'whole' })).rejects.toBeInstanceOf(ModelUnavailable);
    await expect(ask({ delivery: 'whole' }, AbortSignal.abort())).rejects.toBeInstanceOf(ModelUnavailable);
  });

  it('prices in millionths of a USD, rounded up, and reserves the worst case', () => {
    expect(model().price(1_000, 1_000)).toBe(18_000);
    expect(model().price(1, 0)).toBe(3);
    expect(model().maxTokens).toBe(300);
  });
});

describe.each(['stream', 'whole'] as const)('tools on Bedrock, delivered as %s', (delivery) => {
  const tools = [{ name: 'order_status', description: 'Status of an order', inputSchema: { type: 'object', properties: { orderNumber: { type: 'string' } } } }];
  const use = { id: 'tool-1', name: 'order_status', input: '{"orderNumber":"AB-12345"}' };
  const put = async (over: Partial<ModelRequest>) => collect(model({ delivery }).stream({ question: 'Where is it?', history: [], passages: [], locale: 'en', signal: new AbortController().signal, ...over }));

  it('are offered, and asked for with their input whole', async () => {
    converse = async () => ({ text: 'One moment. ', toolUses: [{ toolUseId: 'tool-1', name: 'order_status', input: { orderNumber: 'AB-12345' } }, { toolUseId: 'tool-2', name: 'order_status', input: {} }], usage: { inputTokens: 5, outputTokens: 2 } });
    expect(await put({ tools })).toEqual([
      { type: 'text', text: 'One moment. ' },
      { type: 'tool', use },
      { type: 'tool', use: { id: 'tool-2', name: 'order_status', input: '{}' } },
      { type: 'end', inputTokens: 5, outputTokens: 2, stopReason: 'tool' },
    ]);
    expect(requests.at(-1)?.body['toolConfig']).toEqual({ tools: [{ toolSpec: { name: 'order_status', description: 'Status of an order', inputSchema: { json: tools[0]?.inputSchema } } }] });
  });

  it.each([
    [use.input, { orderNumber: 'AB-12345' }],
    ['{"broken', {}],
    ['[1]', {}],
    ['7', {}],
  ])('are answered with what they gave, their input %j sent back as an object', async (input, sent) => {
    converse = async () => ({ text: 'It is on its way.' });
    await put({ tools, rounds: [{ use: { ...use, input }, result: 'shipped' }] });
    const messages = requests.at(-1)?.body['messages'];
    expect(Array.isArray(messages) && messages.slice(-2)).toEqual([
      { role: 'assistant', content: [{ toolUse: { toolUseId: 'tool-1', name: 'order_status', input: sent } }] },
      { role: 'user', content: [{ toolResult: { toolUseId: 'tool-1', content: [{ text: 'shipped' }] } }] },
    ]);
  });

  it('stay named while their rounds are shown, because Bedrock refuses them otherwise', async () => {
    converse = async () => ({ text: 'It is on its way.' });
    expect((await put({ rounds: [{ use, result: 'shipped' }] })).at(-1)).toMatchObject({ stopReason: 'complete' });
    expect(requests.at(-1)?.body['toolConfig']).toMatchObject({ tools: [{ toolSpec: { name: 'order_status' } }] });
  });

  it('that are asked for with more than any tool takes make the model unavailable', async () => {
    converse = async () => ({ text: '', toolUses: [{ toolUseId: 'tool-1', name: 'order_status', input: { orderNumber: 'x'.repeat(20_000) } }] });
    await expect(put({ tools })).rejects.toBeInstanceOf(ModelUnavailable);
  });
});

describe('a stream of Bedrock that tells of no usage', () => {
  it('counts as the most that it can have used', async () => {
    async function* events(): AsyncGenerator<ConverseStreamOutput> {
      yield { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Thirty days.' } } };
      yield { messageStop: { stopReason: 'end_turn' } };
    }
    const assume = (reply: string) => ({ inputTokens: 99, outputTokens: reply.length });
    expect((await collect(streamedChunks(events(), assume))).at(-1)).toEqual({ type: 'end', inputTokens: 99, outputTokens: 12, stopReason: 'complete' });
    expect([...wholeChunks({ output: { message: { role: 'assistant', content: [{ text: 'Ja.' }] } }, stopReason: 'end_turn', usage: undefined }, assume)].at(-1)).toMatchObject({ inputTokens: 99, outputTokens: 3 });
  });
});
