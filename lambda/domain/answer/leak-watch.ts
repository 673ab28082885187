import { bareLetters, forMatching } from './matching.ts';

/** Words in a row of the system text that count as a leak. */
const WORDS_IN_A_ROW = 8;
/** Letters in a row of the system text that count as one, however they are spaced: a little more than seven words that anybody may say. */
const LETTERS_IN_A_ROW = 40;
/** Letters in a row of the marker that count as one. */
const MARKER_LETTERS = 10;
/** Different rare words of the system text that count as one, in whatever order a reply says them. */
const RARE_WORDS = 12;
/** Letters from which a word may be rare. */
const RARE_LETTERS = 5;
/** Longer words of the system text that any reply may use. */
const USUAL = new Set('answer answers question questions customer customers support message messages number figures dates prices links order orders write reply never nothing latest earlier given instructions followed language short after those stand'.split(' '));
/** Characters that are remembered: eight long words, or forty letters with a blank after each. */
const REMEMBERED = 400;

/** Sees the system text in a reply, though it comes in pieces. */
export interface LeakWatch {
  /** Takes the next piece; true when it completes a part of the system text or of its marker. */
  sees(piece: string): boolean;
}

/** Ways to write a word that anybody undoes at sight or in a line of code. */
const WRITTEN: readonly (readonly ((word: string) => string)[])[] = [[reversed], [shifted], ['way', 'yay', 'ay'].map((ending) => (word: string) => pigLatin(word, ending))];

/**
 * Prepares to watch for a system text and its marker: as they stand, each word or all of it turned round, shifted by 13, without vowels,
 * in Pig Latin, with other words between, or its rare words in any order.
 */
export function leakWatcher(system: string, marker: string): () => LeakWatch {
  const spoken = squeezed(system).trim().split(' ');
  const orders = [spoken, spoken.toReversed()];
  const grams = new Set(orders.flatMap(gramsOf));
  const consonants = new Set([/[aeiou]/g, /[aeiouy]/g].flatMap((vowels) => gramsOf(spoken.map((word) => word.replace(vowels, '')).filter((word) => word !== ''))));
  const readings = [[String], ...WRITTEN].map((ways) => new Map([String, ...ways].flatMap((write) => spoken.map((word): [string, string] => [write(word), word]))));
  const rare = new Set(spoken.filter((word) => word.length >= RARE_LETTERS && !USUAL.has(word)));
  const bare = bareLetters(forMatching(system));
  const runs = new Set([bare, reversed(bare)].flatMap((letters) => windows(letters, LETTERS_IN_A_ROW)));
  const bareMarker = bareLetters(forMatching(marker));
  const markers = [bareMarker, reversed(bareMarker), shifted(bareMarker)].flatMap((letters) => windows(letters, MARKER_LETTERS));
  return () => {
    let before = '';
    const said = new Set<string>();
    return {
      sees(piece) {
        const added = squeezed(piece);
        const text = (before + added).replace(/ {2,}/g, ' ');
        before = text.slice(-REMEMBERED);
        const words = text.trim().split(' ');
        const meant = readings.map((reading) => words.flatMap((word) => reading.get(word) ?? []));
        for (const word of meant.flat()) if (rare.has(word)) said.add(word);
        const letters = bareLetters(text).slice(-(LETTERS_IN_A_ROW + added.length));
        return (
          said.size >= RARE_WORDS ||
          meant.some((one) => gramsOf(one).some((gram) => grams.has(gram))) ||
          gramsOf(words).some((gram) => consonants.has(gram)) ||
          markers.some((part) => letters.includes(part)) ||
          windows(letters, LETTERS_IN_A_ROW).some((run) => runs.has(run))
        );
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
  const found: string[] = [];
  for (let at = 0; at + length <= text.length; at++) found.push(text.slice(at, at + length));
  return found;
}

function reversed(text: string): string {
  return Array.from(text).toReversed().join('');
}

function shifted(text: string): string {
  return text.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 84) % 26) + 97));
}

/** "string" as "ingstray"; a word that begins with a vowel gets the ending alone. */
function pigLatin(word: string, ending: string): string {
  const [, head = '', tail = ''] = /^([^aeiou]*)(.*)$/.exec(word) ?? [];
  return head === '' ? word + ending : `${tail}${head}ay`;
}
