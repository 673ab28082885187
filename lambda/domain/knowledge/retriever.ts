import { openEvidence, type TermEvidence, type TermMatch } from './evidence.ts';
import { openPassageChoice } from './passage-choice.ts';
import type { Hit, KnowledgeFile, Passage, Retriever } from './types.ts';
import { windowsOf } from './windows.ts';

/** What the best passage counts beside the article's own fields. */
const PASSAGE_WEIGHT = 1.5;
/** BM25 points at which half of the score's second factor is reached. */
const HALF_POINTS = 30;
/** Below 1, so that one missing word among few does not sink a question. */
const COVERAGE_EXPONENT = 0.4;

/** An article that one window of a question found. */
interface Found {
  readonly score: number;
  readonly coverage: number;
  readonly terms: readonly string[];
  readonly matches: readonly TermMatch[];
}

/**
 * Opens a compiled knowledge base. Of the serialised index a question loads what it asks for, and nothing is indexed again: a millisecond or two.
 * The retriever never throws on any text, and its cost is bounded: see {@link windowsOf}.
 *
 * An article's score is `(coverage * known)^0.4 * points / (points + 30)`, of the window of the question where that is
 * highest. Coverage is the share of the window's weight of terms that the article has, `known` the share that any
 * article has; points are BM25. The first two say whether the question is about this knowledge base at all, the third
 * which article it is about. The three constants were chosen on the tuning half of knowledge/evaluation.yaml; none is
 * critical: half or double of one costs at most four right articles in a hundred there, once the threshold is moved along.
 * @throws TypeError when the file has another format than this release reads.
 */
export function openKnowledge(file: KnowledgeFile): Retriever {
  if (file.format !== 1) throw new TypeError(`the knowledge file has format ${String(file.format)}, and this release reads format 1; compile the articles with this release`);
  const open = openEvidence(file);
  const rankPassages = openPassageChoice();
  const passagesOf = new Map<string, Passage[]>();
  for (const passage of file.passages) passagesOf.set(passage.articleId, [...(passagesOf.get(passage.articleId) ?? []), passage]);

  function find(question: string, limit: number): Hit[] {
    const windows = windowsOf(question);
    const evidenceOf = open(windows.flat());
    const best = new Map<string, Found>();
    for (const terms of windows) {
      for (const [articleId, found] of findArticles(terms, terms.map(evidenceOf))) if (found.score > (best.get(articleId)?.score ?? 0)) best.set(articleId, found);
    }
    return [...best]
      .toSorted(([one, { score }], [other, { score: otherScore }]) => otherScore - score || (one < other ? -1 : 1))
      .slice(0, Math.max(0, limit))
      .flatMap(([articleId, { score, coverage, terms, matches }]) => rankPassages(passagesOf.get(articleId) ?? [], terms, matches).map(({ passage, share }) => ({ passage, score: score * share, coverage })))
      .toSorted((one, other) => other.score - one.score || (one.passage.id < other.passage.id ? -1 : 1))
      .slice(0, Math.max(0, limit));
  }

  return { version: file.version, find };
}

/** Scores every article that has one of the terms of a window. */
function findArticles(terms: readonly string[], evidence: readonly TermEvidence[]): Map<string, Found> {
  const total = sum(evidence.map(({ weight }) => weight));
  const known = sum(evidence.map(({ weight, articles }) => weight * Math.max(0, ...[...articles.values()].map(({ credit }) => credit)))) / total;
  const ids = new Set(evidence.flatMap(({ articles }) => [...articles.keys()]));
  return new Map([...ids].map((articleId) => [articleId, { terms, ...scoreArticle(articleId, evidence, total, known) }]));
}

function scoreArticle(articleId: string, evidence: readonly TermEvidence[], total: number, known: number): Omit<Found, 'terms'> {
  const matches: TermMatch[] = [];
  const inPassages = new Map<string, number>();
  let coverage = 0;
  for (const { weight, articles } of evidence) {
    const match = articles.get(articleId);
    if (match === undefined) continue;
    matches.push(match);
    coverage += (weight * match.credit) / total;
    for (const [id, points] of match.passages) inPassages.set(id, (inPassages.get(id) ?? 0) + points);
  }
  const points = sum(matches.map((match) => match.points)) + PASSAGE_WEIGHT * Math.max(0, ...inPassages.values());
  return { score: (coverage * known) ** COVERAGE_EXPONENT * (points / (points + HALF_POINTS)), coverage, matches };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
