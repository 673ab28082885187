import { luhn } from './checksums.ts';
import { digitRuns, windowOf, type DigitRun, type Window } from './digit-runs.ts';
import { surroundings } from './surroundings.ts';
import type { Detector, NormalisedText, Span } from './types.ts';

const MIN_DIGITS = 13;
const MAX_DIGITS = 19;

/** Ranges of the large schemes with the lengths that they issue (their published BIN tables): unmistakable together with Luhn. */
const ISSUED = /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:2(?:2[1-9]|[3-9]\d)|[3-6]\d\d|7(?:[01]\d|20))\d{12}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11,16}|35\d{14,17}|6(?:011|4[4-9]\d|5\d\d)\d{12,15}|62\d{14,17}|(?:5[0678]|6\d)\d{11,17})$/;
/** Any other card: long, and not beginning as timestamps, parcels (0, 1) or dates (20) do. */
const PLAUSIBLE = /^(?:4\d{12,18}|[35-9]\d{15,18}|2[2-7]\d{14,17})$/;

/** Payment cards: 13-19 digits in any grouping, Luhn. */
export const findCards: Detector = (text) => digitRuns(text).flatMap((run) => cardsOf(text, run));

function cardsOf(text: NormalisedText, run: DigitRun): Span[] {
  const found: Span[] = [];
  for (let first = 0; first < run.groups.length; first++) {
    const last = longestCard(text, run, first);
    if (last === undefined) continue;
    const { start, end } = windowOf(text, run, first, last);
    found.push({ kind: 'card', start, end });
    first = last;
  }
  return found;
}

/** The last group of the longest card that begins with a group. At most nineteen windows of at most nineteen digits are looked at. */
function longestCard(text: NormalisedText, run: DigitRun, first: number): number | undefined {
  let length = 0;
  let best: number | undefined;
  for (let last = first; last < run.groups.length; last++) {
    const group = run.groups[last];
    length += group === undefined ? 0 : group.end - group.start;
    // One separator all through: a space, a hyphen or a point, at most two of them.
    if (length > MAX_DIGITS || (last > first && (run.gaps[last - 1] !== run.gaps[first] || !/^[ .-]{1,2}$/.test(run.gaps[first] ?? '')))) break;
    if (length >= MIN_DIGITS && isCard(text, windowOf(text, run, first, last))) best = last;
  }
  return best;
}

function isCard(text: NormalisedText, window: Window): boolean {
  const { digits, lengths } = window;
  // Digit by digit, or in groups of which the last may be a rest.
  if (Math.max(...lengths) > 1 && lengths.slice(0, -1).some((length) => length < 2)) return false;
  const issued = ISSUED.test(digits);
  if ((!issued && !PLAUSIBLE.test(digits)) || !luhn(digits)) return false;
  const { goods, business } = surroundings(text, window.start, window.end);
  return !goods && (issued || !business);
}
