import type { ConverseCommandOutput, ConverseStreamOutput, StopReason, TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import type { ModelChunk, StopKind, ToolUse } from '../../domain/answer/ports.ts';
import type { Usage } from '../../domain/answer/token-budget.ts';

/** Most characters of a tool's input that are collected: far above what any tool takes. */
const MAX_INPUT_CHARACTERS = 20_000;

/** What a call used when Bedrock does not tell, from the reply. */
export type Assume = (reply: string) => Usage;

/**
 * Pieces of a streamed answer.
 * @throws the failure that Bedrock put into the stream; Error for a stream that broke off
 */
export async function* streamedChunks(events: AsyncIterable<ConverseStreamOutput>, assume: Assume): AsyncGenerator<ModelChunk> {
  let reason: StopReason | undefined;
  let usage: TokenUsage | undefined;
  let reply = '';
  let asked = 0;
  const open = new Map<number | undefined, ToolUse>();
  for await (const event of events) {
    const failure = event.internalServerException ?? event.modelStreamErrorException ?? event.validationException ?? event.throttlingException ?? event.serviceUnavailableException;
    if (failure !== undefined) throw failure;
    const { start, contentBlockIndex: begun } = event.contentBlockStart ?? {};
    if (start?.toolUse !== undefined) open.set(begun, { id: start.toolUse.toolUseId ?? '', name: start.toolUse.name ?? '', input: '' });
    const { delta, contentBlockIndex: at } = event.contentBlockDelta ?? {};
    if (delta?.text !== undefined && delta.text !== '') {
      reply += delta.text;
      yield { type: 'text', text: delta.text };
    }
    const use = open.get(at);
    if (delta?.toolUse !== undefined && use !== undefined) open.set(at, { ...use, input: bounded(use.input + (delta.toolUse.input ?? '')) });
    const done = event.contentBlockStop === undefined ? undefined : open.get(event.contentBlockStop.contentBlockIndex);
    if (done !== undefined) {
      open.delete(event.contentBlockStop?.contentBlockIndex);
      asked += 1;
      reply += done.name + done.input;
      yield { type: 'tool', use: { ...done, input: done.input === '' ? '{}' : done.input } };
    }
    reason = event.messageStop?.stopReason ?? reason;
    usage = event.metadata?.usage ?? usage;
  }
  yield { type: 'end', ...told(usage, reply, assume), stopReason: stopKind(reason, asked) };
}

/**
 * The same pieces of an answer that came whole.
 * @throws Error for an answer without a reply
 */
export function* wholeChunks({ output, stopReason, usage }: Pick<ConverseCommandOutput, 'output' | 'stopReason' | 'usage'>, assume: Assume): Generator<ModelChunk> {
  let reply = '';
  let asked = 0;
  for (const { text, toolUse } of output?.message?.content ?? []) {
    if (text !== undefined && text !== '') {
      reply += text;
      yield { type: 'text', text };
    }
    if (toolUse !== undefined) {
      const input = bounded(JSON.stringify(toolUse.input ?? {}));
      asked += 1;
      reply += `${toolUse.name ?? ''}${input}`;
      yield { type: 'tool', use: { id: toolUse.toolUseId ?? '', name: toolUse.name ?? '', input } };
    }
  }
  yield { type: 'end', ...told(usage, reply, assume), stopReason: stopKind(stopReason, asked) };
}

function told(usage: TokenUsage | undefined, reply: string, assume: Assume): Usage {
  return usage?.inputTokens === undefined || usage.outputTokens === undefined ? assume(reply) : { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens };
}

/** What Bedrock's reasons mean here. The others (malformed output) leave nothing to show. */
const STOP_KINDS: Partial<Record<StopReason, StopKind>> = {
  end_turn: 'complete',
  stop_sequence: 'complete',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  guardrail_intervened: 'guardrail',
  content_filtered: 'guardrail',
  tool_use: 'tool',
};

/** @throws Error for an answer that broke off, stopped for another reason, or stopped for a tool and named none */
function stopKind(reason: StopReason | undefined, asked: number): StopKind {
  const known = reason === undefined ? undefined : STOP_KINDS[reason];
  if (known === undefined || (known === 'tool' && asked === 0)) throw new Error(`The model ended without a reply (${reason ?? 'no stop reason'}).`);
  return known;
}

/** @throws Error for an input that is longer than any tool takes */
function bounded(input: string): string {
  if (input.length > MAX_INPUT_CHARACTERS) throw new Error(`The model wrote more than ${MAX_INPUT_CHARACTERS} characters for a tool.`);
  return input;
}
