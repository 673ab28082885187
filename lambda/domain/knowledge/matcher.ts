import type MiniSearch from 'minisearch';
import type { AsPlainObject } from 'minisearch';
import { type IndexedDocument, openIndex, termsIn } from './search-index.ts';
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

/** What one term finds. */
export interface Matches {
  /** Whether the index knows the term, by itself or by a synonym. */
  readonly known: boolean;
  readonly matches: readonly Match[];
}

/**
 * Opens the index for the terms of one question at a time. A term that the index knows, by itself or by a synonym, is never taken for a
 * misspelt other one: that is what lets questions about something else score low.
 */
export function openMatcher(serialised: AsPlainObject): (terms: readonly string[]) => (term: string) => Matches {
  const vocabulary = new Set(termsIn(serialised));
  const near = openNear(serialised, new Set([...vocabulary].map((term) => term[0])));
  return (terms) => {
    const asked = new Set(terms.flatMap((term) => [term, ...synonymsOf(term)]).filter((term) => vocabulary.has(term)));
    const index = asked.size === 0 ? undefined : openIndex(serialised, (term) => asked.has(term));
    const look = (term: string, credit: number): Match[] => (index !== undefined && asked.has(term) ? matchesIn(index, term, credit) : []);
    return (term) => {
      const matches = [...look(term, 1), ...synonymsOf(term).flatMap((synonym) => look(synonym, INDIRECT_CREDIT))];
      return matches.length > 0 || term.length < LEAST_FUZZY_CHARACTERS ? { known: matches.length > 0, matches } : { known: false, matches: near(term) };
    };
  };
}

/** Opens the index for terms nearly spelt like one. Hardly anybody mistypes the first letter; another one more often means another word ("iphone" is no "phone"). */
function openNear(serialised: AsPlainObject, firstLetters: ReadonlySet<string | undefined>): (term: string) => Match[] {
  // One entry a first letter that the index has, made when one is looked for.
  const opened = new Map<string | undefined, MiniSearch<IndexedDocument>>();
  return (term) => {
    const letter = term[0];
    if (!firstLetters.has(letter)) return [];
    const index = opened.get(letter) ?? openIndex(serialised, (found) => found[0] === letter);
    opened.set(letter, index);
    return matchesIn(index, term, INDIRECT_CREDIT, { fuzzy: term.length < TWO_ERRORS_CHARACTERS ? 1 : 2, weights: { fuzzy: 1, prefix: 1 } });
  };
}

function matchesIn(index: MiniSearch<IndexedDocument>, term: string, credit: number, near = {}): Match[] {
  // The index was made of terms: what is looked up is one already.
  return index.search(term, { tokenize: (text) => [text], processTerm: (text) => text, boost: BOOST, ...near }).map(({ id, score }) => ({ id: String(id), points: score, credit }));
}
