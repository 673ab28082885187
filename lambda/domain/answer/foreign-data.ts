import { forMatching, withoutUnseen } from './matching.ts';
import { mailAddressesOf } from './piece.ts';

/** Digits in a row, however they are set apart, that may be somebody's: a phone, a card, an account, an order. */
const LONG_NUMBER = 7;
const DIGIT_WORDS: Readonly<Record<string, string>> = {
  zero: '0', null: '0', one: '1', eins: '1', two: '2', zwei: '2', three: '3', drei: '3', four: '4', vier: '4', five: '5', funf: '5',
  six: '6', sechs: '6', seven: '7', sieben: '7', eight: '8', acht: '8', nine: '9', neun: '9',
};
const DIGIT_WORD = new RegExp(`(?<![\\p{L}\\p{N}])(?:${Object.keys(DIGIT_WORDS).join('|')})(?![\\p{L}\\p{N}])`, 'gu');
/** Digits with at most three other signs between two of them. */
const DIGITS = /\d(?:[^\p{L}\p{N}]{0,3}\d){3,}/gu;
/** A number that letters make an identifier of: `OM-40917`, `DE02 1203`, `#5512`. */
const NAMED = /(?:(?<![\p{L}\p{N}])[a-z]{1,6}[-_ ]?|#\s?)\d[\p{L}\p{N}]*(?:[ -]?\d[\p{L}\p{N}]*)*/gu;
/** A number that is said to be one. */
const CALLED = /(?<![\p{L}\p{N}])(?:order|invoice|ticket|tracking|account|customer|reference|policy|iban|card|pin|code|bestellung|rechnung|sendung|konto|kunden|auftrag|karte)[a-z]{0,8}(?: (?:number|nummer|no|nr|id|code))?[^\p{L}\p{N}]{1,4}(\d[\d -]{2,})/gu;
/** An address whose signs are spelt out. */
const SPELT_MAIL = /([\p{L}\p{N}._%+-]{1,64}) ?[([{] ?at ?[)\]}] ?([\p{L}\p{N}-]{1,63}) ?(?:\.|[([{] ?(?:dot|punkt) ?[)\]}]| dot | punkt ) ?(\p{L}{2,24})|([\p{L}\p{N}._%+-]{1,64}) at ([\p{L}\p{N}-]{1,63}) (?:dot|punkt) (\p{L}{2,24})/gu;

/** Identifiers of persons and orders in a text: mail addresses, and numbers as their digits alone. */
function identifiersOf(text: string): { readonly mails: readonly string[]; readonly numbers: readonly string[] } {
  const plain = forMatching(text).replace(DIGIT_WORD, (word) => DIGIT_WORDS[word] ?? word);
  const spelt = [...plain.matchAll(SPELT_MAIL)].map(([, name, host, end, name2, host2, end2]) => `${name ?? name2}@${host ?? host2}.${end ?? end2}`);
  const digits = (run: string): string => run.replace(/\D/g, '');
  const long = [...plain.matchAll(DIGITS)].map(([run]) => digits(run)).filter((number) => number.length >= LONG_NUMBER);
  const named = [...plain.matchAll(NAMED)].filter(([run]) => /^[a-z#]/.test(run) && !/^(?:an?|am|ab|at|in|on|by|to|of|or|and|is|um|im|bis|von|zu|vor|nach|since|from|for|until|over|about|within|after|under|than|only|seit|nur|mit|fur|uber|unter)[ -]/.test(run)).map(([run]) => digits(run));
  const called = [...plain.matchAll(CALLED)].map(([, run = '']) => digits(run));
  return { mails: [...mailAddressesOf(withoutUnseen(text).normalize('NFKC')), ...spelt], numbers: [...long, ...[...named, ...called].filter((number) => number.length >= 4)] };
}

/** What this conversation may speak of. */
export interface OwnData {
  /** Adds a text whose identifiers are known from now on. */
  learn(text: string): void;
  /** Whether a text holds an identifier that stands in none of the learned ones. */
  holdsForeign(text: string): boolean;
}

/**
 * Keeps which mail addresses and numbers belong to a conversation: those that the visitor wrote, and those of its sources. A number is
 * known when its digits stand in a known one: "ending in 5612" is of a card that was named.
 */
export function ownData(texts: readonly string[]): OwnData {
  const mails = new Set<string>();
  let digits = '';
  const learn = (text: string): void => {
    for (const mail of mailAddressesOf(text)) mails.add(mail);
    digits += `|${forMatching(text).replace(DIGIT_WORD, (word) => DIGIT_WORDS[word] ?? word).replace(/(?<=\d)[^\p{L}\p{N}]{1,3}(?=\d)/gu, '').replace(/\D+/g, '|')}`;
  };
  for (const text of texts) learn(text);
  return {
    learn,
    holdsForeign(text) {
      const found = identifiersOf(text);
      return found.mails.some((mail) => !mails.has(mail)) || found.numbers.some((number) => !digits.includes(number));
    },
  };
}
