import type { Passage } from '../knowledge/types.ts';
import { isUnsupported } from './false-promise.ts';
import { readFigures } from './figures.ts';
import { ownData } from './foreign-data.ts';
import { claimsToBeHuman } from './human-claim.ts';
import { leakWatcher } from './leak-watch.ts';
import { cleanPiece, decoded, linksOf } from './piece.ts';
import { CANARY, SYSTEM } from './prompt.ts';
import { openLanguageCheck } from './reply-language.ts';
import { holdsSecret } from './secret-shapes.ts';
import { supportOf, type Support } from './support.ts';

/** Characters that the gate holds back at most when no sentence ends. */
export const MAX_HELD_CHARACTERS = 200;

/** Why a gate closed. A link closes it where a part of its sentence was shown already: elsewhere the sentence is left out. */
export type GateReason = 'system-prompt' | 'secret' | 'active-content' | 'foreign-data' | 'claims-to-be-human' | 'unlisted-link' | 'unsupported-promise';

/** What a reply may rest on. */
export interface GateOptions {
  /** Sources in the order of their numbers: figures, promises, identifiers and links of a reply must stand there. */
  readonly sources: readonly Passage[];
  /** How a human is reached; supports a reply as well. */
  readonly humanContact: string;
  /** What was said in this conversation: identifiers in it are the visitor's own. It supports no promise. */
  readonly said: readonly string[];
}

/** Checks a model's text while it streams. What comes out is plain text with a harmless part of Markdown. */
export interface Gate {
  /** Takes the next text in, and returns what may be shown now; empty once the gate has closed. */
  push(chunk: string): string;
  /** Returns the rest. */
  end(): string;
  /** Forgets what is held back: it will not be shown. */
  drop(): void;
  /** Adds a source, with the next number. */
  learn(source: Passage): void;
  /** Why the gate closed; undefined while it is open. Everything released before was checked. */
  readonly closed: GateReason | undefined;
  /** Numbers of the documents that the text named, in order of their first mention. */
  readonly cited: readonly number[];
}

