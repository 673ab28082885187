import { bareLetters, forMatching } from './matching.ts';

/** Words in a row of the system text that count as a leak. */
const WORDS_IN_A_ROW = 8;
/** Letters in a row of the system text that count as one, however they are spaced: a little more than seven words that anybody may say. */
const LETTERS_IN_A_ROW = 40;
/** Letters in a row of the marker that count as one. */
const MARKER_LETTERS = 10;
/** Characters that are remembered: eight long words, or forty letters with a blank after each. */
const REMEMBERED = 400;

/** Sees the system text in a reply, though it comes in pieces. */
export interface LeakWatch {
  /** Takes the next piece; true when it completes a part of the system text or of its marker. */
  sees(piece: string): boolean;
}

/** Prepares to watch for a system text and its marker. */
export function leakWatcher(system: string, marker: string): () => LeakWatch {
  const grams = new Set(gramsOf(squeezed(system).trim().split(' ')));
  const runs = new Set([...windows(bareLetters(forMatching(system)), LETTERS_IN_A_ROW), ...windows(reversed(bareLetters(forMatching(system))), LETTERS_IN_A_ROW)]);
  const bareMarker = bareLetters(forMatching(marker));
  const markers = [...windows(bareMarker, MARKER_LETTERS), ...windows(reversed(bareMarker), MARKER_LETTERS)];
  return () => {
    let before = '';
    return {
      sees(piece) {
        const added = squeezed(piece);
        const text = (before + added).replace(/ {2,}/g, ' ');
        before = text.slice(-REMEMBERED);
        // Only what ends in the new piece: the rest was looked at before.
        const words = text.trim().split(' ').slice(-(WORDS_IN_A_ROW + added.split(' ').length));
        const letters = bareLetters(text).slice(-(LETTERS_IN_A_ROW + added.length));
        return gramsOf(words).some((gram) => grams.has(gram)) || markers.some((part) => letters.includes(part)) || windows(letters, LETTERS_IN_A_ROW).some((run) => runs.has(run));
      },
    };
  };
}

/** Words for matching with one blank for whatever stands between them, at the ends too: a word may go on in the next piece. */
function squeezed(text: string): string {
  return forMatching(text).replace(/[^\p{L}\p{N}]+/gu, ' ');
}

function gramsOf(words: readonly string[]): string[] {
  return words.slice(WORDS_IN_A_ROW - 1).map((_word, index) => words.slice(index, index + WORDS_IN_A_ROW).join(' '));
}

function windows(text: string, length: number): string[] {
  return Array.from({ length: Math.max(0, text.length - length + 1) }, (_unused, at) => text.slice(at, at + length));
}

function reversed(text: string): string {
  return Array.from(text).toReversed().join('');
}
