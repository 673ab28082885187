import { gtin13, mod1110, weighted } from './checksums.ts';
import { digitRuns, digitsBetween, windowOf, type Window } from './digit-runs.ts';
import { surroundings } from './surroundings.ts';
import type { Detector, NormalisedText, Span } from './types.ts';

/** A national id that is written in digits. */
interface NumericId {
  /** Groupings that it is written in, as lengths of groups. One group alone needs a strong check. */
  readonly groups: readonly string[];
  readonly valid: (digits: string) => boolean;
}

const NUMERIC: readonly NumericId[] = [
  // US social security number: 000, 666 and 9xx are never issued, nor are groups of zeros (SSA, randomization rules of 2011).
  { groups: ['3-2-4'], valid: (digits) => /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits) },
  // Swiss AHV number: 756, check digit of GTIN-13.
  { groups: ['13', '3-4-4-2'], valid: (digits) => /^756\d{10}$/.test(digits) && gtin13(digits) },
  // German tax id: not beginning with 0, one digit two or three times among the first ten, check digit.
  { groups: ['11', '2-3-3-3'], valid: (digits) => /^[1-9]\d{10}$/.test(digits) && repeatsOnce(digits.slice(0, 10)) && mod1110(digits) },
  // Polish PESEL: a date of birth and a check digit.
  { groups: ['11'], valid: (digits) => /^\d\d(?:[02468][1-9]|[13579][0-2])(?:0[1-9]|[12]\d|3[01])\d{5}$/.test(digits) && weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0 },
  // French NIR: sex, year, month, place, order, key.
  { groups: ['15', '1-2-2-2-3-3-2', '13-2'], valid: (digits) => /^[12]\d\d(?:0[1-9]|1[0-2]|[2-9]\d)\d{10}$/.test(digits) && Number(BigInt(digits.slice(0, 13)) % 97n) === 97 - Number(digits.slice(13)) },
  // Brazilian CPF, in its own spelling.
  { groups: ['3-3-3-2'], valid: cpf },
  // Canadian SIN and Dutch BSN have nine digits and a weak check: they are found by what is said before them (labels).
];

/** UK national insurance number: letters that are issued, six digits, A-D (HMRC, NIM39110). */
const UK = /(?<![a-z0-9])(?!bg|gb|nk|kn|tn|nt|zz)[abceghj-prstw-z][abceghj-nprstw-z][ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[a-d](?![a-z0-9])/g;
/** Spanish DNI and NIE: eight digits (or X, Y, Z and seven), a letter that is the remainder by 23. */
const ES = /(?<![a-z0-9-])[xyz\d]-?\d{7}-?[a-hj-np-tv-z](?![a-z0-9-])/g;
/** Italian codice fiscale: its form is unmistakable. */
const IT = /(?<![a-z0-9])[a-z]{6}\d{2}[abcdehlmprst]\d{2}[a-z]\d{3}[a-z](?![a-z0-9])/g;

/** Digits of the shortest and the longest of them. */
const SHORTEST = 9;
const LONGEST = 15;

/** National ids with their validators: US, CH, DE, PL, FR, BR, UK, ES, IT. */
export const findNationalIds: Detector = (text) => [...numeric(text), ...lettered(text)];

function numeric(text: NormalisedText): Span[] {
  return digitRuns(text).flatMap((run) => {
    if (run.plus || run.attached) return [];
    const found: Span[] = [];
    for (let first = 0; first < run.groups.length; first++) {
      // The longest spelling has seven groups.
      for (let last = Math.min(first + 6, run.groups.length - 1); last >= first; last--) {
        const length = digitsBetween(run, first, last);
        if (length < SHORTEST || length > LONGEST) continue;
        const window = windowOf(text, run, first, last);
        if (!isNumericId(text, window)) continue;
        found.push({ kind: 'national-id', start: window.start, end: window.end });
        first = last;
      }
    }
    return found;
  });
}

function isNumericId(text: NormalisedText, { digits, lengths, gaps, start, end }: Window): boolean {
  const grouping = lengths.join('-');
  if (!gaps.every((gap) => /^[ ./-]$/.test(gap))) return false;
  const known = NUMERIC.some(({ groups, valid }) => groups.includes(grouping) && valid(digits));
  if (!known) return false;
  const { goods, business, money } = surroundings(text, start, end);
  return !goods && !business && !money;
}

function lettered({ lower }: NormalisedText): Span[] {
  const matches = (pattern: RegExp): Span[] => Array.from(lower.matchAll(pattern), ({ index, 0: match }) => ({ kind: 'national-id', start: index, end: index + match.length }));
  return [...matches(UK), ...matches(ES).filter(({ start, end }) => spanish(lower.slice(start, end))), ...matches(IT)];
}

function spanish(id: string): boolean {
  const plain = id.replaceAll('-', '');
  const digits = plain.slice(0, 8).replace(/^[xyz]/, (letter) => String('xyz'.indexOf(letter)));
  return 'trwagmyfpdxbnjzsqvhlcke'[Number(digits) % 23] === plain[8];
}

/** Whether exactly one digit stands there more than once: two or three times. */
function repeatsOnce(digits: string): boolean {
  const counts = Array.from({ length: 10 }, (_, digit) => digits.split(String(digit)).length - 1).filter((count) => count > 1);
  return counts.length === 1 && (counts[0] ?? 0) <= 3;
}

function cpf(digits: string): boolean {
  const check = (length: number): number => ((weighted(digits.slice(0, length), Array.from({ length }, (_, at) => length + 1 - at)) * 10) % 11) % 10;
  return check(9) === Number(digits[9]) && check(10) === Number(digits[10]) && /[^0]/.test(digits);
}
