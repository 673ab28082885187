import type { Detector } from './types.ts';

/** `12 Oak Street`, `221B Old Mill Road`: a number, one to three capitalised words, a word for a street. */
const ENGLISH = /(?<![\w.,:/#-])\d{1,5}[A-Za-z]? (?:[A-Z][a-z'-]{1,24}[.]? ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Close|Crescent|Terrace|Gardens|Grove|Mews|Hill|Row|Square|Sq|Way|Parkway|Highway)(?![\w-])(?:,? (?:Apt|Apartment|Flat|Unit|Suite)[.]? ?[\w-]{1,6})?/g;
/** `Lindenstraße 12a`, `Alte Allee 3`: what ends in a word for a street, or has one behind it. A postal code and a place may follow. */
const GERMAN = /(?<![\p{L}\p{N}-])(?!(?:Park|Arbeits|Stell|Sitz|Spiel|Liege|Rück|Um|Liefer|Versand|Hin)(?:platz|weg))\p{Lu}[\p{L}-]{1,30}(?:straße|strasse|str[.]|weg|platz|gasse|allee|damm|ufer| (?:Straße|Strasse|Str[.]|Weg|Platz|Gasse|Allee|Ufer)) \d{1,4}(?: ?[a-zA-Z])?(?![\p{L}\p{N}])(?:,? \d{4,5} \p{Lu}[\p{L}-]{1,30})?/gu;
/** `12 rue de la Paix`, `8 avenue Victor Hugo`. */
const FRENCH = /(?<![\w.,-])\d{1,4}(?: ?bis| ?ter)?,? (?:rue|avenue|boulevard|chemin|impasse|allée|quai) (?:(?:de|du|des|la|le|les|l'|d') ?){0,3}\p{Lu}[\p{L}'-]{1,24}(?: \p{Lu}[\p{L}'-]{1,24}){0,2}/gu;

/** Street addresses of three unmistakable forms. Others are found as an answer to the question for one. */
export const findAddresses: Detector = ({ text }) =>
  [ENGLISH, GERMAN, FRENCH].flatMap((pattern) => Array.from(text.matchAll(pattern), ({ index, 0: match }) => ({ kind: 'address', start: index, end: index + match.length }) as const));
