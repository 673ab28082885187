import { normalise } from './normalise.ts';
import { canonicalDigits } from './spoken-digits.ts';
import type { RedactionKind } from './types.ts';
import { wordsOf } from './words.ts';

/** Kinds whose value is its digits, however they are written. */
const NUMERIC: ReadonlySet<RedactionKind> = new Set(['card', 'phone', 'digits', 'national-id', 'account']);

/** A value without its spelling: spaces, dashes, case, words for digits. What is compared, and what a pseudonym is made of. @param value normalised */
export function canonical(kind: RedactionKind, value: string): string {
  const lower = value.toLowerCase();
  if (kind === 'secret' || kind === 'name' || kind === 'address') return kind === 'secret' ? value : lower;
  const spoken = NUMERIC.has(kind) ? canonicalDigits(wordsOf(normalise(value))) : undefined;
  if (spoken !== undefined) return phone(kind, spoken);
  if (kind === 'phone') return phone(kind, lower.replaceAll(/\D/g, ''));
  return kind === 'email' ? lower.replaceAll(/ ?[([{<]? ?(?:at|@) ?[)\]}>]? ?/g, (sign) => (sign.includes('@') || /[ ([{<]/.test(sign) ? '@' : sign)) : lower.replaceAll(/[ ./-]/g, '');
}

/** `0041…` and `+41…` are one number. */
function phone(kind: RedactionKind, digits: string): string {
  return kind === 'phone' ? digits.replace(/^00/, '') : digits;
}
