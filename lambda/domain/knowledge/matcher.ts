import type { AsPlainObject } from 'minisearch';
import { openIndex } from './search-index.ts';
import { synonymsOf } from './synonyms.ts';

/** What names an article's topic says twice as much as its text. */
const BOOST = { title: 2, questions: 2, keywords: 2, section: 2, text: 1 };
/** Credit of a match by a synonym, or by a word nearly spelt like the term; the word itself has 1. */
const INDIRECT_CREDIT = 0.7;
/** Shortest term that is looked for with typing errors; among shorter ones too many differ by a letter. */
const LEAST_FUZZY_CHARACTERS = 5;
/** Shortest term that may have two typing errors. */
const TWO_ERRORS_CHARACTERS = 8;

/** A document of the index that has a term. */
export interface Match {
  /** Id of a passage (`article#n`), or of an article. */
  readonly id: string;
  /** BM25. */
  readonly points: number;
  /** 0-1. */
  readonly credit: number;
}

/**
 * Opens the index for one term at a time. A term that the index knows, by itself or by a synonym, is never taken for a
 * misspelt other one: that is what lets questions about something else score low.
 */
export function openMatcher(serialised: AsPlainObject): (term: string) => Match[] {
  const index = openIndex(serialised);
  // The index was made of terms: what is looked up is one already.
  const asItIs = { tokenize: (term: string) => [term], processTerm: (term: string) => term, boost: BOOST };
  const look = (term: string, credit: number, near = {}): Match[] => index.search(term, { ...asItIs, ...near }).map(({ id, score }) => ({ id: String(id), points: score, credit }));
  return (term) => {
    const known = [...look(term, 1), ...synonymsOf(term).flatMap((synonym) => look(synonym, INDIRECT_CREDIT))];
    if (known.length > 0 || term.length < LEAST_FUZZY_CHARACTERS) return known;
    // Hardly anybody mistypes the first letter; another one more often means another word ("iphone" is no "phone").
    const sameBeginning = (_: unknown, found: string): number => (found[0] === term[0] ? 1 : 0);
    return look(term, INDIRECT_CREDIT, { fuzzy: term.length < TWO_ERRORS_CHARACTERS ? 1 : 2, weights: { fuzzy: 1, prefix: 1 }, boostDocument: sameBeginning });
  };
}
