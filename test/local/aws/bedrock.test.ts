import { ConverseCommand, ConverseStreamCommand, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, it } from 'vitest';
import type { Converse, ConverseRequest } from '../../../local/aws/index.ts';
import { failure } from './support/clients.ts';
import { withLoopback } from './support/loopback.ts';

const modelId = 'arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.vendor.model-1:0';
const messages = [{ role: 'user' as const, content: [{ text: 'Hello' }] }];
const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

async function* pieces(texts: readonly string[], error?: Error): AsyncGenerator<string> {
  for (const text of texts) yield await Promise.resolve(text);
  if (error) throw error;
}

describe('Bedrock', () => {
  it('answers Converse with what the model says', async () => {
    const asked: ConverseRequest[] = [];
    const converse: Converse = (request) => {
      asked.push(request);
      return Promise.resolve({ text: 'Guten Tag 🙂', stopReason: 'max_tokens', usage: { inputTokens: 7, outputTokens: 3 } });
    };
    await withLoopback({ converse }, async ({ clients }) => {
      const answer = await clients.bedrock.send(new ConverseCommand({ modelId, messages, system: [{ text: 'Be kind' }], inferenceConfig: { maxTokens: 5 } }));
      expect(answer).toMatchObject({
        output: { message: { role: 'assistant', content: [{ text: 'Guten Tag 🙂' }] } },
        stopReason: 'max_tokens',
        usage: { inputTokens: 7, outputTokens: 3, totalTokens: 10 },
      });
      expect(asked).toMatchObject([{ modelId, streaming: false, body: { system: [{ text: 'Be kind' }], inferenceConfig: { maxTokens: 5 } } }]);
    });
  });

  it('streams piece by piece', async () => {
    await withLoopback({ converse: () => pieces(['Hel', 'lo ', '🙂']) }, async ({ clients }) => {
      const { stream } = await clients.bedrock.send(new ConverseStreamCommand({ modelId, messages }));
      const events: object[] = [];
      for await (const event of stream ?? []) events.push(event);
      expect(events.map((event) => Object.keys(event)[0])).toEqual([
        'messageStart', 'contentBlockDelta', 'contentBlockDelta', 'contentBlockDelta', 'contentBlockStop', 'messageStop', 'metadata',
      ]);
      expect(events.map((event) => (event as { contentBlockDelta?: { delta: { text: string } } }).contentBlockDelta?.delta.text ?? '').join('')).toBe('Hello 🙂');
      expect(events.at(-1)).toMatchObject({ metadata: { usage: { outputTokens: 2 } } });
    });
  });

  it('asks for tools, whole and streamed, and wants them named where they are shown', async () => {
    const toolUse = { toolUseId: 't1', name: 'order_status', input: { orderNumber: 'AB-12345' } };
    const answered = [{ role: 'assistant' as const, content: [{ toolUse }] }, { role: 'user' as const, content: [{ toolResult: { toolUseId: 't1', content: [{ text: 'shipped' }] } }] }];
    await withLoopback({ converse: () => Promise.resolve({ text: 'Wait.', toolUses: [toolUse] }) }, async ({ clients }) => {
      expect(await clients.bedrock.send(new ConverseCommand({ modelId, messages }))).toMatchObject({ output: { message: { content: [{ text: 'Wait.' }, { toolUse }] } }, stopReason: 'tool_use' });
      const { stream } = await clients.bedrock.send(new ConverseStreamCommand({ modelId, messages }));
      let input = '';
      const seen: string[] = [];
      for await (const event of stream ?? []) {
        seen.push(...Object.keys(event));
        input += event.contentBlockDelta?.delta?.toolUse?.input ?? '';
      }
      expect(JSON.parse(input)).toEqual(toolUse.input);
      expect(seen.filter((name, index) => name !== seen[index - 1])).toEqual(['messageStart', 'contentBlockDelta', 'contentBlockStop', 'contentBlockStart', 'contentBlockDelta', 'contentBlockStop', 'messageStop', 'metadata']);
      await failure(clients.bedrock.send(new ConverseCommand({ modelId, messages: [...messages, ...answered] })), 'ValidationException', /toolConfig/);
      const toolConfig = { tools: [{ toolSpec: { name: 'order_status', inputSchema: { json: { type: 'object' } } } }] };
      await clients.bedrock.send(new ConverseCommand({ modelId, messages: [...messages, ...answered], toolConfig }));
    });
  });

  it('gives an error before the first piece as an HTTP error, and a later one in the stream', async () => {
    await withLoopback({ converse: () => pieces([], named('ThrottlingException', 'slow down')) }, async ({ clients }) => {
      await failure(clients.bedrock.send(new ConverseStreamCommand({ modelId, messages })), 'ThrottlingException', /slow down/);
    });
    await withLoopback({ converse: () => pieces(['a'], named('ModelErrorException', 'broke')) }, async ({ clients }) => {
      const { stream } = await clients.bedrock.send(new ConverseStreamCommand({ modelId, messages }));
      const read = async (): Promise<void> => {
        for await (const event of stream ?? []) void event;
      };
      await failure(read(), 'ModelStreamErrorException', /broke/);
    });
  });

  it('stops the model when the client leaves', async () => {
    let stopped: () => void = () => undefined;
    const done = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    async function* endless(signal: AbortSignal): AsyncGenerator<string> {
      yield 'first';
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve());
      });
      stopped();
    }
    await withLoopback({ converse: ({ signal }) => endless(signal) }, async ({ clients }) => {
      const abort = new AbortController();
      const { stream } = await clients.bedrock.send(new ConverseStreamCommand({ modelId, messages }), { abortSignal: abort.signal });
      const iterator = stream?.[Symbol.asyncIterator]();
      await iterator?.next();
      abort.abort();
      clients.destroy();
      await done;
    });
  });

  it('says that there is no model, that a request is wrong, and what is not emulated', async () => {
    await withLoopback({}, async ({ clients }) => {
      const error = await failure(clients.bedrock.send(new ConverseCommand({ modelId, messages })), 'AccessDeniedException', /no model on this machine/);
      expect(error['$metadata']).toMatchObject({ httpStatusCode: 403 });
      await failure(clients.bedrock.send(new ConverseCommand({ modelId, messages: [] })), 'ValidationException', /at least one message/);
      await failure(clients.bedrock.send(new InvokeModelCommand({ modelId, body: '{}' })), 'UnknownOperationException', /does not emulate bedrock/);
    });
  });

  it('hides no error of the model behind a success', async () => {
    await withLoopback({ converse: () => Promise.reject(new Error('out of memory')) }, async ({ clients }) => {
      await failure(clients.bedrock.send(new ConverseCommand({ modelId, messages })), 'InternalServerException', /out of memory/);
    });
  });
});
