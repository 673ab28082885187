import { cutAt } from '../conversation/window.ts';
import { ModelUnavailable } from '../errors.ts';
import type { Gate } from './gate.ts';
import { addUsage, mostUsed, NO_USAGE, type Usage } from './outcome.ts';
import type { Model, ModelRequest, ToolUse } from './ports.ts';
import { NO_ANSWER } from './prompt.ts';
import { longestReply } from './reply-length.ts';

/** Tools that a model may use in one round; further wishes are passed over. */
const USES_PER_ROUND = 2;

/** One call of a model, and what came of it. */
export interface Round {
  /** `cut`: it was longer than a reply may be, and the call was ended. `broken`: no end came, a guardrail stepped in, or time was up. */
  readonly end: 'text' | 'no-answer' | 'tools' | 'cut' | 'broken';
  /** Text that was shown. */
  readonly text: string;
  /** Tools that it asked for, each id once; none unless it was offered some. */
  readonly wishes: readonly ToolUse[];
  readonly usage: Usage;
}

/**
 * Makes one call, through the gate. The gate holds a sentence until the next one begins, so that a "let me look that up" before a tool
 * is not shown; what was shown before a tool all the same is no part of the reply. Never throws.
 */
export async function callModel(model: Model, request: ModelRequest, gate: Gate, onText: (text: string) => void): Promise<Round> {
  const offered = request.tools !== undefined;
  const longest = longestReply(model);
  const wishes: ToolUse[] = [];
  /** Characters that came, shown or not. */
  let came = 0;
  let cut = false;
  let raw = '';
  let text = '';
  let usage: Usage | undefined;
  let usable = false;
  const show = (released: string): void => {
    // The gate may set what it shows apart, which makes it longer.
    const fitting = cutAt(released, longest - text.length);
    cut ||= fitting !== released;
    text += fitting;
    if (fitting !== '') onText(fitting);
  };
  try {
    for await (const chunk of model.stream(request)) {
      if (chunk.type === 'end') {
        const { inputTokens, outputTokens } = chunk;
        usage = addUsage(usage ?? NO_USAGE, { inputTokens, outputTokens, costMicroUsd: model.price(inputTokens, outputTokens) });
        usable = chunk.stopReason === 'complete' || chunk.stopReason === 'length' || (chunk.stopReason === 'tool' && wishes.length > 0);
      } else if (chunk.type === 'tool') {
        if (offered && wishes.length < USES_PER_ROUND && !wishes.some(({ id }) => id === chunk.use.id)) wishes.push(chunk.use);
      } else {
        const piece = cutAt(chunk.text, longest - came);
        cut ||= piece !== chunk.text;
        came += piece.length;
        if (wishes.length === 0) {
          const waited = mayBeNoAnswer(raw) ? raw.length : 0;
          raw += piece;
          if (!mayBeNoAnswer(raw)) show(gate.push(waited > 0 ? raw : piece));
        }
      }
      // Leaving ends the call.
      if (cut || request.signal.aborted || gate.closed !== undefined) break;
    }
    const through = usable && !cut && !request.signal.aborted && gate.closed === undefined;
    if (through && wishes.length === 0 && !mayBeNoAnswer(raw)) show(gate.end());
  } catch (error) {
    usable = false;
    if (error instanceof ModelUnavailable && !error.mayHaveUsed) usage ??= NO_USAGE;
  }
  const settled = { text, wishes, usage: usage ?? mostUsed(model, request) };
  if (request.signal.aborted || gate.closed !== undefined) return { ...settled, end: 'broken' };
  if (cut) return { ...settled, end: wishes.length > 0 ? 'broken' : raw.trim().startsWith(NO_ANSWER) ? 'no-answer' : 'cut' };
  if (!usable) return { ...settled, end: 'broken' };
  if (wishes.length > 0) return { ...settled, end: 'tools' };
  return { ...settled, end: raw.trim().startsWith(NO_ANSWER) ? 'no-answer' : 'text' };
}

/** While this holds nothing is shown: the text so far may be, or is, the marker that there is no answer. */
function mayBeNoAnswer(raw: string): boolean {
  const start = raw.trimStart();
  return start.startsWith(NO_ANSWER) || NO_ANSWER.startsWith(start);
}
