/** Edits (insert, delete, replace) between two words, ignoring case: Levenshtein distance by rows. */
export function distance(a: string, b: string): number {
  const from = a.toLowerCase();
  const to = b.toLowerCase();
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** Longest word that is compared, in characters: a hostile name of a megabyte costs no more than this. */
const LONGEST = 100;

/** Words from nearest to farthest; equally near ones in alphabetical order. */
export function byNearness(word: string, candidates: Iterable<string>): string[] {
  const short = word.slice(0, LONGEST);
  return [...candidates]
    .map((candidate) => ({ candidate, edits: distance(short, candidate) }))
    .toSorted((a, b) => a.edits - b.edits || (a.candidate < b.candidate ? -1 : 1))
    .map(({ candidate }) => candidate);
}

/** Whether one word is probably the other, mistyped: a third of its letters may differ, two at least. */
export function isNear(word: string, candidate: string): boolean {
  return word.length <= LONGEST && distance(word, candidate) <= Math.max(2, Math.floor(candidate.length / 3));
}
