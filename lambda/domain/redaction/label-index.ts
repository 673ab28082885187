import { LABELS, type Label } from './labels.ts';
import type { Word } from './words.ts';

interface Name {
  readonly words: readonly string[];
  readonly label: Label;
}

/** Names by their first word, the longest first. */
const INDEX: ReadonlyMap<string, readonly Name[]> = indexed();

function indexed(): Map<string, Name[]> {
  const index = new Map<string, Name[]>();
  for (const label of LABELS) {
    for (const name of label.names) {
      const words = name.split(' ');
      const first = words[0] ?? '';
      index.set(first, [...(index.get(first) ?? []), { words, label }].toSorted((one, other) => other.words.length - one.words.length));
    }
  }
  return index;
}

/** "password's" without its "is". What follows may as well belong to it ("the password's length"), so nothing is stated by it. */
const withoutIs = (word: string): string => word.replace(/['’]s$/, '');

/** The label that begins with a word, and the index of the word behind it; undefined when none does. */
export function labelAt(words: readonly Word[], first: number): { readonly label: Label; readonly next: number } | undefined {
  const bare = words[first]?.bare ?? '';
  const short = withoutIs(bare);
  for (const { words: name, label } of [...(INDEX.get(bare) ?? []), ...(short === bare ? [] : (INDEX.get(short) ?? []))]) {
    const last = name.length - 1;
    const isHere = name.every((word, at) => words[first + at]?.bare === word || (at === last && withoutIs(words[first + at]?.bare ?? '') === word));
    if (isHere) return { label, next: first + name.length };
  }
  return undefined;
}
