import type { Exchange } from '../conversation/types.ts';
import type { Hit, Passage } from '../knowledge/types.ts';
import type { Toolbox } from '../tools/types.ts';
import { type Decided, sourceOf } from './extractive.ts';
import { type Gate, openGate } from './gate.ts';
import { callModel } from './model-round.ts';
import { addUsage, NO_USAGE, type Outcome, type Usage, withoutModel } from './outcome.ts';
import { phrasesOf } from './phrases.ts';
import type { Model, ToolRound, ToolUse } from './ports.ts';
import { wholeSentences } from './reply-length.ts';
import { MOST_ROUNDS } from './rounds.ts';

export { EXTRACTIVE, type Outcome, withoutModel } from './outcome.ts';
export { MOST_CALLS } from './rounds.ts';

/** Rule of a model's reply that was ended at the longest that a reply may be. */
export const CUT_RULE = 'model-reply-cut';

/** Letters and figures that an answer has at least: "no" is one, ":" is none. */
const FEWEST_LETTERS = 2;

/** What a model call is made with. */
export interface ModelCall {
  readonly model: Model;
  readonly text: string;
  readonly locale: string;
  readonly history: readonly Exchange[];
  /** What would be said without the model: its passages are what the model may rest on. */
  readonly decided: Decided;
  readonly humanContact: string;
  /** Tools, bound to the conversation's rights. @default - none: what a model asks for is passed over */
  readonly tools?: Toolbox;
  readonly signal: AbortSignal;
  /** Called with text that passed the gate, as it comes. */
  readonly onText: (text: string) => void;
}

/**
 * Lets a model word the answer, through the gate. Never throws: whatever goes wrong (the model, the gate, a guardrail,
 * an empty reply), the answer is the quoted one. A reply without an end is ended: its whole sentences so far are the answer.
 */
export async function replyByModel(call: ModelCall): Promise<Outcome> {
  const { model, text: question, locale, history, decided, humanContact, tools, signal, onText } = call;
  const sources = decided.passages.map(({ passage }) => passage);
  const gate = openGate({ sources, humanContact, said: [question, ...history.flatMap(({ user, bot }) => [user, bot])] });
  const rounds: ToolRound[] = [];
  let usage: Usage = NO_USAGE;
  for (let made = 0; ; made += 1) {
    const offered = tools !== undefined && tools.specs.length > 0 && made < MOST_ROUNDS ? { tools: tools.specs } : {};
    const request = { question, history, passages: decided.passages, locale, signal, ...offered, ...(rounds.length > 0 && { rounds: [...rounds] }) };
    const round = await callModel(model, request, gate, onText);
    usage = addUsage(usage, round.usage);
    if (round.end === 'tools' && tools !== undefined) {
      gate.drop();
      rounds.push(...(await useAll(tools, round.wishes, sources, gate, signal)));
      continue;
    }
    const used = { promptVersion: model.promptVersion, ...usage };
    if (round.end === 'no-answer') return { decided: unanswered(decided, locale, humanContact), model: model.id, modelFailed: false, ...used };
    const said = round.end === 'cut' ? wholeSentences(round.text) : round.end === 'text' ? round.text.trim() : '';
    if ((said.match(/[\p{L}\p{N}]/gu) ?? []).length < FEWEST_LETTERS) return { ...withoutModel(decided, true), ...used };
    const cited = gate.cited.flatMap((number) => sources[number - 1] ?? []);
    const shown = (cited.length > 0 ? cited : sources).map(sourceOf);
    return { decided: { ...decided, rule: round.end === 'cut' ? CUT_RULE : 'model-on-passages', reply: { kind: 'answer', text: said, sources: shown }, passages: withEvidence(decided.passages, sources) }, model: model.id, modelFailed: false, ...used };
  }
}

/** Uses tools one after the other. What they give joins the sources, and the model is told by which number. */
async function useAll(tools: Toolbox, wishes: readonly ToolUse[], sources: Passage[], gate: Gate, signal: AbortSignal): Promise<ToolRound[]> {
  const rounds: ToolRound[] = [];
  for (const use of wishes) {
    const { result, evidence } = await tools.use(use, signal).catch(() => ({ result: 'This cannot be looked up now.', evidence: undefined }));
    if (evidence === undefined) {
      rounds.push({ use, result });
      continue;
    }
    sources.push(evidence);
    gate.learn(evidence);
    rounds.push({ use, result: `Document [${sources.length}]: ${result}` });
  }
  return rounds;
}

/** The passages with what tools gave, as certain. */
function withEvidence(passages: readonly Hit[], sources: readonly Passage[]): readonly Hit[] {
  return [...passages, ...sources.slice(passages.length).map((passage) => ({ passage, score: 1, coverage: 1 }))];
}

function unanswered(decided: Decided, locale: string, humanContact: string): Decided {
  return { ...decided, rule: 'model-found-no-answer', passages: [], reply: { kind: 'fallback', text: `${phrasesOf(locale).outOfScope} ${humanContact}`.trim(), sources: [] } };
}
