import type { NormalisedText } from './types.ts';
import type { Word } from './words.ts';

/** Digits in words: English, German, French, Spanish. */
const SPOKEN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    zero: '0', oh: '0', o: '0', nought: '0', one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8', nine: '9', niner: '9',
    null: '0', eins: '1', zwei: '2', zwo: '2', drei: '3', vier: '4', fünf: '5', fuenf: '5', sechs: '6', sieben: '7', acht: '8', neun: '9',
    zéro: '0', deux: '2', trois: '3', quatre: '4', cinq: '5', sept: '7', huit: '8', neuf: '9',
    cero: '0', uno: '1', dos: '2', tres: '3', cuatro: '4', cinco: '5', siete: '7', ocho: '8', nueve: '9',
  }),
);
const TIMES: ReadonlyMap<string, number> = new Map([['double', 2], ['triple', 3], ['doppel', 2]]);
/** "nine hundred", behind a digit in words. Thousands are said of amounts, not of numbers to call. */
const HUNDREDS: ReadonlySet<string> = new Set(['hundred', 'hundert']);
const FILLERS: ReadonlySet<string> = new Set(['uh', 'um', 'then', 'and', 'dash', 'hyphen', 'space', 'dot', '-', 'und', 'dann']);

/** Digits said or written one after the other. */
export interface DigitSequence {
  /** Index of its first word, and of the first word behind it. */
  readonly first: number;
  readonly next: number;
  readonly digits: string;
  /** At least one of them is a word. */
  readonly spoken: boolean;
}

/** Most words that one sequence takes. */
const MAX_WORDS = 40;

/** The sequence that begins with a word; undefined when it begins with none. "four one double two", "56 12", "4111-11". */
export function digitsFrom(words: readonly Word[], first: number): DigitSequence | undefined {
  let digits = '';
  let spoken = false;
  let next = first;
  let times = 1;
  for (let at = first; at < words.length && at - first < MAX_WORDS; at++) {
    const word = words[at]?.bare ?? '';
    const read = digitsOf(word);
    if (read !== undefined) {
      digits += read.repeat(times);
      spoken ||= SPOKEN.has(word);
      times = 1;
      next = at + 1;
      if (words[at]?.ends === true && words[at + 1] !== undefined && !spoken) break;
    } else if (HUNDREDS.has(word) && at > first && SPOKEN.has(words[at - 1]?.bare ?? '')) {
      digits += '00';
      next = at + 1;
    } else if (TIMES.has(word)) times = TIMES.get(word) ?? 1;
    else if (digits === '' || !FILLERS.has(word)) break;
  }
  return digits === '' ? undefined : { first, next, digits, spoken };
}

function digitsOf(word: string): string | undefined {
  const spoken = SPOKEN.get(word);
  if (spoken !== undefined) return spoken;
  return /^\d[\d./-]{0,40}$/.test(word) ? word.replaceAll(/[^\d]/g, '') : undefined;
}

/** The value without its spelling, for digits: words and separators resolved. Undefined when anything else is in it. */
export function canonicalDigits(words: readonly Word[]): string | undefined {
  const sequence = digitsFrom(words, 0);
  return sequence !== undefined && sequence.next === words.length ? sequence.digits : undefined;
}

/** Bounds of a sequence in the text. */
export function boundsOf(words: readonly Word[], { first, next }: DigitSequence, { text }: NormalisedText): { readonly start: number; readonly end: number } {
  return { start: words[first]?.start ?? 0, end: words[next - 1]?.end ?? text.length };
}
