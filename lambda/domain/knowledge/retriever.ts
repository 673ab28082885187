import { openMatcher } from './matcher.ts';
import { questionTerms } from './terms.ts';
import type { Hit, KnowledgeFile, Passage, Retriever } from './types.ts';

/** A number says little about the topic: its share of a word's weight. */
const NUMBER_SHARE = 0.3;
/** Credit towards coverage of a term that stands in an article's text only, not in its title, questions or keywords. */
const TEXT_CREDIT = 0.8;
/** What the best passage counts beside the article's own fields. */
const PASSAGE_WEIGHT = 1.5;
/** BM25 points at which half of the score's second factor is reached. */
const HALF_POINTS = 30;
/** Below 1, so that one missing word among few does not sink a question. */
const COVERAGE_EXPONENT = 0.4;
/** A further passage of an article scores at least this share of the article's first. */
const FURTHER_PASSAGE_FLOOR = 0.6;

// The numbers above were chosen on the labelled questions of knowledge/evaluation.yaml; evaluation.test.ts holds what they reach.

/** What a question found in one article. */
interface Evidence {
  coverage: number;
  points: number;
  readonly passages: Map<string, number>;
}

/**
 * Opens a compiled knowledge base. Loads the serialised index as it is (no indexing at start), a few milliseconds.
 * The retriever never throws on any text, and looks at a bounded number of a question's terms.
 *
 * A hit's score is `coverage^0.4 * points / (points + 30)`. Coverage is the share of the question's weight of terms
 * (rare ones weigh more, unknown ones most) that the article has; points are BM25. The first says whether the question is
 * about this knowledge base at all, the second which article it is about.
 * @throws TypeError when the file has another format than this release reads.
 */
export function openKnowledge(file: KnowledgeFile): Retriever {
  if (file.format !== 1) throw new TypeError(`the knowledge file has format ${String(file.format)}, and this release reads format 1; compile the articles with this release`);
  const matchesOf = openMatcher(file.index);
  const passages = new Map(file.passages.map((passage) => [passage.id, passage]));
  const articles = new Set(file.passages.map(({ articleId }) => articleId)).size;

  function find(question: string, limit: number): Hit[] {
    const found = new Map<string, Evidence>();
    let total = 0;
    for (const term of questionTerms(question)) {
      const byArticle = new Map<string, { credit: number; own: number; passages: Map<string, number> }>();
      for (const { id, points, credit } of matchesOf(term)) {
        const [articleId = id] = id.split('#', 1);
        const match = byArticle.get(articleId) ?? { credit: 0, own: 0, passages: new Map<string, number>() };
        const inText = articleId !== id;
        match.credit = Math.max(match.credit, inText ? credit * TEXT_CREDIT : credit);
        if (inText) match.passages.set(id, Math.max(match.passages.get(id) ?? 0, points * credit));
        else match.own = Math.max(match.own, points * credit);
        byArticle.set(articleId, match);
      }
      // A term that no article has weighs like one that a single article has.
      const weight = Math.log(1 + articles / Math.max(1, byArticle.size)) * (/\p{N}/u.test(term) ? NUMBER_SHARE : 1);
      total += weight;
      for (const [articleId, match] of byArticle) {
        const evidence = found.get(articleId) ?? { coverage: 0, points: 0, passages: new Map<string, number>() };
        evidence.coverage += weight * match.credit;
        evidence.points += match.own;
        for (const [id, points] of match.passages) evidence.passages.set(id, (evidence.passages.get(id) ?? 0) + points);
        found.set(articleId, evidence);
      }
    }
    return [...found]
      .flatMap(([articleId, evidence]) => hitsOf(articleId, evidence, total))
      .toSorted((one, other) => other.score - one.score || (one.passage.id < other.passage.id ? -1 : 1))
      .slice(0, Math.max(0, limit));
  }

  /** Hits of one article: its best passage with the article's score, the others below. */
  function hitsOf(articleId: string, { coverage, points, passages: found }: Evidence, total: number): Hit[] {
    const best = Math.max(0, ...found.values());
    const all = points + PASSAGE_WEIGHT * best;
    const score = (coverage / total) ** COVERAGE_EXPONENT * (all / (all + HALF_POINTS));
    const candidates: [string, number][] = best > 0 ? [...found] : [[`${articleId}#1`, best]];
    return candidates.flatMap(([id, own]) => {
      const passage: Passage | undefined = passages.get(id);
      const share = best > 0 ? FURTHER_PASSAGE_FLOOR + (1 - FURTHER_PASSAGE_FLOOR) * (own / best) : 1;
      return passage === undefined ? [] : [{ passage, score: score * share }];
    });
  }

  return { version: file.version, find };
}