/** End of a sentence or line, with closing quotes and brackets. */
const SENTENCE_END = /[.!?…。！？]["'”’»)\]*_]*\s+|\n+|[！？]|。(?![A-Za-z0-9])/u;
const ACTIVE = /<\s*\/?\s*(?:script|iframe|object|embed|style|svg|form|meta|link|base|img|math|template|input|button|audio|video)\b|javascript\s*:|vbscript\s*:|data\s*:\s*(?:text\/html|image\/svg)|\bon(?:error|load|click|mouse\w+|focus)\s*=/i;
/** Characters that a check looks back on, so that nothing is smuggled through in two pieces. More than nothing: 0 would be all of them. */
const LOOK_BACK = 240;
/** Characters of a sentence that are looked at together; who writes longer ones may be judged by their end. */
const LONGEST_SENTENCE = 1_000;
/** Document numbers before a sentence belong to the one before. */
const LEADING_NUMBERS = /^\s*(?:\[\d{1,2}(?:, ?\d{1,2})*\]\s*)+/;
/** The beginning of a link at the end of a piece that ends no sentence. */
const TORN_LINK = /:[\\/]?$/;
const watchLeaks = leakWatcher(SYSTEM, CANARY);

/** Opens a gate. Where text is cut depends on the text alone, never on how it was chunked. */
export function openGate({ sources, humanContact, said }: GateOptions): Gate {
  const supports: { readonly articleId: string; readonly support: Support }[] = [];
  const contact = supportOf('', humanContact);
  const links = new Set(linksOf(humanContact));
  const language = openLanguageCheck(humanContact);
  const own = ownData([humanContact, ...said]);
  const saidFigures = readFigures(said.join('\n')).figures;
  const leaks = watchLeaks();
  const cited: number[] = [];
  let held = '';
  /** The last of what the model wrote. */
  let before = '';
  /** The last of what was shown, without the blanks that the gate put between its parts. */
  let joinedBefore = '';
  /** The last of what was shown, up to the sentence that has not ended. */
  let shown = '';
  let sentence = '';
  /** Whether the rest of a sentence is left out. */
  let dropping = false;
  /** Documents that the sentence names. */
  let named: number[] = [];
  let reason: GateReason | undefined;

  function learn({ articleId, title, section, locale, text }: Passage): void {
    language.learn(locale, `${title}\n${section}\n${text}`);
    supports.push({ articleId, support: supportOf(`${title}\n${section}`, text) });
    for (const link of linksOf(text)) links.add(link);
    own.learn(`${title}\n${text}`);
  }
  for (const source of sources) learn(source);

  /** What is wrong with a text; undefined when nothing is. */
  function faultOf(text: string): GateReason | undefined {
    // A listed link may be as long and odd as a secret.
    const unlisted = linksOf(text).reduce((rest, link) => (links.has(link) ? rest.replaceAll(link, ' ') : rest), text);
    if (holdsSecret(unlisted)) return 'secret';
    return ACTIVE.test(text) ? 'active-content' : undefined;
  }

  /** Whether the sentence so far promises what its sources do not say: the documents that it names, or all when it names none. */
  function promises(): boolean {
    const articles = new Set(named.flatMap((number) => supports[number - 1]?.articleId ?? []));
    const allowed = articles.size === 0 ? supports : supports.filter(({ articleId }) => articles.has(articleId));
    // What nobody can read for its promises may promise anything.
    return language.isForeign(sentence) || isUnsupported(sentence, shown, allowed.map(({ support }) => support), contact, saidFigures);
  }

  function release({ text, ends }: Cut): string {
    const raw = decoded(text);
    reason = faultOf(before + raw);
    before = (before + raw).slice(-LOOK_BACK);
    if (reason !== undefined) return '';
    const { text: clean, joined, gap: lacks, cited: numbers } = cleanPiece(text, links);
    // A scheme at a cut waits for what would make it a link.
    const gap = lacks || (!ends && TORN_LINK.test(clean));
    // A sentence that lost what its words need is left out whole, or not begun.
    if (gap && sentence !== '') reason = 'unlisted-link';
    dropping ||= gap;
    if (dropping) {
      if (ends) dropping = false;
      return '';
    }
    for (const number of numbers) if (!cited.includes(number)) cited.push(number);
    named.push(...numbersIn(sentence === '' ? text.replace(LEADING_NUMBERS, '') : text));
    const cleaned = seamed(shown + sentence, clean, links);
    const tail = (shown + sentence).slice(-LOOK_BACK) + cleaned;
    const bare = joinedBefore + joined;
    joinedBefore = bare.slice(-LOOK_BACK);
    sentence = (sentence + cleaned).slice(-LONGEST_SENTENCE);
    // Once more as it will be read: what was taken out may have stood between two halves.
    reason = leaks.sees(cleaned) ? 'system-prompt' : (faultOf(tail) ?? faultOf(bare));
    if (reason === undefined && (own.holdsForeign(tail) || own.holdsForeign(bare))) reason = 'foreign-data';
    if (reason === undefined && claimsToBeHuman(sentence, shown)) reason = 'claims-to-be-human';
    if (reason === undefined && promises()) reason = 'unsupported-promise';
    if (reason !== undefined) return '';
    if (ends) {
      shown = (shown + sentence).slice(-LOOK_BACK);
      sentence = '';
      named = [];
    }
    return cleaned;
  }

  function drain(): string {
    let out = '';
    for (let cut = cutOf(held); cut !== undefined && reason === undefined; cut = cutOf(held)) {
      held = held.slice(cut.text.length);
      out += release(cut);
    }
    return out;
  }

  return {
    push(chunk) {
      if (reason !== undefined) return '';
      held += chunk;
      return drain();
    },
    end() {
      if (reason !== undefined) return '';
      const drained = drain();
      const rest = held;
      held = '';
      return drained + (rest === '' || reason !== undefined ? '' : release({ text: rest, ends: true }));
    },
    drop() {
      held = '';
    },
    learn,
    get closed() {
      return reason;
    },
    cited,
  };
}

/** Document numbers in a text. */
function numbersIn(text: string): number[] {
  return [...text.matchAll(/\[(\d{1,2}(?:, ?\d{1,2})*)\]/g)].flatMap(([, list = '']) => list.split(',').map(Number));
}

/** A piece of a reply. */
interface Cut {
  readonly text: string;
  /** Whether a sentence ends with it. */
  readonly ends: boolean;
}

/** The next piece; undefined while more text is needed. */
function cutOf(held: string): Cut | undefined {
  const head = held.slice(0, MAX_HELD_CHARACTERS);
  const end = SENTENCE_END.exec(head);
  // White space that reaches the end of what is there may go on in the next chunk.
  if (end !== null && (end.index + end[0].length < head.length || held.length >= MAX_HELD_CHARACTERS)) return { text: head.slice(0, end.index + end[0].length), ends: true };
  if (held.length < MAX_HELD_CHARACTERS) return undefined;
  // No sentence ends: cut after white space, else after the last character beyond ASCII (scripts without spaces), never inside a run of ASCII.
  const space = /^[\s\S]*\s/u.exec(head)?.[0].length ?? 0;
  const wide = space > 0 ? space : (/^[\s\S]*[^\p{ASCII}]/u.exec(head)?.[0].length ?? 0);
  // Half a pair at the very end waits for its other half.
  const at = wide === 0 ? MAX_HELD_CHARACTERS : head.isWellFormed() || wide < head.length ? wide : wide - 1;
  return { text: head.slice(0, at), ends: false };
}

/** A piece set apart from what was shown when the two together would make a link, or something in brackets. */
function seamed(shown: string, piece: string, links: ReadonlySet<string>): string {
  if (piece === '' || shown === '' || /\s$/.test(shown) || /^\s/.test(piece)) return piece;
  const joint = shown.slice(-64) + piece.slice(0, 64);
  const makes = (shown.endsWith(')') && piece.startsWith('(')) || /[<&]$/.test(shown) || linksOf(joint).some((link) => !links.has(link)) || /\p{L}\.\p{L}?$/u.test(shown) || (/[\p{L}\p{N}]$/u.test(shown) && /^\.\p{L}/u.test(piece));
  return makes ? ` ${piece}` : piece;
}
