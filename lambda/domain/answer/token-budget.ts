import type { Exchange } from '../conversation/types.ts';

/** What of a text is counted as words: letters of Latin scripts and the spaces between them. Tokenizers cut them into pieces of four on average. */
const WORDS = /[a-zA-Z\u00c0-\u024f ]/g;
/** Letters that count as one token. Fewer than the average, so that the estimate is rather too high. */
const LETTERS_PER_TOKEN = 3;
/** Tokens that the fence and role around one side of an exchange take. */
const FENCE_TOKENS = 20;

/** Tokens that a text probably has, rather too many than too few: a third of its Latin letters, and one for each other character. */
export function estimateTokens(text: string): number {
  const letters = text.match(WORDS)?.length ?? 0;
  return Math.ceil(letters / LETTERS_PER_TOKEN) + text.length - letters;
}

/**
 * Most tokens that a text can have: one for each byte of its UTF-8, because every tokenizer in use begins with at least the bytes.
 * For prices of calls whose usage nobody told.
 */
export function mostTokens(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

/** What a call used. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/**
 * What a call may have used whose usage nobody told, never too low: every byte of the request as sent, and the longest reply that was
 * asked for, or more where more came.
 */
export function assumedUsage(request: unknown, reply: string, maxTokens: number): Usage {
  return { inputTokens: mostTokens(JSON.stringify(request)), outputTokens: Math.max(maxTokens, mostTokens(reply)) };
}

/**
 * The newest exchanges that fit into a budget of tokens, in their order. What does not fit is left out with everything before it: a
 * history with holes would read as one without.
 */
export function windowByTokens(history: readonly Exchange[], budget: number): readonly Exchange[] {
  let left = budget;
  let first = history.length;
  while (first > 0) {
    const one = history[first - 1];
    left -= one === undefined ? 0 : estimateTokens(one.user) + estimateTokens(one.bot) + 2 * FENCE_TOKENS;
    if (left < 0) break;
    first -= 1;
  }
  return history.slice(first);
}
