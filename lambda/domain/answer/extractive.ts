import type { Reply, Source } from '../../contracts/api.ts';
import type { TurnSettings } from '../../contracts/settings.ts';
import type { Exchange } from '../conversation/types.ts';
import { questionTerms } from '../knowledge/terms.ts';
import type { Hit, Passage, Retriever } from '../knowledge/types.ts';
import { isFollowUp, partsOf, withPrevious } from './follow-up.ts';
import { phrasesOf } from './phrases.ts';

/** A reply with what it was decided by. */
export interface Decided {
  readonly reply: Reply;
  /** Use case of the best passage; `none` without one. */
  readonly useCase: string;
  /** Retrieval score of the best passage, 0-1. */
  readonly score: number;
  /** Rule that decided, as stored in the explanation. */
  readonly rule: string;
  /** Passages that the reply rests on, best first; empty unless the question is in scope. */
  readonly passages: readonly Hit[];
}

/** What retrieval is asked with. */
export interface Question {
  readonly text: string;
  readonly locale: string;
  readonly history: readonly Exchange[];
}

/** Settings that bound the answer. */
export type AnswerSettings = Pick<TurnSettings, 'scopeThreshold' | 'useCases' | 'humanContact'>;

/** Passages that are looked at for one question; a model is shown those that are in scope. */
const PASSAGES = 5;
/** A short follow-up needs this share of the scope threshold by itself, or "and the weather?" would be answered by the question before it. */
const FOLLOW_UP_SHARE = 0.5;

/**
 * Answers a question by quoting the knowledge base, word for word and with its source. A question below the scope
 * threshold, or of a use case that is not offered, gets an honest fallback that says how to reach a human.
 */
export function answerByQuoting(retriever: Retriever, question: Question, settings: AnswerSettings): Decided {
  const hits = findFor(retriever, question, settings);
  const best = hits[0];
  if (best === undefined || best.score < settings.scopeThreshold) return outOfScope('below-scope-threshold', best, question, settings);
  if (!settings.useCases.includes(best.passage.useCase)) return outOfScope('use-case-not-offered', best, question, settings);
  const offered = hits.filter(({ passage, score }) => score >= settings.scopeThreshold && settings.useCases.includes(passage.useCase));
  const topics = topicsOf(retriever, question.text, settings);
  const quoted = topics.length > 1 ? topics : [best];
  const passages = [...quoted, ...offered.filter(({ passage }) => !quoted.some((one) => one.passage.id === passage.id))].slice(0, PASSAGES);
  return {
    reply: { kind: 'answer', text: quoted.map(({ passage }) => quote(passage, quoted.length > 1)).join('\n\n'), sources: quoted.map(({ passage }) => sourceOf(passage)) },
    useCase: best.passage.useCase,
    score: best.score,
    rule: topics.length > 1 ? 'cited-passages' : 'cited-passage',
    passages,
  };
}

/** Source of a passage, as a reply cites it. */
export function sourceOf({ articleId, title, section, date }: Passage): Source {
  return section === '' ? { id: articleId, title, date } : { id: articleId, title, section, date };
}

function findFor(retriever: Retriever, { text, history }: Question, settings: AnswerSettings): readonly Hit[] {
  const alone = retriever.find(text, PASSAGES);
  const together = isFollowUp(text) ? withPrevious(text, history) : undefined;
  if (together === undefined) return alone;
  const saysSomething = questionTerms(text).length > 0;
  if (saysSomething && (alone[0]?.score ?? 0) < settings.scopeThreshold * FOLLOW_UP_SHARE) return alone;
  const both = retriever.find(together, PASSAGES);
  return (both[0]?.score ?? 0) >= settings.scopeThreshold ? both : alone;
}

/** Best passages of two questions in one message, when they are about two articles and both in scope. */
function topicsOf(retriever: Retriever, text: string, settings: AnswerSettings): Hit[] {
  const found = partsOf(text)
    .flatMap((part) => retriever.find(part, 1))
    .filter(({ passage, score }) => score >= settings.scopeThreshold && settings.useCases.includes(passage.useCase));
  return found.filter(({ passage }, index) => found.findIndex((one) => one.passage.articleId === passage.articleId) === index).slice(0, 2);
}

function quote({ section, text }: Passage, several: boolean): string {
  return several && section !== '' ? `**${section}**\n\n${text}` : text;
}

function outOfScope(rule: string, best: Hit | undefined, { locale }: Question, settings: AnswerSettings): Decided {
  return {
    reply: { kind: 'fallback', text: `${phrasesOf(locale).outOfScope} ${settings.humanContact}`.trim(), sources: [] },
    useCase: 'none',
    score: best?.score ?? 0,
    rule,
    passages: [],
  };
}
