import type { ModelChunk, StopKind, ToolUse } from '../../domain/answer/ports.ts';
import type { Usage } from '../../domain/answer/token-budget.ts';
import { EndpointFailure } from './failure.ts';

/** Data of the event after the last chunk. */
const DONE = '[DONE]';
/** Most tools that one answer may ask for. */
const MAX_USES = 16;
/** Most characters of a tool's input that are collected: far above what any tool takes. */
const MAX_INPUT_CHARACTERS = 20_000;

/** What the reasons to stop mean here; others count as a broken answer. */
const STOP_KINDS: Readonly<Record<string, StopKind>> = { stop: 'complete', length: 'length', content_filter: 'guardrail', tool_calls: 'tool', function_call: 'tool' };

type Fields = Readonly<Record<string, unknown>>;

/**
 * Pieces of a reply from the chunks of a streamed chat completion, of which only the first choice is read. Tools that it asks for come
 * when it stopped, because their inputs arrive in pieces.
 * @param assume what the call used when the endpoint does not tell, from the reply
 * @throws EndpointFailure for an error in the stream, for what is no chunk, and for a stream that ends without a reason
 */
export async function* completionChunks(events: AsyncIterable<string>, assume: (reply: string) => Usage): AsyncGenerator<ModelChunk> {
  const uses = new Map<number, ToolUse>();
  let reply = '';
  let reason: string | undefined;
  let usage: Usage | undefined;
  for await (const data of events) {
    if (data.trim() === DONE) break;
    const chunk = fields(parsed(data));
    if (chunk['error'] !== undefined && chunk['error'] !== null) throw new EndpointFailure('EndpointFailed', 'The endpoint told of an error in its answer.');
    usage = usageOf(chunk['usage']) ?? usage;
    const choice = list(chunk['choices']).map(fields).find(({ index }) => index === undefined || index === 0);
    if (choice === undefined) continue;
    const delta = fields(choice['delta']);
    const text = delta['content'];
    if (typeof text === 'string' && text !== '') {
      reply += text;
      yield { type: 'text', text };
    }
    for (const [position, part] of list(delta['tool_calls']).entries()) collect(uses, fields(part), position);
    if (typeof choice['finish_reason'] === 'string') reason = choice['finish_reason'];
  }
  const stopReason = stopKind(reason, uses.size);
  for (const use of uses.values()) yield { type: 'tool', use: { ...use, input: use.input === '' ? '{}' : use.input } };
  yield { type: 'end', ...(usage ?? assume([reply, ...[...uses.values()].map(({ name, input }) => name + input)].join(''))), stopReason };
}

/** Adds a piece of a tool's use; its id and name come with the first. */
function collect(uses: Map<number, ToolUse>, part: Fields, position: number): void {
  const index = typeof part['index'] === 'number' ? part['index'] : position;
  const called = fields(part['function']);
  const known = uses.get(index) ?? { id: text(part['id']) || `call-${index}`, name: '', input: '' };
  uses.set(index, { ...known, name: known.name || text(called['name']), input: known.input + text(called['arguments']) });
  if (uses.size > MAX_USES || (uses.get(index)?.input.length ?? 0) > MAX_INPUT_CHARACTERS) throw new EndpointFailure('BrokenAnswer', 'The answer asks for more tools, or with longer inputs, than any question needs.');
}

function stopKind(reason: string | undefined, asked: number): StopKind {
  const known = reason !== undefined && Object.hasOwn(STOP_KINDS, reason) ? STOP_KINDS[reason] : undefined;
  // Some endpoints stop for a tool and call it «stop».
  const kind = known === 'complete' && asked > 0 ? 'tool' : known;
  if (kind === undefined || (kind === 'tool' && asked === 0)) throw new EndpointFailure('BrokenAnswer', 'The answer ended without a reply.');
  return kind;
}

/** Usage that can be true: a request without tokens is none. */
function usageOf(value: unknown): Usage | undefined {
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = fields(value);
  return count(inputTokens) && count(outputTokens) && inputTokens > 0 ? { inputTokens, outputTokens } : undefined;
}

function count(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    throw new EndpointFailure('BrokenAnswer', 'The answer holds what is not JSON.');
  }
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
