import type { Decided } from './extractive.ts';
import { sourceOf } from './extractive.ts';
import { openGate } from './gate.ts';
import { linksOf } from './piece.ts';
import type { Exchange } from '../conversation/types.ts';
import { phrasesOf } from './phrases.ts';
import type { Model } from './ports.ts';
import { CANARY, NO_ANSWER } from './prompt.ts';

/** What a model call is made with. */
export interface ModelCall {
  readonly model: Model;
  readonly text: string;
  readonly locale: string;
  readonly history: readonly Exchange[];
  /** What would be said without the model: its passages are what the model may rest on. */
  readonly decided: Decided;
  readonly humanContact: string;
  readonly signal: AbortSignal;
  /** Called with text that passed the gate, as it comes. */
  readonly onText: (text: string) => void;
}

/** What a turn is answered with, and what that used. */
export interface Outcome {
  readonly decided: Decided;
  /** Model id, or `extractive`. */
  readonly model: string;
  /** The model was asked and its reply could not be used. */
  readonly modelFailed: boolean;
  readonly promptVersion: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicroUsd: number;
}

/** Name stored as the model of a reply that none wrote. */
export const EXTRACTIVE = 'extractive';

/** Outcome of a turn that no model was asked for, or whose model failed. */
export function withoutModel(decided: Decided, modelFailed: boolean): Outcome {
  return { decided, model: EXTRACTIVE, modelFailed, promptVersion: '', inputTokens: 0, outputTokens: 0, costMicroUsd: 0 };
}

/**
 * Lets a model word the answer, through the gate. Never throws: whatever goes wrong (the model, the gate, a guardrail,
 * an empty reply), the answer is the quoted one.
 */
export async function replyByModel({ model, text, locale, history, decided, humanContact, signal, onText }: ModelCall): Promise<Outcome> {
  const allowed = [humanContact, ...decided.passages.map(({ passage }) => passage.text)].flatMap(linksOf);
  const gate = openGate({ canary: CANARY, links: new Set(allowed) });
  let raw = '';
  let passed = '';
  let used = { inputTokens: 0, outputTokens: 0 };
  let usable = false;
  const show = (released: string): void => {
    passed += released;
    if (released !== '') onText(released);
  };
  try {
    for await (const chunk of model.stream({ question: text, history, passages: decided.passages, locale, signal })) {
      if (chunk.type === 'text') {
        const kept = mayBeNoAnswer(raw) ? raw.length : 0;
        raw += chunk.text;
        if (!mayBeNoAnswer(raw)) show(gate.push(kept > 0 ? raw : chunk.text));
      } else {
        used = { inputTokens: chunk.inputTokens, outputTokens: chunk.outputTokens };
        usable = chunk.stopReason !== 'guardrail';
      }
      if (signal.aborted || gate.closed !== undefined) break;
    }
    if (usable && !signal.aborted && !mayBeNoAnswer(raw)) show(gate.end());
  } catch {
    usable = false;
  }
  const usage = { promptVersion: model.promptVersion, ...used, costMicroUsd: model.price(used.inputTokens, used.outputTokens) };
  if (usable && raw.trim().startsWith(NO_ANSWER)) return { decided: unanswered(decided, locale, humanContact), model: model.id, modelFailed: false, ...usage };
  if (!usable || signal.aborted || gate.closed !== undefined || passed.trim() === '') return { ...withoutModel(decided, true), ...usage };
  const cited = gate.cited.flatMap((number) => decided.passages[number - 1] ?? []);
  const sources = (cited.length > 0 ? cited : decided.passages).map(({ passage }) => sourceOf(passage));
  return { decided: { ...decided, rule: 'model-on-passages', reply: { kind: 'answer', text: passed.trim(), sources } }, model: model.id, modelFailed: false, ...usage };
}

/** While this holds nothing is shown: the text so far may be, or is, the marker that there is no answer. */
function mayBeNoAnswer(raw: string): boolean {
  const start = raw.trimStart();
  return start.startsWith(NO_ANSWER) || NO_ANSWER.startsWith(start);
}

function unanswered(decided: Decided, locale: string, humanContact: string): Decided {
  return { ...decided, rule: 'model-found-no-answer', passages: [], reply: { kind: 'fallback', text: `${phrasesOf(locale).outOfScope} ${humanContact}`.trim(), sources: [] } };
}
