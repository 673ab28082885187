import { stem } from './stem.ts';

/** Longest word that is looked at; anything longer is no word. */
const MAX_WORD_CHARACTERS = 32;

/**
 * Words that say nothing about the topic. Short on purpose: "off", "out" and "back" do say something in a shop
 * ("money off", "sold out", "send back").
 */
const STOP_WORDS = new Set(
  (
    'arent cant couldnt didnt doesnt hasnt havent isnt lets shes theyre theyve wasnt weve werent wont wouldnt youre youve around anywhere nowhere gave given giving happen happens today yesterday people ' +
    'a about actually after all also always am an and any anybody anyone anything are as at be because been before being but by can cannot could did do does doing done ' +
    'don dont each else ever every for from get gets getting give go going gone good got had hardly has have having he hello help her here hey hi him his how however i id if ill im in ' +
    'into is isn isnt it its ive just know let like ll make many may maybe me might mine more most much must my need never next no nobody not nothing now of oh ok okay on one only or other our ' +
    'ours over per perhaps please pls possible put quite rather re really said same say see shall she should since so some somebody someone something soon still such take tell ' +
    'than thank thanks that thats the their them then there these they thing things think this those though through to too try under until up us use using ve very ' +
    'want wanted was way we well went were what whats when where whether which while who whom whose why will wish with within without won would yes yet you your yours'
  ).split(' '),
);

/** Small numbers in words, each at its value, so that "three days" and "3 days" are one. "One" is more often no number. */
const NUMBERS = ['', '', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** Text with case, accents, apostrophes and compatibility forms evened out; only for matching, never for showing. */
export function normalise(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/['’`´]/g, '')
    .toLowerCase();
}

/** Words of a text, normalised, in order, with stop words. */
export function words(text: string): string[] {
  return (normalise(text).match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length <= MAX_WORD_CHARACTERS);
}

/** Term that a word is indexed under; undefined for a stop word. */
export function termOf(word: string): string | undefined {
  const number = NUMBERS.indexOf(word);
  if (number > 0) return String(number);
  return STOP_WORDS.has(word) || (word.length < 2 && !/\p{N}/u.test(word)) ? undefined : stem(word);
}

/** Sentences of a text, with the sign that ends them; a full stop within a figure or an address ends none. */
export function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?;])\s+|\n+/);
}

/** Whether a sentence ends as a question does. */
export function isQuestion(sentence: string): boolean {
  return /\?[\s"')\]!?.]*$/.test(sentence);
}

/** Terms of a text, in order. */
export function termsOf(text: string): string[] {
  return words(text).flatMap((word) => termOf(word) ?? []);
}

/**
 * Terms that stand next to each other (but for stop words), as one text each and in either order: "label costs" says more
 * than "label" and "cost", and "payment declined" the same as "declined payment".
 */
export function pairsOf(terms: readonly string[]): string[] {
  return terms.slice(1).map((term, index) => [terms[index] ?? '', term].toSorted().join(' '));
}
