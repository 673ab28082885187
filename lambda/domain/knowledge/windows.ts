import { isQuestion, sentencesOf, termsOf } from './terms.ts';

/** Characters of a question that are looked at; of a longer one, as many from its beginning and from its end as fit. */
export const MAX_QUESTION_CHARACTERS = 4_000;
/** Distinct terms of a question that are looked at: with the characters, what bounds the cost of a search. */
export const MAX_TERMS = 250;
/** Terms up to which a message is one question. Longer than nearly every question that fits in a sentence. */
const WINDOW_TERMS = 16;
/** Terms that a window has at least, as long as there are further sentences: "can you help?" or "it broke" alone says little. */
const LEAST_TERMS = 6;

/** A sentence of a message. */
interface Sentence {
  readonly terms: readonly string[];
  readonly asks: boolean;
}

/**
 * The pieces of a message that may each be the question: the whole of a short one; of a long one, each sentence that
 * asks (each one, when none does) with as many of its neighbours as make a question. What is asked within a story is then
 * judged by itself, and neither by how little of the story the knowledge base knows nor by what it does know of it.
 * Each window is distinct terms, in order; none is empty.
 */
export function windowsOf(question: string): string[][] {
  const sentences = boundedSentences(question);
  const all = distinct(sentences.flatMap(({ terms }) => terms));
  if (all.length <= WINDOW_TERMS) return all.length === 0 ? [] : [all];
  const asked = sentences.some(({ asks }) => asks);
  return sentences.flatMap(({ terms, asks }, index) => {
    if (asked && !asks) return [];
    if (terms.length > WINDOW_TERMS) return overlapping(terms);
    return [extended(sentences, index, -1), extended(sentences, index, 1)].filter((window) => window.length > 0);
  });
}

/** A sentence with those before (-1) or behind (1) it, up to {@link LEAST_TERMS} or the end. */
function extended(sentences: readonly Sentence[], index: number, step: -1 | 1): string[] {
  let window = [...(sentences[index]?.terms ?? [])];
  for (let next = sentences[index + step], at = index + step; next !== undefined && window.length < LEAST_TERMS; at += step, next = sentences[at]) {
    window = distinct(step < 0 ? [...next.terms, ...window].slice(-WINDOW_TERMS) : [...window, ...next.terms].slice(0, WINDOW_TERMS));
  }
  return window;
}

function boundedSentences(question: string): Sentence[] {
  const half = MAX_QUESTION_CHARACTERS / 2;
  const text = question.length <= MAX_QUESTION_CHARACTERS ? question : `${question.slice(0, half)}\n${question.slice(-half)}`;
  const seen = new Set<string>();
  const isLookedAt = (term: string): boolean => seen.has(term) || (seen.size < MAX_TERMS && seen.add(term) !== undefined);
  return sentencesOf(text).map((sentence) => ({ terms: distinct(termsOf(sentence)).filter(isLookedAt), asks: isQuestion(sentence) }));
}

/** Windows over a sentence that is too long for one, each beginning in the middle of the one before. */
function overlapping(terms: readonly string[]): string[][] {
  const step = WINDOW_TERMS / 2;
  return Array.from({ length: Math.ceil(terms.length / step) - 1 }, (_, index) => terms.slice(index * step, index * step + WINDOW_TERMS));
}

function distinct(terms: readonly string[]): string[] {
  return [...new Set(terms)];
}
