import MiniSearch, { type AsPlainObject } from 'minisearch';
import { termOf, words } from './terms.ts';

/**
 * A document of the index. A passage has section and text; an article, under its bare id, has title, questions and
 * keywords: what stands once in an article must not count once for each of its passages.
 */
export interface IndexedDocument {
  readonly id: string;
  readonly title?: string;
  readonly questions?: string;
  readonly keywords?: string;
  readonly section?: string;
  readonly text?: string;
}

const OPTIONS = {
  fields: ['title', 'questions', 'keywords', 'section', 'text'],
  tokenize: compoundWords,
  processTerm: (word: string) => termOf(word) ?? null,
};

/** Words of a text, those with hyphens also in one: who asks for a "preorder" finds the "pre-order". */
function compoundWords(text: string): string[] {
  return [...words(text), ...(text.match(/\p{L}+(?:-\p{L}+)+/gu) ?? []).flatMap((compound) => words(compound.replaceAll('-', '')))];
}

/** Builds the index. Same documents in the same order give the same bytes. */
export function buildIndex(documents: readonly IndexedDocument[]): AsPlainObject {
  const index = new MiniSearch<IndexedDocument>(OPTIONS);
  index.addAll(documents);
  return index.toJSON();
}

/** Terms of a serialised index. */
export function termsIn(serialised: AsPlainObject): string[] {
  return serialised.index.map(([term]) => term);
}

/**
 * Opens a serialised index for some of its terms, without indexing anything again. Nearly all of the cost is per term, and what one term
 * finds depends on no other: a question needs a dozen of some thousand.
 */
export function openIndex(serialised: AsPlainObject, isAskedFor: (term: string) => boolean): MiniSearch<IndexedDocument> {
  return MiniSearch.loadJS<IndexedDocument>({ ...serialised, index: serialised.index.filter(([term]) => isAskedFor(term)) }, OPTIONS);
}
