import { normalise } from '../knowledge/terms.ts';

/** Letters that look like Latin ones: Cyrillic, Greek, Armenian, small capitals, and some that Unicode does not decompose. */
const LOOK_ALIKES = new Map<string, string>(
  [
    ['авсԁеһіјкӏмноорԛгѕтухԝѵьпзиԍ', 'abcdehijklmhoopqrstyxwvbn3ug'],
    ['αβεζηικνορτυχγωμσδλ', 'abeznikvoptuxywusdl'],
    ['օոսհցգ', 'onuhgq'],
    ['ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ', 'abcdefghijklmnoprstuvwyz'],
    ['ıłøđɑɡɩʃ', 'ilodagis'],
  ].flatMap(([from = '', to = '']) => Array.from(from).map((character, index): [string, string] => [character, to[index] ?? ''])),
);

/** Code points of the zeros of other scripts' digits, and of the first letters of boxed and flag letters. */
const ZEROS = [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0, 0x1810];
const BOXED = [0x1f150, 0x1f170, 0x1f1e6];

/** Characters that are not seen: format characters, fillers, variation selectors, controls but line breaks and tabs. */
const UNSEEN = /[\p{Cf}\p{Cs}\p{Co}\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0]|\p{Variation_Selector}|\u034f|(?![\n\t\r])\p{Cc}/gu;

/** What {@link UNSEEN} finds in a text that is ASCII. */
const UNSEEN_ASCII = /(?![\n\t\r])\p{Cc}/gu;
const NO_ASCII = /[^\p{ASCII}]/u;

/** A text without what cannot be seen. */
export function withoutUnseen(text: string): string {
  return text.replace(NO_ASCII.test(text) ? UNSEEN : UNSEEN_ASCII, '');
}

/** Patterns over letters and figures. Unicode has so many of them that V8 takes 2 ms to compile these, and a tenth of it for those of ASCII. */
const patternsOver = (letters: string, figures: string, flags: string) => {
  const [one, other] = [`[${letters}${figures}]`, `[^${letters}${figures}]`];
  return {
    noWord: new RegExp(`${other}+`, flags),
    setApart: new RegExp(`(?<!${one})${one}(?:${other}${one}(?!${one})){2,}`, flags),
    signWithin: new RegExp(`(?<=[${letters}])[-._*~|+/\\\\=](?=[${letters}])`, flags),
    mixedWord: new RegExp(`[${letters}${figures}@$!|]{3,32}`, flags),
  };
};
const OF_UNICODE = patternsOver('\\p{L}', '\\p{N}', 'gu');
const OF_ASCII = patternsOver('A-Za-z', '0-9', 'g');
const patternsFor = (text: string): typeof OF_ASCII => (NO_ASCII.test(text) ? OF_UNICODE : OF_ASCII);

/**
 * A copy for matching, never for showing or storing: without what cannot be seen, accents, case and apostrophes, and with letters
 * and digits that look like Latin ones as Latin ones. Takes time in proportion to the length.
 */
export function forMatching(text: string): string {
  return normalise(withoutUnseen(text)).replace(/[^\p{ASCII}]/gu, (character) => {
    const known = LOOK_ALIKES.get(character);
    if (known !== undefined) return known;
    const code = character.codePointAt(0) ?? 0;
    const zero = ZEROS.find((first) => code >= first && code < first + 10);
    if (zero !== undefined) return String(code - zero);
    const box = BOXED.find((first) => code >= first && code < first + 26);
    return box === undefined ? character : String.fromCodePoint(0x61 + code - box);
  });
}

/** Words of a copy made by {@link forMatching}, with single spaces between. */
export function plainWords(matching: string): string {
  return matching.replace(patternsFor(matching).noWord, ' ').trim();
}

/** Letters and digits alone of a copy made by {@link forMatching}. */
export function bareLetters(matching: string): string {
  return matching.replace(patternsFor(matching).noWord, '');
}

const LETTER = /\p{L}/u;

/** Figures and signs that stand for letters. "1" may be two of them, so that there are two readings. */
const LEET: Readonly<Record<string, string>> = { '0': 'o', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i', '|': 'l' };

/**
 * Ways in which somebody may have meant a text, each as plain words: as it stands, with letters set apart or signs between them put
 * together, with figures for letters, turned round, shifted by 13, and what stands in it in base64. At most ten, none twice.
 */
export function readingsOf(text: string): readonly string[] {
  const matching = forMatching(text);
  const { setApart, signWithin, mixedWord } = patternsFor(matching);
  const together = matching.replace(setApart, bareLetters).replace(signWithin, '');
  const leet = (one: string): string => together.replace(mixedWord, (word) => (LETTER.test(word) ? word.replace(/[0-9@$!|]/g, (sign) => (sign === '1' ? one : (LEET[sign] ?? sign))) : word));
  const hidden = (text.match(/[A-Za-z0-9+/]{16,2000}={0,2}/g) ?? []).slice(0, 4).flatMap(decoded);
  const shifted = matching.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 84) % 26) + 97));
  const copies = [matching, together, leet('i'), leet('l'), Array.from(matching).toReversed().join(''), shifted, ...hidden.map(forMatching)];
  return [...new Set(copies.map(plainWords))];
}

/** What base64 stands for, when that is text. */
function decoded(run: string): string[] {
  try {
    const text = atob(run);
    return /^[\x20-\x7e\n]{8,}$/.test(text) ? [text] : [];
  } catch {
    return [];
  }
}
