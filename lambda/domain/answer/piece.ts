import { withoutUnseen } from './matching.ts';

const TOP_LEVEL =
  'com|net|org|edu|gov|mil|int|io|co|info|biz|name|pro|mobi|xyz|app|dev|link|click|top|site|online|shop|store|web|page|cloud|live|life|world|news|blog|wiki|tech|digital|email|help|support|zip|mov|icu|vip|win|bid|club|fun|space|website|host|press|today|rocks|ninja|guru|example|test|local|onion|' +
  'ru|cn|de|uk|eu|us|at|ch|fr|it|nl|be|es|pt|pl|cz|se|no|dk|fi|ie|in|jp|kr|br|mx|ca|au|nz|za|tk|ml|ga|cf|gq|ws|cc|tv|me|ly|gg|ai|to|sh|li|gl|su|ua|tr|gr|ro|hu|sk|is|id|vn|th|tw|hk|sg|my|ph|ir|il|ae';
const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?';
const REST = '[^\\s<>()[\\]"\'`|]*';
/** Something that a page or a mail program may make a link of: with a scheme (browsers read its slashes backwards too), `//`, `www.`, or a name with a known ending. */
const URL = `(?<![\\p{L}\\p{N}])[a-z][a-z0-9+.-]{1,20}:[\\\\/]{2}${REST}|:[\\\\/]{2}${REST}|(?<![\\p{L}\\p{N}])(?:mailto|tel|sms|xmpp|magnet|data|javascript|vbscript|file|blob|intent|bitcoin|whatsapp|about|ws|urn):(?=\\S)${REST}|\\/\\/(?=[\\p{L}\\p{N}-]{1,63}[.:/])${REST}|(?<![\\p{L}\\p{N}])www\\.${REST}`;
const DOMAIN = `(?<![\\p{L}\\p{N}@])(?:${LABEL}\\.){1,5}(?:(?:${TOP_LEVEL})(?![\\p{L}\\p{N}-])|xn--[a-z0-9-]{1,59})${REST}`;
const EMAIL = '[\\p{L}\\p{N}._%+-]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}\\p{L}{2,24}';
const LINK_SHAPE = new RegExp(`(?<url>${URL})|(?<mail>${EMAIL})|(?<domain>${DOMAIN})`, 'giu');
/** Without one of these there is no link; spares the search in most texts. */
const MAY_LINK = /[.:/@]/;
/** A dot between letters: some program may take it for a name. */
const DOT = /(?<=\p{L}[\p{L}\p{N}-]{0,62})\.(?=\p{L}{2})/gu;

function linkShapes(text: string): RegExpExecArray[] {
  return MAY_LINK.test(text) ? [...text.matchAll(LINK_SHAPE)] : [];
}

/** Links of a text, whole, as they stand there; mail addresses are none. */
export function linksOf(text: string): string[] {
  return linkShapes(text).flatMap(({ 0: link, groups }) => (groups?.['mail'] === undefined ? [trimEnd(link)] : []));
}

/** Mail addresses of a text, in lower case. */
export function mailAddressesOf(text: string): string[] {
  return linkShapes(text).flatMap(({ groups }) => groups?.['mail']?.toLowerCase() ?? []);
}

/** Full-width forms of the signs that markup is made of. */
const WIDE_SIGNS = /[＜＞［］．․／＆＃＠＼｜｀＊＿｡]/gu;
/** An ideographic stop within a name, which browsers read as a dot. */
const STOP_IN_NAME = /(?<=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Nd}])。(?=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Nd}])/gu;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', euro: '€', pound: '£', mdash: '—', ndash: '–', hellip: '…', auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß' };

/** A text with its character references as the characters that they stand for, and without what cannot be seen. */
export function decoded(text: string): string {
  let rest = withoutUnseen(text.replace(/\r\n?|\u2028|\u2029/g, '\n').replace(WIDE_SIGNS, (sign) => sign.normalize('NFKC').replace('。', '.')));
  if (rest.includes('。')) rest = rest.replace(STOP_IN_NAME, '.');
  for (let next = decodeOnce(rest); next !== rest; next = decodeOnce(rest)) rest = next;
  return rest;
}

function decodeOnce(text: string): string {
  return withoutUnseen(
    text
      .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/gi, (_whole, hex: string | undefined, decimal: string | undefined) => {
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
      })
      .replace(/&([a-z][a-z0-9]{1,31});/gi, (_whole, name: string) => ENTITIES[name] ?? ENTITIES[name.toLowerCase()] ?? ''),
  );
}

/** A piece made harmless. */
export interface CleanPiece {
  readonly text: string;
  /** The same before names were set apart: what a reader puts together again. */
  readonly joined: string;
  /** Whether something that the words need was taken out: "See for more" and "as [7] says" are no sentences any more. */
  readonly gap: boolean;
  /** Numbers of the documents that it names. */
  readonly cited: readonly number[];
}

/**
 * Makes one piece of text harmless: plain text with bold, emphasis, lists and listed links. HTML, invisible characters, images, other
 * links, character references, code, headings and tables lose what makes them such; document numbers are taken out.
 */
