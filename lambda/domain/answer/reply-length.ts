import { MAX_REPLY_CHARACTERS, REPLY_CHARACTERS_PER_TOKEN } from '../../contracts/limits.ts';
import type { Model } from './ports.ts';

/** End of a sentence or line, as far as something follows it: what a cut text ends with may go on ("4." of "4.95"). */
const TO_LAST_SENTENCE = /^[\s\S]*(?:[.!?…]["'”’»)*_]*(?=\s)|[。！？]|\n)/u;

/** Characters that a reply of a model may have: where they end, the call is ended. */
export function longestReply({ maxTokens }: Pick<Model, 'maxTokens'>): number {
  return Math.min(MAX_REPLY_CHARACTERS, maxTokens * REPLY_CHARACTERS_PER_TOKEN);
}

/** A text that broke off, up to the end of its last whole sentence; empty when it has none. */
export function wholeSentences(text: string): string {
  return (TO_LAST_SENTENCE.exec(text)?.[0] ?? '').trim();
}
