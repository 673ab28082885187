/**
 * A light stemmer for English: takes inflections off (plural, -ing, -ed, -ly and the commonest nouns made of verbs), so
 * that "returned", "returning" and "returns" are one term. It knows no exceptions list; what matters is that a question
 * and an article are treated alike.
 */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  return tidy(derivation(inflection(plural(word))));
}

const VOWEL = /[aeiouy]/;
const INFLECTIONS = ['ing', 'ed'];
/** Endings of nouns, adjectives and adverbs; the first that fits is taken off. */
const DERIVATIONS = ['ation', 'ment', 'ness', 'able', 'ible', 'ly', 'ion', 'al'];
/** Characters that an ending must leave. */
const LEAST_LEFT = 4;

function plural(word: string): string {
  if (!word.endsWith('s') || /(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(ch|sh|ss|x|z)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

function inflection(word: string): string {
  if (word.endsWith('ied') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith('eed')) return word;
  for (const ending of INFLECTIONS) {
    if (!word.endsWith(ending)) continue;
    const rest = word.slice(0, -ending.length);
    if (rest.length >= 3 && VOWEL.test(rest)) return single(rest);
  }
  return word;
}

function derivation(word: string): string {
  // "delivery" is made of "deliver".
  if (word.length > 6 && word.endsWith('ery')) return word.slice(0, -1);
  const ending = DERIVATIONS.find((one) => word.length - one.length >= LEAST_LEFT && word.endsWith(one));
  return ending === undefined ? word : word.slice(0, -ending.length);
}

/** "shipp" -> "ship", but "roll" and "press" stay. */
function single(word: string): string {
  return /([bdgmnprt])\1$/.test(word) ? word.slice(0, -1) : word;
}

/** Final e and y differ between the forms of one word ("exchange", "exchanging"; "carry", "carries"). */
function tidy(word: string): string {
  const short = word.length > 4 && word.endsWith('e') ? word.slice(0, -1) : word;
  return short.length > 3 && short.endsWith('y') ? `${short.slice(0, -1)}i` : short;
}
