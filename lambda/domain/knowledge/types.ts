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
}

/** Finds passages. */
export interface Retriever {
  /** Version of the knowledge base: a hash of its content. */
  readonly version: string;
  /** Best passages first; empty when nothing matches. Never throws on any text. */
  find(question: string, limit: number): readonly Hit[];
}
