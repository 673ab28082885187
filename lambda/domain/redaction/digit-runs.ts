import type { NormalisedText } from './types.ts';

/** A group of digits that nothing interrupts. */
export interface DigitGroup {
  readonly start: number;
  readonly end: number;
}

/** Groups that belong together by what stands between them: `4111 1111 …`, `030/1234567`, `+41 (0)44 …`. */
export interface DigitRun {
  readonly groups: readonly DigitGroup[];
  /** What stands between a group and the next: one entry fewer than groups. */
  readonly gaps: readonly string[];
  /** A plus sign stands before the first group. */
  readonly plus: boolean;
  /** Part of a longer word, by a hyphen, a slash or a point: `OT-12345`, `/item/12345`. */
  readonly attached: boolean;
}

/** A window of a run: neighbouring groups, and the digits in them. */
export interface Window {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
  readonly lengths: readonly number[];
  readonly gaps: readonly string[];
}

const GROUPS = /\d+/g;
/** At most three characters between two groups of one number. */
const GAP = /^(?:[ ]{1,2}|[ ]?[-./][ ]?|[)][ -]?|[ -]?[(]|[)][(])$/;
/** A point that ends a sentence. */
const SENTENCE = /[.][ ]/;
const LETTER = /[\p{L}_]/u;
const JOINT = /[-/.#]/;

/** Every run of digit groups. A date is none, nor is a decimal fraction or a group inside a word. */
export function digitRuns({ text }: NormalisedText): readonly DigitRun[] {
  const found: DigitGroup[] = [...text.matchAll(GROUPS)].map(({ index, 0: digits }) => ({ start: index, end: index + digits.length }));
  const runs: DigitRun[] = [];
  let groups: DigitGroup[] = [];
  let gaps: string[] = [];
  const finish = (): void => {
    const first = groups[0];
    if (first !== undefined) runs.push({ groups, gaps, plus: hasPlus(text, first.start), attached: isAttached(text, first.start) });
    groups = [];
    gaps = [];
  };
  for (let at = 0; at < found.length; at++) {
    const group = found[at];
    if (group === undefined) break;
    const last = groups.at(-1);
    const gap = last === undefined ? '' : text.slice(last.end, Math.min(group.start, last.end + 4));
    if (last !== undefined && (!GAP.test(gap) || SENTENCE.test(gap))) finish();
    const skipped = dateAt(text, found, at);
    if (skipped > 0 || isInWord(text, group) || isFraction(text, group)) {
      finish();
      at += Math.max(0, skipped - 1);
      continue;
    }
    if (groups.length > 0) gaps.push(gap);
    groups.push(group);
  }
  finish();
  return runs;
}

/** How many digits the groups from `first` to `last` have, both included. */
export function digitsBetween({ groups }: DigitRun, first: number, last: number): number {
  let count = 0;
  for (let at = first; at <= last; at++) count += (groups[at]?.end ?? 0) - (groups[at]?.start ?? 0);
  return count;
}

/** The window of a run from group `first` to group `last`, both included. */
export function windowOf({ text }: NormalisedText, { groups, gaps }: DigitRun, first: number, last: number): Window {
  const inside = groups.slice(first, last + 1);
  return {
    digits: inside.map(({ start, end }) => text.slice(start, end)).join(''),
    start: inside[0]?.start ?? 0,
    end: inside.at(-1)?.end ?? 0,
    lengths: inside.map(({ start, end }) => end - start),
    gaps: gaps.slice(first, last),
  };
}

function hasPlus(text: string, start: number): boolean {
  return text[start - 1] === '+' || (text[start - 1] === '(' && text[start - 2] === '+');
}

function isAttached(text: string, start: number): boolean {
  return JOINT.test(text[start - 1] ?? '') && LETTER.test(text[start - 2] ?? '');
}

function isInWord(text: string, { start, end }: DigitGroup): boolean {
  return LETTER.test(text[start - 1] ?? '') || LETTER.test(text[end] ?? '');
}

/** `1,299` or `12,50`: a comma between digits, with at most three behind it. */
function isFraction(text: string, { start, end }: DigitGroup): boolean {
  if (text[start - 1] === ',' && end - start <= 3 && /\d/.test(text[start - 2] ?? '')) return true;
  return text[end] === ',' && /^\d{1,3}(?!\d)/.test(text.slice(end + 1, end + 5));
}

/** Number of groups that a date at group `at` takes: 3, or 0 when there is none. */
function dateAt(text: string, groups: readonly DigitGroup[], at: number): number {
  const [first, second, third] = [groups[at], groups[at + 1], groups[at + 2]];
  if (first === undefined || second === undefined || third === undefined) return 0;
  const gap = text.slice(first.end, first.end + 1);
  if (second.start !== first.end + 1 || third.start !== second.end + 1 || text[second.end] !== gap || !/[-./]/.test(gap)) return 0;
  if (text[first.start - 1] === gap || (text[third.end] === gap && /\d/.test(text[third.end + 1] ?? ''))) return 0;
  return DATE.test(text.slice(first.start, Math.min(third.end, first.start + 12))) ? 3 : 0;
}

const DATE = /^(?:(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|[12]\d|3[01])[-./](?:(?:19|20)\d\d|\d\d))$/;
