import { type Match, openMatcher } from './matcher.ts';
import type { KnowledgeFile } from './types.ts';

/** What one term found in one article. */
export interface TermMatch {
  /** How surely the article is about the term, 0-1: below 1 when only a synonym, or a word nearly spelt like it, was found. */
  readonly credit: number;
  /** BM25 of the article's own fields: title, questions, keywords. */
  readonly points: number;
  /** BM25 of each passage that has the term, by its id. */
  readonly passages: ReadonlyMap<string, number>;
}

/** What one term found. */
export interface TermEvidence {
  /** How much the term says about the topic: rare ones say more, and most does one that no article has. */
  readonly weight: number;
  /** By article id. */
  readonly articles: ReadonlyMap<string, TermMatch>;
}

/** Opens a compiled knowledge base for the terms of one question at a time. */
export function openEvidence(file: KnowledgeFile): (terms: readonly string[]) => (term: string) => TermEvidence {
  const open = openMatcher(file.index);
  const articles = new Set(file.passages.map(({ articleId }) => articleId)).size;
  // Terms that the knowledge base knows: as many as it has, with their synonyms.
  const kept = new Map<string, TermEvidence>();
  return (terms) => {
    const matchesOf = open(terms.filter((term) => !kept.has(term)));
    const looked = new Map<string, TermEvidence>();
    return (term) => {
      const before = kept.get(term) ?? looked.get(term);
      if (before !== undefined) return before;
      const { known, matches } = matchesOf(term);
      const evidence = evidenceOf(matches, articles);
      (known ? kept : looked).set(term, evidence);
      return evidence;
    };
  };
}

function evidenceOf(matches: readonly Match[], articles: number): TermEvidence {
  const found = new Map<string, { credit: number; points: number; passages: Map<string, number> }>();
  for (const { id, points, credit } of matches) {
    const [articleId = id] = id.split('#', 1);
    const match = found.get(articleId) ?? { credit: 0, points: 0, passages: new Map<string, number>() };
    match.credit = Math.max(match.credit, credit);
    if (articleId === id) match.points = Math.max(match.points, points * credit);
    else match.passages.set(id, Math.max(match.passages.get(id) ?? 0, points * credit));
    found.set(articleId, match);
  }
  return { weight: Math.log(1 + articles / (found.size + 0.5)), articles: found };
}
