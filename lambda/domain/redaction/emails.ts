import type { Detector, NormalisedText, Span } from './types.ts';

/** Longest local part and longest domain, in characters (RFC 5321, 4.5.3.1). */
const MAX_LOCAL = 64;
const MAX_DOMAIN = 255;

const LOCAL = /[\p{L}\p{N}.!#$%&'*+=?^_`{|}~-]/u;
const DOMAIN = /[\p{L}\p{N}.-]/u;
/** Ends in a label of letters, or in the encoding of one of another script. */
const HOST = /^[\p{L}\p{N}-]{1,63}(?:[.][\p{L}\p{N}-]{1,63}){0,8}[.](?:\p{L}{2,24}|xn--[a-z0-9-]{2,59})$/iu;
/** The part of a URL before its host: a secret, and the host no mail's. */
const IN_URL = /:\/\/[^\s/]{0,110}$/;
/** "jo (at) mail [dot] example", "jo dot doe at mail dot example", in German as well. */
const SPELLED = /(?<![\w.+-])(?:[\w+-]{1,64}(?: ?[([{] ?(?:dot|punkt|[.]) ?[)\]}] ?| (?:dot|punkt) )){0,3}[\w.+-]{1,64} ?(?:[([{] ?(?:at|@) ?[)\]}]| at | @ ) ?[\w-]{1,63}(?: ?(?:[([{] ?(?:dot|punkt|[.]) ?[)\]}]| dot | punkt | [.] ) ?[\w-]{1,63}){1,4}/g;

/** "jo[at]mail.example", "jo (at) mail.example": without its brackets "at" is a word like others. */
const BRACKETED = /(?<![\p{L}\p{N}_.+-])[\p{L}\p{N}_.+-]{1,64} ?[([{<] ?(?:at|@) ?[)\]}>] ?[\p{L}\p{N}-]{1,63}(?:[.][\p{L}\p{N}-]{1,63}){0,4}[.]\p{L}{2,24}(?![\p{L}\p{N}-])/gu;

/** Mail addresses, in characters of any script, and spelled with "at" and "dot". */
export const findEmails: Detector = (text) => [...written(text), ...spelled(text)];

function written({ text }: NormalisedText): Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < MAX_LOCAL && LOCAL.test(text[start - 1] ?? '')) start--;
    while (start < at && /[.'`*{}|&=?!#~]/.test(text[start] ?? '')) start++;
    let end = at + 1;
    while (end - at <= MAX_DOMAIN && DOMAIN.test(text[end] ?? '')) end++;
    while (end > at + 1 && /[.-]/.test(text[end - 1] ?? '')) end--;
    if (start < at && !IN_URL.test(text.slice(Math.max(0, start - 120), at)) && HOST.test(text.slice(at + 1, end))) found.push({ kind: 'email', start, end });
  }
  return found;
}

function spelled({ lower }: NormalisedText): Span[] {
  const words = /dot|punkt|[([{ ] ?[.]/.test(lower) ? [...lower.matchAll(SPELLED)] : [];
  const brackets = /[([{<] ?(?:at|@)/.test(lower) ? [...lower.matchAll(BRACKETED)] : [];
  return [...words, ...brackets].map(({ index, 0: match }) => ({ kind: 'email', start: index, end: index + match.length }));
}
