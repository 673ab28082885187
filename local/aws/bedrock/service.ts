import { unknownOperation } from '../errors.ts';
import type { Call } from '../service.ts';
import type { Estate, JsonObject } from '../types.ts';
import type { Converse, ConverseAnswer } from './converse.ts';
import { assertConverse, modelError, stopReasonOf, usageOf } from './converse.ts';
import { streamEvent, streamException } from './event-stream.ts';

/** The answer to a Bedrock request: JSON, or an event stream that has begun. */
export type BedrockAnswer = { readonly json: JsonObject } | { readonly stream: AsyncIterable<Buffer> };

/** Bedrock's runtime: Converse and ConverseStream. */
export interface BedrockService {
  /** Operation that a path stands for. @throws UnknownOperationException */
  operation(method: string, path: string): { readonly name: 'Converse' | 'ConverseStream'; readonly modelId: string };
  /** Answers a request. @throws AwsError */
  answer(operation: { readonly name: string; readonly modelId: string }, body: JsonObject, call: Call): Promise<BedrockAnswer>;
}

const isAnswer = (reply: Promise<ConverseAnswer> | AsyncIterable<string>): reply is Promise<ConverseAnswer> => 'then' in reply;

async function* pieces(reply: Promise<ConverseAnswer> | AsyncIterable<string>): AsyncGenerator<string, ConverseAnswer | undefined> {
  if (isAnswer(reply)) {
    const answer = await reply;
    yield answer.text;
    return answer;
  }
  yield* reply;
  return undefined;
}

/** A tool use as it is streamed: its input comes as text, in pieces. */
function* toolEvents(contentBlockIndex: number, toolUseId: string, name: string, input: string): Generator<Buffer> {
  yield streamEvent('contentBlockStart', { contentBlockIndex, start: { toolUse: { toolUseId, name } } });
  for (const piece of input.match(/[^]{1,5}/gu) ?? []) yield streamEvent('contentBlockDelta', { contentBlockIndex, delta: { toolUse: { input: piece } } });
  yield streamEvent('contentBlockStop', { contentBlockIndex });
}

/** Makes the Bedrock service. */
export function bedrockService(estate: Estate, converse: Converse): BedrockService {
  const modelArn = (id: string): string => (id.startsWith('arn:') ? id : `arn:aws:bedrock:${estate.region}::foundation-model/${id}`);

  async function* events(first: IteratorResult<string, ConverseAnswer | undefined>, rest: AsyncGenerator<string, ConverseAnswer | undefined>, body: JsonObject, started: number): AsyncGenerator<Buffer> {
    yield streamEvent('messageStart', { role: 'assistant' });
    let text = '';
    let step = first;
    try {
      while (!step.done) {
        text += step.value;
        yield streamEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: step.value } });
        step = await rest.next();
      }
    } catch (error) {
      const { code, message } = modelError(error);
      yield streamException(code === 'ModelErrorException' ? 'modelStreamErrorException' : code.charAt(0).toLowerCase() + code.slice(1), message);
      return;
    }
    yield streamEvent('contentBlockStop', { contentBlockIndex: 0 });
    for (const [index, { toolUseId, name, input }] of (step.value?.toolUses ?? []).entries()) yield* toolEvents(index + 1, toolUseId, name, JSON.stringify(input));
    yield streamEvent('messageStop', { stopReason: stopReasonOf(step.value) });
    yield streamEvent('metadata', { usage: usageOf(body, text, step.value?.usage), metrics: { latencyMs: Math.round(estate.now() - started) } });
  }

  return {
    operation: (method, path) => {
      const match = /^\/model\/([^/]+)\/(converse|converse-stream)$/.exec(path);
      if (method !== 'POST' || !match) throw unknownOperation('bedrock', `${method} ${path}`);
      return { name: match[2] === 'converse' ? 'Converse' : 'ConverseStream', modelId: decodeURIComponent(match[1] ?? '') };
    },
    answer: async ({ name, modelId }, body, call) => {
      const streaming = name === 'ConverseStream';
      call.needs(streaming ? 'bedrock:InvokeModelWithResponseStream' : 'bedrock:InvokeModel', modelArn(modelId));
      assertConverse(body);
      const started = estate.now();
      try {
        const generator = pieces(converse({ modelId, body, streaming, signal: call.signal }));
        // The first piece decides between an HTTP error and a stream.
        let step = await generator.next();
        if (streaming) return { stream: events(step, generator, body, started) };
        let text = '';
        while (!step.done) {
          text += step.value;
          step = await generator.next();
        }
        return {
          json: {
            output: { message: { role: 'assistant', content: [{ text }, ...(step.value?.toolUses ?? []).map((toolUse) => ({ toolUse }))] } },
            stopReason: stopReasonOf(step.value),
            usage: usageOf(body, text, step.value?.usage),
            metrics: { latencyMs: Math.round(estate.now() - started) },
          },
        };
      } catch (error) {
        throw modelError(error);
      }
    },
  };
}
