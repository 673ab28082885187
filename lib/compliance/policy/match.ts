import { hasHole, kindOf, tokensOf, type Token } from './hole.ts';
import type { Truth } from './truth.ts';
import { fits, fitsArn, partsOf } from './wildcard.ts';

/** Longest product of two lengths that is compared in full; beyond, it is unknown whether they fit. */
const MOST = 1_000_000;

/** Whether a text fits a pattern of IAM, either of which may have parts that are not known. */
export function matches(pattern: string, text: string): Truth {
  if (!hasHole(pattern) && !hasHole(text)) return fits(pattern, text);
  if (startsOtherwise(pattern, text)) return false;
  const [left, right] = [tokensOf(pattern), tokensOf(text)];
  if (certain(left, right)) return true;
  // Nobody can write down beforehand the name that AWS will give: without a star it is the very reference, or another resource.
  if (!left.some(wide) && !right.some(hollow)) return false;
  return possible(...withoutCommonEnds(left, right)) ? 'unknown' : false;
}

/** Most pairs of pattern and ARN whose answer is kept: the same ones come again for every role and every rule. */
const MOST_KEPT = 100_000;
const kept = new Map<string, Map<string, Truth>>();
let keeping = 0;

/** Whether an ARN fits a pattern, part for part. */
export function matchesArn(pattern: string, arn: string): Truth {
  const known = kept.get(pattern)?.get(arn);
  if (known !== undefined) return known;
  const found = compared(pattern, arn);
  if (keeping >= MOST_KEPT) {
    kept.clear();
    keeping = 0;
  }
  kept.set(pattern, (kept.get(pattern) ?? new Map<string, Truth>()).set(arn, found));
  keeping += 1;
  return found;
}

function compared(pattern: string, arn: string): Truth {
  if (!hasHole(pattern) && !hasHole(arn)) return fitsArn(pattern, arn);
  if (pattern === '*' || (pattern === arn && !tokensOf(arn).some((token) => kindOf(token) === 'any'))) return true;
  const [left, right] = [partsOf(pattern), partsOf(arn)];
  // A part that is not known may be a whole ARN, or the end of one.
  if (left.length !== right.length) return possible(tokensOf(pattern), tokensOf(arn)) ? 'unknown' : false;
  const found: Truth[] = [];
  for (const [index, part] of left.entries()) {
    const truth = part === right[index] && !hasHole(part) ? true : matches(part, right[index] ?? '');
    if (truth === false) return false;
    found.push(truth);
  }
  return found.includes('unknown') ? 'unknown' : true;
}

/** Whether they differ before anything that could be any text. Most do. */
function startsOtherwise(pattern: string, text: string): boolean {
  const plain = (from: string): number => /[*?\u{E000}]/u.exec(from)?.index ?? from.length;
  const shared = Math.min(plain(pattern), text.includes('\u{E000}') ? text.indexOf('\u{E000}') : text.length);
  return pattern.slice(0, shared) !== text.slice(0, shared);
}

/** Whether it fits whatever the holes stand for. A star takes any hole; a question mark none. */
function certain(pattern: readonly Token[], text: readonly Token[]): boolean {
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (from < text.length) {
    const [token, other] = [pattern[at], text[from]];
    if (token === '*') [star, mark, at] = [at, from, at + 1];
    else if (token !== undefined && other !== undefined && same(token, other)) [at, from] = [at + 1, from + 1];
    else if (star >= 0) [at, mark, from] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

function same(token: Token, other: Token): boolean {
  if (token === '?') return kindOf(other) === 'text';
  return token === other && kindOf(token) !== 'any';
}

/** Same ends decide nothing, and would let a hole that stands in both be two texts. */
function withoutCommonEnds(left: readonly Token[], right: readonly Token[]): [readonly Token[], readonly Token[]] {
  const plain = (token: Token | undefined): token is Token => token !== undefined && token !== '*' && token !== '?' && kindOf(token) !== 'any';
  let [start, end] = [0, 0];
  while (plain(left[start]) && left[start] === right[start]) start += 1;
  const most = Math.min(left.length, right.length) - start;
  while (end < most && plain(left.at(-1 - end)) && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  return [left.slice(start, left.length - end), right.slice(start, right.length - end)];
}

/** Whether it may fit: some text in each hole makes it fit. Names of different resources differ. */
function possible(pattern: readonly Token[], text: readonly Token[]): boolean {
  if (pattern.length * text.length > MOST) return true;
  // Row by row from the end: `below[j]` says whether the rest of the pattern from the next token may fit the text from `j`.
  let below = Array.from({ length: text.length + 1 }, () => false);
  below[text.length] = true;
  for (let j = text.length - 1; j >= 0; j -= 1) below[j] = (below[j + 1] ?? false) && hollow(text[j] ?? '');
  for (let i = pattern.length - 1; i >= 0; i -= 1) {
    const row = Array.from({ length: text.length + 1 }, () => false);
    const token = pattern[i] ?? '';
    row[text.length] = (token === '*' || hollow(token)) && (below[text.length] ?? false);
    for (let j = text.length - 1; j >= 0; j -= 1) {
      const other = text[j] ?? '';
      const [both, skipToken, skipOther] = [below[j + 1] ?? false, below[j] ?? false, row[j + 1] ?? false];
      if (token === '*' || hollow(token)) row[j] = skipToken || skipOther;
      else if (hollow(other)) row[j] = skipOther || skipToken;
      else if (kindOf(token) === 'identity') row[j] = kindOf(other) === 'identity' ? token === other && both : both || skipOther;
      else if (kindOf(other) === 'identity') row[j] = both || skipToken;
      else row[j] = (token === '?' || token === other) && both;
    }
    below = row;
  }
  return below[0] ?? false;
}

const wide = (token: Token): boolean => token === '*' || token === '?' || hollow(token);
const hollow = (token: Token): boolean => kindOf(token) === 'open' || kindOf(token) === 'any';
