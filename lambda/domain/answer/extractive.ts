import type { Reply, Source } from '../../contracts/api.ts';
import type { TurnSettings } from '../../contracts/settings.ts';
import type { Exchange } from '../conversation/types.ts';
import { termsOf } from '../knowledge/terms.ts';
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
/** As good as no limit. */
const ALL = 1_000;
/** A second passage of the article is quoted as well when it has at least this share of the first one's score: either may be what was asked for. */
const CLOSE_SHARE = 0.85;
/** A follow-up is taken together with the question before it when their article has at least this share of the follow-up's own terms, by weight: all of them, be it as synonyms. */
const FOLLOW_UP_COVERAGE = 0.7;

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
  const quoted = topics.length > 1 ? topics : closeTo(best, offered);
  const passages = [...quoted, ...offered.filter(({ passage }) => !quoted.some((one) => one.passage.id === passage.id))].slice(0, PASSAGES);
  return {
    reply: { kind: 'answer', text: quoted.map(({ passage }) => quote(passage, quoted.length > 1)).join('\n\n'), sources: quoted.map(({ passage }) => sourceOf(passage)) },
    useCase: best.passage.useCase,
    score: best.score,
    rule: quoted.length > 1 ? 'cited-passages' : 'cited-passage',
    passages,
  };
}

/** Source of a passage, as a reply cites it. */
export function sourceOf({ articleId, title, section, date }: Passage): Source {
  return section === '' ? { id: articleId, title, date } : { id: articleId, title, section, date };
}

function findFor(retriever: Retriever, { text, history }: Question, { scopeThreshold }: AnswerSettings): readonly Hit[] {
  const alone = retriever.find(text, PASSAGES);
  const together = isFollowUp(text) ? withPrevious(text, history) : undefined;
  if (together === undefined) return alone;
  const both = retriever.find(together, ALL);
  const saysSomething = termsOf(text).length > 0;
  // The question before must not answer a follow-up about something else: "and the weather?" is about the weather.
  const own = saysSomething ? retriever.find(text, ALL).filter(({ coverage }) => coverage >= FOLLOW_UP_COVERAGE) : both;
  const best = both.find(({ passage }) => own.some((hit) => hit.passage.articleId === passage.articleId));
  if (best === undefined || best.score < scopeThreshold) return alone;
  // The question before says which article, the follow-up which part of it.
  const parts = own.filter(({ passage }) => passage.articleId === best.passage.articleId);
  return parts.slice(0, PASSAGES).map(({ passage, coverage, score }) => ({ passage, coverage, score: best.score * (score / (parts[0]?.score ?? score)) }));
}

/** The best passage, and one more of its article when that is nearly as good; as the article orders them, the rule before its exceptions. */
function closeTo(best: Hit, others: readonly Hit[]): Hit[] {
  const second = others.find(({ passage, score }) => passage.articleId === best.passage.articleId && passage.id !== best.passage.id && score >= best.score * CLOSE_SHARE);
  return second === undefined ? [best] : [best, second].toSorted((one, other) => (one.passage.id < other.passage.id ? -1 : 1));
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
