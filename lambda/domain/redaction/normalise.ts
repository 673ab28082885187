import { lookAlike } from './look-alikes.ts';
import type { NormalisedText } from './types.ts';

/** Most characters that one character of the original may become: it bounds what matching costs. */
const MAX_EXPANSION = 4;

/** Invisible: soft hyphen, zero-width, joiners, direction marks, variation selectors, byte-order mark, fillers. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
const ASCII = /^\p{ASCII}{0,8}$/u;

/**
 * Text for matching: what people and programs use to hide a value from a filter (full-width digits, zero-width spaces, Cyrillic
 * look-alikes, other scripts' digits, typographic dashes) is resolved. The original text stays what is delivered.
 */
export function normalise(original: string): NormalisedText {
  const parts: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  for (let at = 0; at < original.length; ) {
    const code = original.codePointAt(at) ?? 0;
    const size = code > 0xffff ? 2 : 1;
    const shown = code < 0x80 ? plain(code, original[at] ?? '') : resolve(code, original.slice(at, at + size));
    for (let unit = 0; unit < shown.length; unit++) {
      from.push(at);
      to.push(at + size);
    }
    parts.push(shown);
    at += size;
  }
  const text = parts.join('');
  return { text, lower: lowered(text), from: (index) => from[index] ?? original.length, to: (index) => to[index] ?? original.length };
}

/** Line ends and tabs separate as a space does. */
function plain(code: number, character: string): string {
  return code < 0x20 ? ' ' : character;
}

function resolve(code: number, character: string): string {
  if (INVISIBLE.test(character)) return '';
  const alike = lookAlike(code);
  if (alike !== undefined) return alike;
  const compatible = character.normalize('NFKC');
  return compatible.length <= MAX_EXPANSION && ASCII.test(compatible) ? compatible : character;
}

/** Lower case that keeps every offset: what would change its length stays as it is. */
function lowered(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (character) => (character.toLowerCase().length === character.length ? character.toLowerCase() : character)).join('');
}
