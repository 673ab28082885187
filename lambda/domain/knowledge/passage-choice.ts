import type { TermMatch } from './evidence.ts';
import { pairsOf, sentencesOf, termsOf } from './terms.ts';
import type { Passage } from './types.ts';

/** A passage of one article with its share (above 0, at most 1) of what the best one has. */
export interface Ranked {
  readonly passage: Passage;
  readonly share: number;
}

/**
 * Opens the ranking of one article's passages. It goes by what tells them apart: a term that each of them has says
 * nothing about which one answers, however rare it is elsewhere, and a pair of terms side by side says more than
 * either.
 *
 * The function that it returns ranks best first. Passages without any of the terms are left out, and there is always
 * one. `terms` are those of the question, in order; `matches` what each that the article has found there.
 */
export function openPassageChoice(): (passages: readonly Passage[], terms: readonly string[], matches: readonly TermMatch[]) => Ranked[] {
  // One entry a passage, made when its article is first found.
  const known = new Map<string, ReadonlySet<string>>();
  const pairsIn = ({ id, section, text }: Passage): ReadonlySet<string> => {
    const pairs = known.get(id) ?? new Set(sentencesOf(`${section}\n${text}`).flatMap((sentence) => pairsOf(termsOf(sentence))));
    known.set(id, pairs);
    return pairs;
  };
  return (passages, terms, matches) => {
    const pairs = pairsOf(terms).map((pair) => new Map(passages.filter((passage) => pairsIn(passage).has(pair)).map(({ id }) => [id, 1])));
    const evidence = new Map<string, number>();
    for (const found of [...matches.map((match) => match.passages), ...pairs]) {
      const most = Math.max(...found.values());
      const weight = Math.log((passages.length + 1) / found.size);
      for (const [id, points] of found) evidence.set(id, (evidence.get(id) ?? 0) + weight * (points / most));
    }
    const best = Math.max(...evidence.values());
    const ranked = passages.flatMap((passage) => (evidence.has(passage.id) ? [{ passage, share: (evidence.get(passage.id) ?? 0) / best }] : []));
    return ranked.length > 0 ? ranked.toSorted((one, other) => other.share - one.share) : passages.slice(0, 1).map((passage) => ({ passage, share: 1 }));
  };
}
