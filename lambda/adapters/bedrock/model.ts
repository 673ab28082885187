import { BedrockRuntimeClient, ConverseStreamCommand, type ConverseStreamCommandInput, type ConverseStreamOutput, type StopReason } from '@aws-sdk/client-bedrock-runtime';
import type { ModelSettings } from '../../contracts/settings.ts';
import type { Model, ModelChunk, ModelRequest } from '../../domain/answer/ports.ts';
import { ModelUnavailable } from '../../domain/errors.ts';
import type { ClientOptions } from '../aws/client-options.ts';
import { abortable } from './abortable.ts';

/** A prompt as data, as the domain assembles it. */
export interface ModelPrompt {
  readonly system: string;
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
}

/** Options of {@link bedrockModel}. */
export interface BedrockModelOptions {
  readonly client: ClientOptions;
  readonly settings: Extract<ModelSettings, { provider: 'bedrock' }>;
  /** Milliseconds for one call: the chat function's or the worker's. */
  readonly timeoutMilliseconds: number;
  /** @default - no guardrail */
  readonly guardrail?: { readonly id: string; readonly version: string };
  readonly promptVersion: string;
  readonly assemble: (request: ModelRequest) => ModelPrompt;
  /** Most tokens that a prompt can have, for the claim's reservation. */
  readonly maxInputTokens: number;
}

/** A model on Amazon Bedrock, by ConverseStream. It gets no tools: what it returns is text. */
export function bedrockModel(options: BedrockModelOptions): Model {
  const { settings } = options;
  const client = new BedrockRuntimeClient(options.client);
  const price = (inputTokens: number, outputTokens: number): number =>
    // USD for 1,000 tokens are as many thousandths, and 1,000 times as many millionths, for one.
    Math.ceil(inputTokens * settings.inputUsdPer1000 * 1000 + outputTokens * settings.outputUsdPer1000 * 1000);
  return {
    id: settings.modelId,
    promptVersion: options.promptVersion,
    worstCase: { tokens: options.maxInputTokens + settings.maxTokens, microUsd: price(options.maxInputTokens, settings.maxTokens) },
    price,
    async *stream(request) {
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(options.timeoutMilliseconds)]);
      try {
        const { stream } = await client.send(new ConverseStreamCommand(commandInput(options, request)), { abortSignal: signal });
        if (stream === undefined) throw new Error('Bedrock answered without a stream.');
        yield* chunks(abortable(stream, signal));
      } catch (error) {
        throw new ModelUnavailable(`The model gave no answer: ${error instanceof Error ? error.name : 'unknown error'}.`, { cause: error });
      }
    },
  };
}

function commandInput({ settings, guardrail, assemble }: BedrockModelOptions, request: ModelRequest): ConverseStreamCommandInput {
  const { system, messages } = assemble(request);
  return {
    modelId: settings.modelId,
    system: [{ text: system }],
    messages: messages.map(({ role, text }) => ({ role, content: [{ text }] })),
    inferenceConfig: { maxTokens: settings.maxTokens, temperature: settings.temperature },
    // In sync mode nothing leaves before the guardrail has seen it.
    ...(guardrail === undefined ? {} : { guardrailConfig: { guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version, streamProcessingMode: 'sync' } }),
  };
}

async function* chunks(events: AsyncIterable<ConverseStreamOutput>): AsyncGenerator<ModelChunk> {
  let reason: StopReason | undefined;
  let usage = { inputTokens: 0, outputTokens: 0 };
  for await (const event of events) {
    const failure = event.internalServerException ?? event.modelStreamErrorException ?? event.validationException ?? event.throttlingException ?? event.serviceUnavailableException;
    if (failure !== undefined) throw failure;
    const text = event.contentBlockDelta?.delta?.text;
    if (text !== undefined && text !== '') yield { type: 'text', text };
    if (event.messageStop !== undefined) reason = event.messageStop.stopReason;
    if (event.metadata?.usage !== undefined) usage = { inputTokens: event.metadata.usage.inputTokens ?? 0, outputTokens: event.metadata.usage.outputTokens ?? 0 };
  }
  yield { type: 'end', ...usage, stopReason: stopReason(reason) };
}

/** What Bedrock's reasons mean here. The others (tool use, malformed output) are of things that we never ask for. */
const STOP_REASONS: Partial<Record<StopReason, 'complete' | 'length' | 'guardrail'>> = {
  end_turn: 'complete',
  stop_sequence: 'complete',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  guardrail_intervened: 'guardrail',
  content_filtered: 'guardrail',
};

/** @throws Error for a stream that broke off, or stopped for another reason */
function stopReason(reason: StopReason | undefined): 'complete' | 'length' | 'guardrail' {
  const known = reason === undefined ? undefined : STOP_REASONS[reason];
  if (known === undefined) throw new Error(`The stream ended without a reply (${reason ?? 'no stop reason'}).`);
  return known;
}
