import { digitRuns, digitsBetween, windowOf, type DigitRun, type Window } from './digit-runs.ts';
import { surroundings } from './surroundings.ts';
import type { Detector, NormalisedText, Span } from './types.ts';

/** Most digits of an international number (ITU-T E.164), and fewest that anybody has. */
const MAX_DIGITS = 15;
const MIN_DIGITS = 8;

/** Phone numbers: `+` and `00` forms, national ones with a leading zero, and those of North America. Others are found by what is said before them. */
export const findPhones: Detector = (text) =>
  digitRuns(text).flatMap((run) => {
    if (run.attached) return [];
    const found: Span[] = [];
    for (let first = 0; first < run.groups.length; first++) {
      const last = phoneAt(text, run, first);
      if (last === undefined) continue;
      const { start, end } = windowOf(text, run, first, last);
      const plus = first === 0 && run.plus ? text.text.lastIndexOf('+', start) : start;
      const opened = text.text[plus - 1] === '(' ? plus - 1 : plus;
      found.push({ kind: 'phone', start: opened, end });
      first = last;
    }
    return found;
  });

/** The last group of the number that begins with a group; undefined when none does. At most seven groups are looked at. */
function phoneAt(text: NormalisedText, run: DigitRun, first: number): number | undefined {
  for (let last = Math.min(first + 7, run.groups.length - 1); last >= first; last--) {
    const length = digitsBetween(run, first, last);
    if (length < MIN_DIGITS || length > MAX_DIGITS + 2) continue;
    const window = windowOf(text, run, first, last);
    const international = first === 0 && run.plus;
    if (!(international ? isInternational(window) : isNational(window))) continue;
    const { goods, business, money } = surroundings(text, window.start, window.end);
    return goods || money || (business && !international) ? undefined : last;
  }
  return undefined;
}

function isInternational({ digits }: Window): boolean {
  return digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS && !digits.startsWith('0');
}

function isNational({ digits, lengths, gaps }: Window): boolean {
  const grouped = lengths.length > 1;
  if (gaps.some((gap) => gap.startsWith('.')) && gaps.some((gap) => !gap.startsWith('.'))) return false;
  // 0049 171 …: the international prefix, then a country code.
  if (/^00[1-9]/.test(digits)) return digits.length >= 11 && digits.length <= MAX_DIGITS + 2 && (grouped || digits.length >= 12) && (lengths[0] ?? 0) >= 2;
  // 0171 1234567, 030/123456, 079 123 45 67, 01711234567: an area or network code behind the trunk prefix.
  if (/^0[1-9]/.test(digits) && (lengths[0] ?? 0) >= 2) return grouped ? digits.length >= 9 && digits.length <= 12 && Math.max(...lengths) <= 9 : digits.length >= 10 && digits.length <= 12;
  // (555) 123-4567 and 1-555-123-4567 (North American numbering plan).
  const plan = lengths.join('-');
  return (plan === '3-3-4' || (plan === '1-3-3-4' && digits.startsWith('1'))) && /^1?[2-9]\d\d\d{7}$/.test(digits);
}
