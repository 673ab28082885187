import type { Shape } from './labels.ts';
import { isParticiple, isTalk, mayBePassword, UNITS } from './small-words.ts';
import { boundsOf, digitsFrom } from './spoken-digits.ts';
import type { NormalisedText } from './types.ts';
import { valueEnd, type Word } from './words.ts';

/** Bounds of a value in the normalised text. */
export interface Bounds {
  readonly start: number;
  readonly end: number;
}

/** How a value may stand there. */
export interface Place {
  /** A colon, an equals sign or a form of "is" leads to it, or it answers a question: then a plain word may be a password. */
  readonly stated: boolean;
}

const DATE = /^(?:(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d\d))$/;
const MONTH = /^(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]{0,7}$/;
const DAY = /^(?:[12]?\d|3[01])(?:st|nd|rd|th)?$/;
const YEAR = /^(?:19|20)\d\d$/;
const EXPIRY = /^(?:0?[1-9]|1[0-2])[/-](?:\d\d|20\d\d)$/;
/** Longest address, in words. */
const ADDRESS_WORDS = 12;

/** The value of a shape that begins with a word; undefined when there is none. */
export function valueAt(text: NormalisedText, words: readonly Word[], at: number, shape: Shape, place: Place): Bounds | undefined {
  const word = words[at];
  if (word === undefined) return undefined;
  switch (shape.form) {
    case 'digits': {
      const sequence = digitsFrom(words, at);
      if (sequence === undefined || DATE.test(word.bare) || sequence.digits.length < shape.min || sequence.digits.length > shape.max) return masked(word, shape.max);
      if (UNITS.has(words[sequence.next]?.bare ?? '') && !(words[sequence.next - 1]?.ends ?? false)) return undefined;
      return shape.year === false && YEAR.test(sequence.digits) ? undefined : boundsOf(words, sequence, text);
    }
    case 'code':
      return code(words, at);
    case 'password':
      return password(text, words, at, place);
    case 'date':
      return date(words, at);
    case 'expiry':
      return EXPIRY.test(word.bare) ? word : undefined;
    case 'postcode':
      return postcode(words, at);
    case 'words':
      return plainWords(text, words, at, shape.most);
    case 'address':
      return address(words, at);
    default:
      return shape satisfies never;
  }
}

