import type { Exchange } from '../conversation/types.ts';
import { isQuestion, sentencesOf, termsOf, words } from '../knowledge/terms.ts';

/** Terms up to which a message may be the rest of the question before it. */
const SHORT_TERMS = 3;
/** Beginnings of a message that goes on from the one before. */
const GOES_ON = /^(?:and|but|or|also|what about|how about|what if|even|und|oder|aber|was ist mit)\b/;
/** Words of a question that has no topic of its own ("how long does it take", "is that free"). */
const REFERS_BACK = new Set(['it', 'that', 'this', 'those', 'these', 'them', 'they', 'there', 'then', 'das', 'dann']);

/** Whether a message makes sense only with the one before it. */
export function isFollowUp(text: string): boolean {
  const all = words(text.slice(0, 200));
  if (all.length === 0 || termsOf(text).length > SHORT_TERMS) return false;
  return GOES_ON.test(all.join(' ')) || all.some((word) => REFERS_BACK.has(word)) || all.length <= 2;
}

/** The message with the question that it goes on from, for retrieval: the latest one that makes sense by itself. Undefined when there is none. */
export function withPrevious(text: string, history: readonly Exchange[]): string | undefined {
  const previous = history.findLast(({ user }) => !isFollowUp(user)) ?? history.at(-1);
  return previous === undefined ? undefined : `${text} ${previous.user}`;
}

/**
 * Parts of a message that may each be a question: "can I pay by invoice, and do you deliver on Saturdays?". Of several
 * sentences only those that ask. At most three; none when there is but one.
 */
export function partsOf(text: string): string[] {
  const sentences = sentencesOf(text).filter((sentence) => words(sentence).length > 0);
  const asking = sentences.length > 1 ? sentences.filter(isQuestion) : sentences;
  const parts = asking.flatMap((sentence) => sentence.split(/,?\s+(?:and|also|und|sowie)\s+/iu)).filter((part) => termsOf(part).length >= 2);
  return parts.length > 1 && parts.length <= 3 ? parts : [];
}
