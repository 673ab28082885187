import type { NormalisedText } from './types.ts';

/** A word of the text, without the punctuation around it. */
export interface Word {
  /** In lower case. `:` and `=` are words of their own. */
  readonly bare: string;
  /** Bounds of `bare`. */
  readonly start: number;
  readonly end: number;
  /** Where what belongs to it ends: the next space. A password may hold any sign. */
  readonly blockEnd: number;
  /** Punctuation that ends a clause follows. */
  readonly ends: boolean;
}

/** Longest word that is looked at as a label or a value, in characters. */
const MAX_WORD = 256;
const BEFORE = /["'([{<*_]/;
const AFTER = /["')\]}>*_.,;!?]/;

/** Words of a text, in order. */
export function wordsOf({ lower }: NormalisedText): readonly Word[] {
  const words: Word[] = [];
  for (let at = 0; at < lower.length; ) {
    if (lower[at] === ' ') {
      at++;
      continue;
    }
    const space = lower.indexOf(' ', at);
    const blockEnd = space === -1 ? lower.length : space;
    if (blockEnd - at <= MAX_WORD) block(lower, at, blockEnd, words);
    at = blockEnd;
  }
  return words;
}

/** A block without spaces: a word, or a label, its sign, and the rest. */
function block(lower: string, start: number, blockEnd: number, words: Word[]): void {
  const sign = signAt(lower, start, blockEnd);
  if (sign === undefined) {
    words.push(...bare(lower, start, blockEnd, blockEnd));
    return;
  }
  words.push(...bare(lower, start, sign, blockEnd).map(asLabel), { bare: lower[sign] ?? '', start: sign, end: sign + 1, blockEnd, ends: false });
  // What follows the first sign is a value: it may hold such signs itself.
  words.push(...bare(lower, sign + 1, blockEnd, blockEnd));
}

/** `DB_PASSWORD=`, `userPassword:`: the end of a program's name for it. */
function asLabel(word: Word): Word {
  const secret = /(?:password|passwd|passphrase|pwd)$/.exec(word.bare);
  return secret === null ? word : { ...word, bare: secret[0] };
}

function signAt(lower: string, start: number, end: number): number | undefined {
  for (let at = start; at < end; at++) {
    if (lower[at] === '=') return at;
    if (lower[at] === ':') return lower[at + 1] === '/' || (/\d/.test(lower[at - 1] ?? '') && at + 1 < end) ? undefined : at;
  }
  return undefined;
}

function bare(lower: string, from: number, to: number, blockEnd: number): Word[] {
  let start = from;
  let end = to;
  while (start < end && BEFORE.test(lower[start] ?? '')) start++;
  while (end > start && AFTER.test(lower[end - 1] ?? '')) end--;
  return start === end ? [] : [{ bare: lower.slice(start, end), start, end, blockEnd, ends: to === blockEnd && /[.,;!?]/.test(lower.slice(end, to)) }];
}

/** Where a value that may hold any sign ends: the block without the punctuation of the sentence. */
export function valueEnd({ lower }: NormalisedText, word: Word): number {
  let end = word.blockEnd;
  while (end > word.end && /["')\]}>.,;:?]/.test(lower[end - 1] ?? '')) end--;
  return Math.max(end, word.end);
}
