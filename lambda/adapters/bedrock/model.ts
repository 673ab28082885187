import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import type { BedrockSettings } from '../../contracts/settings.ts';
import type { Model, ModelChunk, ModelPrompt, ModelRequest } from '../../domain/answer/ports.ts';
import { microUsdOf } from '../../domain/answer/price.ts';
import { assumedUsage } from '../../domain/answer/token-budget.ts';
import { ModelUnavailable } from '../../domain/errors.ts';
import type { ClientOptions } from '../aws/client-options.ts';
import { abortable } from '../streams/abortable.ts';
import { streamedChunks, wholeChunks } from './chunks.ts';
import { type ConverseRequest, converseRequest } from './request.ts';

/** Options of {@link bedrockModel}. */
export interface BedrockModelOptions {
  readonly client: ClientOptions;
  readonly settings: BedrockSettings;
  /** Milliseconds for one call: the chat function's or the worker's. */
  readonly timeoutMilliseconds: number;
  /** `stream`: ConverseStream, for whoever shows text as it comes. `whole`: Converse, in one answer. */
  readonly delivery: 'stream' | 'whole';
  /** @default - no guardrail */
  readonly guardrail?: { readonly id: string; readonly version: string };
  readonly promptVersion: string;
  readonly assemble: (request: ModelRequest) => ModelPrompt;
}

/** Errors with which Bedrock refuses a call before the model sees it. */
const REFUSALS: ReadonlySet<string> = new Set(['AccessDeniedException', 'ValidationException', 'ResourceNotFoundException', 'ThrottlingException', 'ServiceQuotaExceededException', 'ModelNotReadyException']);

/** A model on Amazon Bedrock, by Converse or ConverseStream. Tools that it asks for are only passed on. */
export function bedrockModel(options: BedrockModelOptions): Model {
  const { settings } = options;
  const client = new BedrockRuntimeClient(options.client);
  const price = (inputTokens: number, outputTokens: number): number => microUsdOf(settings, inputTokens, outputTokens);
  const chunksOf = options.delivery === 'stream' ? streamed : whole;
  return {
    id: settings.modelId,
    promptVersion: options.promptVersion,
    maxTokens: settings.maxTokens,
    price,
    async *stream(request) {
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(options.timeoutMilliseconds)]);
      try {
        yield* chunksOf(client, options, converseRequest(settings, options.assemble(request), request.tools ?? [], request.rounds ?? []), signal);
      } catch (error) {
        const name = error instanceof Error ? error.name : 'unknown error';
        throw new ModelUnavailable(`The model gave no answer: ${name}.`, { cause: error, mayHaveUsed: !REFUSALS.has(name) });
      }
    },
  };
}

type ChunksOf = (client: BedrockRuntimeClient, options: BedrockModelOptions, request: ConverseRequest, signal: AbortSignal) => AsyncIterable<ModelChunk>;

const streamed: ChunksOf = async function* (client, { settings, guardrail }, request, signal) {
  // In sync mode nothing leaves before the guardrail has seen it.
  const guarded = guardrail === undefined ? {} : { guardrailConfig: { guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version, streamProcessingMode: 'sync' as const } };
  const { stream } = await client.send(new ConverseStreamCommand({ ...request, ...guarded }), { abortSignal: signal });
  if (stream === undefined) throw new Error('Bedrock answered without a stream.');
  yield* streamedChunks(abortable(stream, signal), (reply) => assumedUsage(request, reply, settings.maxTokens));
};

const whole: ChunksOf = async function* (client, { settings, guardrail }, request, signal) {
  const guarded = guardrail === undefined ? {} : { guardrailConfig: { guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version } };
  const answer = await client.send(new ConverseCommand({ ...request, ...guarded }), { abortSignal: signal });
  yield* wholeChunks(answer, (reply) => assumedUsage(request, reply, settings.maxTokens));
};
