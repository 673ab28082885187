import { luhn } from './checksums.ts';
import { labelAt } from './label-index.ts';
import type { Label } from './labels.ts';
import { normalise } from './normalise.ts';
import { CONNECTORS, FILLERS } from './small-words.ts';
import { boundsOf, digitsFrom } from './spoken-digits.ts';
import type { NormalisedText, Span } from './types.ts';
import { valueAt } from './values.ts';
import { wordsOf, type Word } from './words.ts';

/** Most words between a label and its value, and before the value of an answer. */
const MAX_CONNECTORS = 9;
/** Longest answer that is looked at for a bare value, in words. */
const ANSWER_WORDS = 40;
/** Digits in words that are a number of somebody even without a label. */
const SPOKEN_DIGITS = 7;
/** Longest part of what was said before that is looked at, from its end, in characters. */
const PREVIOUS_CHARACTERS = 2_000;

/** Forms that lead to a value of any kind, a plain word included. */
const STATING = new Set(['is', 'was', 'are', ':', '=', "it's", "that's", 'ist', 'lautet', 'war', 'est', 'es', '->', '=>']);
/** A question or a request, in what was said before. */
const ASKS = /[?]|\b(?:please|kindly|provide|confirm|enter|type|tell me|give me|verify|need|send|share|bitte|nennen|geben|teilen|bestätigen|what's|what is)\b/;
const FORBIDS = /\b(?:never|do not|don't|not share|not send|not post|nie|niemals|nicht)\b/;
/** Numbers that belong to an order are no answer about a person. */
const BUSINESS = /\b(?:order|tracking|invoice|bestell\w{0,12}|auftrag\w{0,12}|sendung\w{0,12}|parcel|voucher|gift)\b/;

/** Values that only what was said around them gives away. */
export function findByDialogue(text: NormalisedText, previous: string | readonly string[] = []): readonly Span[] {
  const words = wordsOf(text);
  const stated = labelled(text, words);
  const expected = [previous].flat().toReversed().flatMap(expectations);
  const answered = stated.length > 0 || words.length > ANSWER_WORDS ? [] : expected.flatMap((label) => answer(text, words, label)).slice(0, 1);
  return [...stated, ...answered, ...spoken(text, words)];
}

/** "last four 5612", "my password is …": a label, a few small words, a value. */
function labelled(text: NormalisedText, words: readonly Word[]): Span[] {
  const found: Span[] = [];
  for (let at = 0; at < words.length; at++) {
    const named = labelAt(words, at);
    if (named === undefined) continue;
    if (named.label.askedOnly !== true) {
      const value = valueBehind(text, words, named.next, named.label, named.label.names.some((name) => /(?: is| ist| lautet)$/.test(name)));
      if (value !== undefined) found.push(value);
    }
    at = named.next - 1;
  }
  return found;
}

function valueBehind(text: NormalisedText, words: readonly Word[], first: number, label: Label, isStated: boolean): Span | undefined {
  let stated = isStated;
  for (let at = first; at < Math.min(first + MAX_CONNECTORS, words.length); at++) {
    const value = valueAt(text, words, at, label.shape, { stated });
    if (value !== undefined) return { kind: label.kind, ...bounds(value), labelled: true };
    const word = words[at]?.bare ?? '';
    if (STATING.has(word)) stated = true;
    if (!CONNECTORS.has(word) && labelAt(words, at) === undefined) return undefined;
    // The next sentence is about something else, unless it states the value: "My password. It is …".
    if (words[at]?.ends === true && !STATING.has(words[at + 1]?.bare ?? '') && words[at + 1]?.bare !== 'it') return undefined;
  }
  return undefined;
}

/** What the other side has just asked for; several, the last one first. */
function expectations(previous: string): readonly Label[] {
  const text = normalise(previous.slice(-PREVIOUS_CHARACTERS));
  const words = wordsOf(text);
  const named: { readonly label: Label; readonly end: number }[] = [];
  for (let at = 0; at < words.length; at++) {
    const found = labelAt(words, at);
    if (found === undefined) continue;
    named.push({ label: found.label, end: words[found.next - 1]?.end ?? 0 });
    at = found.next - 1;
  }
  return named.toReversed().flatMap(({ label, end }) => {
    const sentence = sentenceAround(text.lower, end);
    // "My PIN is" in one message, the value in the next.
    const leftOpen = text.lower.length - end < 12 && !/[.!]/.test(text.lower.slice(end));
    if (FORBIDS.test(sentence) || (BUSINESS.test(sentence) && (label.kind === 'phone' || label.kind === 'account'))) return [];
    return ASKS.test(sentence) || leftOpen ? [label] : [];
  });
}

function sentenceAround(lower: string, at: number): string {
  const begin = Math.max(...['. ', '! ', '? '].map((end) => lower.lastIndexOf(end, at - 1))) + 1;
  const ends = ['. ', '! ', '? '].map((end) => lower.indexOf(end, at)).filter((found) => found !== -1);
  return lower.slice(begin, Math.min(lower.length, ...ends.map((end) => end + 1)));
}

/** A bare value that answers a question. Digits may stand anywhere in the answer; a word must be all of it. */
function answer(text: NormalisedText, words: readonly Word[], label: Label): Span[] {
  const loose = label.shape.form === 'digits' || label.shape.form === 'date' || label.shape.form === 'expiry' || label.shape.form === 'postcode' || label.shape.form === 'code';
  for (let at = 0; at < words.length; at++) {
    const value = valueAt(text, words, at, label.shape, { stated: true });
    const whole = loose || words.every(({ start, bare }) => value === undefined || start < value.end || FILLERS.has(bare));
    if (value !== undefined && whole) return [{ kind: label.kind, ...bounds(value), labelled: true }];
    if (!loose && !FILLERS.has(words[at]?.bare ?? '')) return [];
  }
  return [];
}

/** A long number in words: "four one one one …". */
function spoken(text: NormalisedText, words: readonly Word[]): Span[] {
  const found: Span[] = [];
  for (let at = 0; at < words.length; at++) {
    const sequence = digitsFrom(words, at);
    if (sequence === undefined) continue;
    if (sequence.spoken && sequence.digits.length >= SPOKEN_DIGITS) found.push({ kind: sequence.digits.length >= 13 && luhn(sequence.digits) ? 'card' : 'digits', ...boundsOf(words, sequence, text) });
    at = sequence.next - 1;
  }
  return found;
}

const bounds = ({ start, end }: { readonly start: number; readonly end: number }) => ({ start, end });
