import type { AsPlainObject } from 'minisearch';

/** A passage of an article: the unit that is found, quoted and cited. */
export interface Passage {
  /** `<article id>#<n>`. */
  readonly id: string;
  readonly articleId: string;
  readonly title: string;
  readonly section: string;
  readonly useCase: string;
  readonly locale: string;
  readonly date: string;
  readonly text: string;
}

/** A passage that was found, with how sure the retriever is (0-1, comparable between questions). */
export interface Hit {
  readonly passage: Passage;
  readonly score: number;
  /** Share (0-1) of the question's terms, by weight, that the article has; a synonym counts less than the word itself. */
  readonly coverage: number;
}

/** Finds passages. */
export interface Retriever {
  /** Version of the knowledge base: a hash of its content. */
  readonly version: string;
  /** Best passages first; empty when nothing matches. Never throws on any text. */
  find(question: string, limit: number): readonly Hit[];
}

/** A compiled knowledge base: what the build writes as JSON beside the bundle, and what `openKnowledge` reads. */
export interface KnowledgeFile {
  /** Format of this file; a release reads only the one that it writes. */
  readonly format: 1;
  /** SHA-256 of the content, hex. */
  readonly version: string;
  readonly passages: readonly Passage[];
  /** Serialised search index (MiniSearch's plain object). */
  readonly index: AsPlainObject;
}