/** `****5612`, `xxxx-xxxx-5612`: the digits that were left. */
function masked({ bare, start, end }: Word, max: number): Bounds | undefined {
  return max >= 4 && /^[*x•#-]{2,30}\d{3,6}$/.test(bare) ? { start, end } : undefined;
}

/** Letters and digits, three digits at least, in up to four groups: account numbers, passports, number plates. */
function code(words: readonly Word[], at: number): Bounds | undefined {
  let digits = 0;
  let last = at - 1;
  for (let next = at; next < Math.min(at + 8, words.length); next++) {
    const word = words[next];
    const count = word === undefined || DATE.test(word.bare) || !/^[a-z]{0,3}[\d./-]{0,40}[a-z\d./-]{0,30}$/.test(word.bare) ? 0 : word.bare.replaceAll(/\D/g, '').length;
    if (word === undefined || count === 0 || (next > at && UNITS.has(word.bare))) break;
    digits += count;
    last = next;
    if (word.ends) break;
  }
  const spoken = digits === 0 ? digitsFrom(words, at) : undefined;
  if (spoken !== undefined && spoken.digits.length >= 4) return { start: words[at]?.start ?? 0, end: words[spoken.next - 1]?.end ?? 0 };
  if (digits < 3 || UNITS.has(words[last + 1]?.bare ?? '')) return undefined;
  return { start: words[at]?.start ?? 0, end: words[last]?.end ?? 0 };
}

function password(text: NormalisedText, words: readonly Word[], at: number, { stated }: Place): Bounds | undefined {
  const word = words[at];
  if (word === undefined || DATE.test(word.bare) || word.bare === ':' || word.bare === '=') return undefined;
  const spoken = digitsFrom(words, at);
  if (spoken !== undefined && spoken.digits.length >= 4) return UNITS.has(words[spoken.next]?.bare ?? '') ? undefined : boundsOf(words, spoken, text);
  const end = valueEnd(text, word);
  const value = text.text.slice(word.start, end);
  if (/^[\p{L}'’.-]{1,60}[!]{0,3}$/u.test(value)) {
    const mixed = /\p{Ll}\p{Lu}/u.test(value);
    const last = word.ends || at === words.length - 1 || words[at + 1]?.bare === 'and';
    return mixed || (stated && last && mayBePassword(word.bare)) ? { start: word.start, end } : undefined;
  }
  if (value.length < 3 || (UNITS.has(words[at + 1]?.bare ?? '') && /^\d{1,4}$/.test(value))) return undefined;
  // Signs alone, or a link to where passwords are changed.
  return /[\p{L}\p{N}]/u.test(value) && !/:\/\/|^\d{1,3}[-–+]?$/.test(value) ? { start: word.start, end } : undefined;
}

function date(words: readonly Word[], at: number): Bounds | undefined {
  const [first, second, third] = [words[at], words[at + 1], words[at + 2]];
  if (first === undefined) return undefined;
  if (DATE.test(first.bare)) return first;
  const inWords = (DAY.test(first.bare) && MONTH.test(second?.bare ?? '')) || (MONTH.test(first.bare) && DAY.test(second?.bare ?? ''));
  if (!inWords || second === undefined) return undefined;
  return { start: first.start, end: third !== undefined && /^(?:19|20)?\d\d$/.test(third.bare) ? third.end : second.end };
}

function postcode(words: readonly Word[], at: number): Bounds | undefined {
  const [first, second] = [words[at], words[at + 1]];
  if (first === undefined) return undefined;
  if (/^(?:\d{4,6}|\d{5}-\d{4}|[a-z]{1,2}\d[a-z\d]?\d[a-z]{2})$/.test(first.bare)) return UNITS.has(second?.bare ?? '') ? undefined : first;
  const outward = /^(?:[a-z]{1,2}\d[a-z\d]?|[a-z]\d[a-z]|\d{4})$/.test(first.bare) && /^(?:\d[a-z]{2}|\d[a-z]\d|[a-z]{2})$/.test(second?.bare ?? '');
  return outward && second !== undefined ? { start: first.start, end: second.end } : undefined;
}

/** Up to so many words that are no talk about the matter. The first begins with a capital letter where the writer uses any. */
function plainWords({ text, lower }: NormalisedText, words: readonly Word[], at: number, most: number): Bounds | undefined {
  const capitals = text !== lower;
  let last: Word | undefined;
  for (const word of words.slice(at, at + most)) {
    const original = text.slice(word.start, word.end);
    if (isTalk(word.bare) || !/^[\p{L}][\p{L}'.-]{0,40}$/u.test(original) || (capitals ? !/^\p{Lu}/u.test(original) : isParticiple(word.bare))) break;
    last = word;
    if (word.ends) break;
  }
  const first = words[at];
  return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
}

/** Words to the end of the sentence, with a number among the first six of them. */
function address(words: readonly Word[], at: number): Bounds | undefined {
  const first = words[at];
  // "My address is wrong on …"
  if (first === undefined || isTalk(first.bare)) return undefined;
  let last = at;
  while (last + 1 < words.length && last - at < ADDRESS_WORDS - 1 && !(words[last]?.ends === true && words[last + 1]?.bare !== undefined && isTalk(words[last + 1]?.bare ?? ''))) last++;
  const taken = words.slice(at, last + 1);
  if (!taken.slice(0, 6).some(({ bare }) => /^\d{1,6}[a-z]?$/.test(bare)) || !taken.some(({ bare }) => /^\p{L}{3,}$/u.test(bare) && !isTalk(bare))) return undefined;
  return UNITS.has(taken[1]?.bare ?? '') ? undefined : { start: first.start, end: taken.at(-1)?.end ?? first.end };
}