export function cleanPiece(piece: string, links: ReadonlySet<string>): CleanPiece {
  const found: Found = { gap: false, cited: [] };
  let text = decoded(piece).replace(TWO_NUMBERS, ', ');
  // Taking one thing out may put another together, so until nothing changes.
  for (let next = cleanOnce(text, links, found); next !== text; next = cleanOnce(text, links, found)) text = next;
  const joined = withoutBlocks(text);
  text = plainBrackets(withoutNames(joined), links);
  return { text, joined, gap: found.gap || (found.cited.length > 0 && /\S/.test(text) && !/[\p{L}\p{N}]/u.test(text)), cited: found.cited };
}

interface Found {
  gap: boolean;
  readonly cited: number[];
}

/** A link in pointed brackets: a link, not a tag. */
const AUTOLINK = /<([a-z][a-z0-9+.-]{1,20}:[^\s<>]+|[^\s<>@]+@[^\s<>@]+)>/gi;
/** "[1] and [2]" are two numbers in one place. */
const TWO_NUMBERS = /(?<=\[\d{1,2})\],? ?(?:and|und|&) ?\[(?=\d{1,2}\])/g;
/** The words for a target, or its title, which may go: the words stay. */
const IN_TARGET = /\[[^[\]\n]*\p{L}[^[\]\n]*\]\([^()\n]*$/u;
/** Needs the document number that follows, or the one before. */
const NEEDS_NUMBER = /(?<![\p{L}\p{N}])(?:see|in|to|from|per|by|with|of|under|at|on|read|check|documents?|articles?|sources?|number|siehe|laut|gemäß|nach|aus|mit|von|unter|dokumente?|quellen?|artikel)[\s*_]*$/iu;
const SPEAKS = /^\s*(?:says?|states?|explains?|notes?|mentions?|confirms?|tells?|describes?|covers?|sagt|besagt|erklärt|nennt|beschreibt)\b/i;

function cleanOnce(text: string, links: ReadonlySet<string>, found: Found): string {
  const untagged = withoutTags(decoded(text).replace(AUTOLINK, '$1'));
  if (!MAY_LINK.test(untagged) && !untagged.includes('[')) return untagged;
  return untagged
    .replace(LINK_SHAPE, (link: string, ...rest: unknown[]) => {
      const groups = rest.at(-1) as { readonly mail?: string };
      if (groups.mail !== undefined || links.has(trimEnd(link))) return link;
      if (!IN_TARGET.test(untagged.slice(0, rest.at(-3) as number))) found.gap = true;
      return '';
    })
    .replace(BRACKETS, (whole: string, blank: string, image: string, shown: string, target: string | undefined, at: number, all: string) => {
      if (target !== undefined) return image === '' && links.has(target) ? `${blank}[${shown}](${target})` : `${blank}${shown}`;
      if (!/^\d{1,2}(?:, ?\d{1,2})*$/.test(shown)) return whole;
      if (NEEDS_NUMBER.test(all.slice(0, at)) || SPEAKS.test(all.slice(at + whole.length))) found.gap = true;
      for (const number of shown.split(',').map(Number)) if (!found.cited.includes(number)) found.cited.push(number);
      return '';
    });
}

/** A link or image in Markdown, or something in brackets. */
const BRACKETS = /([ \t]?)(!?)\[([^[\]\n]*)\](?:\(\s?([^()\s]*)(?:\s[^()\n]*)?\))?/g;

/** Square brackets stay in listed links only; elsewhere they are round ones, so that no reference, footnote or definition is left. */
function plainBrackets(text: string, links: ReadonlySet<string>): string {
  const round = (part: string): string => part.replace(/\[\^?/g, '(').replace(/\]/g, ')');
  return outside(text, BRACKETS, ({ 4: target }) => target !== undefined && links.has(target), round);
}

/** A blank after each dot that stands between letters, but in mail addresses and listed links: no other ones are left. */
function withoutNames(text: string): string {
  return outside(text, LINK_SHAPE, () => true, (part) => part.replace(DOT, '. '));
}

/** Changes what is outside the matches that stay. */
function outside(text: string, pattern: RegExp, stays: (match: RegExpExecArray) => boolean, change: (part: string) => string): string {
  let out = '';
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (!stays(match)) continue;
    out += change(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return out + change(text.slice(from));
}

/** Tags out, again and again until none is made of the rest; then no "<" that could begin one with what follows. */
function withoutTags(text: string): string {
  let rest = text;
  for (let next = rest.replace(TAG, ''); next !== rest; next = rest.replace(TAG, '')) rest = next;
  return rest.replace(/<+(?=[/!?\p{L}]|$)/gu, '');
}
const TAG = /<[/!?]?[A-Za-z][^<>]*>/g;

/** What is laid out by its first signs in a line: headings, quotes, rules, tables, code. A piece never goes over the end of a line. */
function withoutBlocks(text: string): string {
  return text
    .replace(/^[ \t]{0,3}(?:#{1,6}(?=[ \t]|$)|>+)[ \t]?/, '')
    .replace(/^[ \t]*(?:\|?[ \t:|-]*\|[ \t:|-]*|[-=_*]{3,})(?=\n|$)/, '')
    .replace(/`+|~~+/g, '');
}

function trimEnd(link: string): string {
  return link.replace(/[.,;:!?*_]+$/, '');
}
