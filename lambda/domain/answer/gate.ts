import { cleanPiece, holdsSecret, holdsWord, linksOf } from './piece.ts';

/** Characters that the gate holds back at most when no sentence ends. */
export const MAX_HELD_CHARACTERS = 200;

/** Why a gate closed. */
export type GateReason = 'system-prompt' | 'secret' | 'active-content';

/** What passes. */
export interface GateOptions {
  /** Word that must never come out (the system text's marker). */
  readonly canary: string;
  /** Links that may stand in a reply, whole; every other one is taken out. */
  readonly links: ReadonlySet<string>;
}

/** Checks a model's text while it streams. What comes out is plain text with a harmless part of Markdown. */
export interface Gate {
  /** Takes the next text in, and returns what may be shown now; empty once the gate has closed. */
  push(chunk: string): string;
  /** Returns the rest. */
  end(): string;
  /** Why the gate closed; undefined while it is open. Everything released before was checked. */
  readonly closed: GateReason | undefined;
  /** Numbers of the documents that the text named, in order of their first mention. */
  readonly cited: readonly number[];
}

/** End of a sentence or line, with closing quotes and brackets. */
const SENTENCE_END = /[.!?…。！？]["'”’»)\]*_]*\s+|\n+|[。！？]/u;
const ACTIVE = /<\s*\/?\s*(?:script|iframe|object|embed|style|svg|form|meta|link|base)\b|javascript\s*:|vbscript\s*:|data\s*:\s*text\/html/i;
/** Released characters that a check looks back on, so that nothing is smuggled through in two pieces. */
const LOOK_BACK = 80;

/** Opens a gate. Where text is cut depends on the text alone, never on how it was chunked. */
export function openGate({ canary, links }: GateOptions): Gate {
  let held = '';
  let before = '';
  let shown = '';
  let reason: GateReason | undefined;
  const cited: number[] = [];

  /** What is wrong with a text; undefined when nothing is. */
  function faultOf(text: string): GateReason | undefined {
    // A listed link may be as long and odd as a secret.
    const unlisted = linksOf(text).reduce((rest, link) => (links.has(link) ? rest.replaceAll(link, ' ') : rest), text);
    if (holdsWord(text, canary)) return 'system-prompt';
    if (holdsSecret(unlisted)) return 'secret';
    return ACTIVE.test(text) ? 'active-content' : undefined;
  }

  function release(piece: string): string {
    reason = faultOf(before + piece);
    before = (before + piece).slice(-LOOK_BACK);
    if (reason !== undefined) return '';
    const cleaned = cleanPiece(piece, links, cited);
    const apart = shown.endsWith(']') && cleaned.startsWith('(') ? ` ${cleaned}` : cleaned;
    // Once more as it will be read: what was taken out may have stood between two halves.
    reason = faultOf(shown + apart);
    shown = (shown + apart).slice(-LOOK_BACK);
    return reason === undefined ? apart : '';
  }

  function drain(): string {
    let out = '';
    for (let cut = cutOf(held); cut > 0 && reason === undefined; cut = cutOf(held)) {
      out += release(held.slice(0, cut));
      held = held.slice(cut);
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
      const out = drain() + (held === '' ? '' : release(held));
      held = '';
      return out;
    },
    get closed() {
      return reason;
    },
    cited,
  };
}

/** Where the next piece ends; 0 while more text is needed. */
function cutOf(held: string): number {
  const head = held.slice(0, MAX_HELD_CHARACTERS);
  const end = SENTENCE_END.exec(head);
  // White space that reaches the end of what is there may go on in the next chunk.
  if (end !== null && (end.index + end[0].length < head.length || held.length >= MAX_HELD_CHARACTERS)) return end.index + end[0].length;
  if (held.length < MAX_HELD_CHARACTERS) return 0;
  // No sentence ends: cut after white space, else after the last character beyond ASCII (scripts without spaces), never inside a run of ASCII.
  const space = /^[\s\S]*\s/u.exec(head)?.[0].length ?? 0;
  if (space > 0) return space;
  const wide = /^[\s\S]*[^\p{ASCII}]/u.exec(head)?.[0].length ?? 0;
  if (wide === 0) return MAX_HELD_CHARACTERS;
  // Half a pair at the very end waits for its other half.
  return head.isWellFormed() || wide < head.length ? wide : wide - 1;
}
