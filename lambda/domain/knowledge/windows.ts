import { isQuestion, sentencesOf, termsOf } from './terms.ts';

/** Characters of a question that are looked at; of a longer one, as many from its beginning and from its end as fit. */
export const MAX_QUESTION_CHARACTERS = 4_000;
/** Distinct terms of a question that are looked at: with the characters, what bounds the cost of a search. */
export const MAX_TERMS = 250;
/** Most terms of a window: few questions have more. */
const WINDOW_TERMS = 16;
/** Terms that a window has at least, as long as there are further sentences: "can you help?" or "it broke" alone says little. */
const LEAST_TERMS = 4;

/** Terms that a sentence which asks has at least to stand alone: not "where could I order one?". */
const LEAST_ASKED_TERMS = 2;

/** A sentence of a message. */
interface Sentence {
  readonly terms: readonly string[];
  readonly asks: boolean;
}

/**
 * The pieces of a message that may each be the question: the whole of a short one, each sentence that asks, and that with as
 * many of its neighbours as say something; where none asks, each sentence with its neighbours. What is asked within
 * a story is then judged by itself, and neither by how little of the story the knowledge base knows nor by what it
 * happens to know of it. Each window is distinct terms, in order; none is empty.
 */
export function windowsOf(question: string): string[][] {
  const sentences = boundedSentences(question);
  const all = distinct(sentences.flatMap(({ terms }) => terms));
  const asked = sentences.some(({ asks }) => asks);
  const windows = sentences.flatMap(({ terms, asks }, index) => {
    if (asked && !asks) return [];
    if (terms.length > WINDOW_TERMS) return overlapping(terms);
    const alone = asks && terms.length >= LEAST_ASKED_TERMS ? [...terms] : [];
    return [alone, extended(sentences, index, -1), extended(sentences, index, 1)];
  });
  const whole = all.length <= WINDOW_TERMS ? [all] : [];
  const found = new Map([...whole, ...windows].map((window) => [window.join(' '), window]));
  return [...found.values()].filter((window) => window.length > 0);
}

/** A sentence with its neighbours on one side, and then on the other, up to {@link LEAST_TERMS}. */
function extended(sentences: readonly Sentence[], index: number, side: -1 | 1): string[] {
  let window = [...(sentences[index]?.terms ?? [])];
  for (const step of [side, -side]) {
    for (let at = index + step; window.length < LEAST_TERMS && at >= 0 && at < sentences.length; at += step) {
      const neighbour = sentences[at]?.terms ?? [];
      window = distinct(step < 0 ? [...neighbour, ...window].slice(-WINDOW_TERMS) : [...window, ...neighbour].slice(0, WINDOW_TERMS));
    }
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
