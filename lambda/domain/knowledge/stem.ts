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

function plural(word: string): string {
  if (/(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(ch|sh|ss|x|z)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

function inflection(word: string): string {
  if (word.endsWith('ied') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith('eed')) return word;
  for (const ending of ['ing', 'ed']) {
    const rest = word.slice(0, -ending.length);
    if (word.endsWith(ending) && rest.length >= 3 && VOWEL.test(rest)) return single(rest);
  }
  return word;
}

function derivation(word: string): string {
  // "delivery" is made of "deliver".
  if (word.length > 6 && word.endsWith('ery')) return word.slice(0, -1);
  for (const [ending, least] of [['ation', 4], ['ment', 4], ['ness', 4], ['able', 4], ['ible', 4], ['ly', 4], ['ion', 4], ['al', 4]] as const) {
    if (word.endsWith(ending) && word.length - ending.length >= least) return word.slice(0, -ending.length);
  }
  return word;
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
