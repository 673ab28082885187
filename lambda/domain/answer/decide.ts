import type { Reply } from '../../contracts/api.ts';
import type { Retriever } from '../knowledge/types.ts';
import { type AnswerSettings, answerByQuoting, type Decided, type Question } from './extractive.ts';
import { type Intent, recognise } from './intent.ts';
import { phrasesOf } from './phrases.ts';

/** Rules after which the visitor got what was asked for; a conversation left after another one counts as dropped off. */
export const SATISFYING_RULES: ReadonlySet<string> = new Set(['cited-passage', 'cited-passages', 'model-on-passages', 'model-reply-cut', 'order-status', 'asked-for-human', 'greeting', 'thanks', 'goodbye', 'identity', 'capabilities']);

const RULES: Readonly<Record<Intent, string>> = { human: 'asked-for-human', instructions: 'asked-for-instructions', greeting: 'greeting', thanks: 'thanks', goodbye: 'goodbye', identity: 'identity', capabilities: 'capabilities', wordless: 'no-words' };

/**
 * Decides what a message gets without any model: screening first, then quotes from the knowledge base. A model may only
 * word an answer anew whose `passages` are not empty.
 */
export function decide(retriever: Retriever, question: Question, settings: AnswerSettings): Decided {
  const { intent, score } = recognise(question.text);
  if (intent === undefined) return answerByQuoting(retriever, question, settings);
  return { reply: replyTo(intent, question.locale, settings.humanContact), useCase: 'none', score: intent === 'instructions' ? score : 0, rule: RULES[intent], passages: [] };
}

/** Reply of a turn that failed for good: honest, and with a way to a human. */
export function failedReply(locale: string, humanContact: string): Reply {
  return { kind: 'fallback', text: `${phrasesOf(locale).failed} ${humanContact}`.trim(), sources: [] };
}

function replyTo(intent: Intent, locale: string, humanContact: string): Reply {
  const phrases = phrasesOf(locale);
  const replies: Record<Intent, Reply> = {
    human: { kind: 'handoff', text: `${phrases.handoff} ${humanContact}`.trim(), sources: [] },
    instructions: { kind: 'refusal', text: phrases.refusal, sources: [] },
    greeting: { kind: 'answer', text: phrases.greeting, sources: [] },
    thanks: { kind: 'answer', text: phrases.thanks, sources: [] },
    goodbye: { kind: 'answer', text: phrases.goodbye, sources: [] },
    identity: { kind: 'answer', text: `${phrases.identity} ${humanContact}`.trim(), sources: [] },
    capabilities: { kind: 'answer', text: `${phrases.capabilities} ${humanContact}`.trim(), sources: [] },
    wordless: { kind: 'fallback', text: phrases.wordless, sources: [] },
  };
  return replies[intent];
}
