import type { ConversationToken } from '../../contracts/api.ts';
import { hashKey } from '../conversation/idempotency.ts';
import type { ConversationStore } from '../conversation/ports.ts';
import { conversationNotFound, unavailable } from '../conversation/problems.ts';
import { isUnavailable } from '../errors.ts';
import { isConversationId } from '../identity/conversation-id.ts';
import { isResumeToken } from '../identity/resume-token.ts';
import type { ConversationTokens } from '../identity/types.ts';
import { OUTAGE_RETRY_SECONDS } from './outage.ts';
import type { Result } from './types.ts';

/** What resuming a conversation needs. */
export interface ResumeDependencies {
  readonly store: ConversationStore;
  readonly tokens: ConversationTokens;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const NOT_FOUND = { kind: 'problem', problem: conversationNotFound() } as const;
/** Stands for the subject of a conversation that is not there, so that its key is looked for all the same. */
const NOBODY = 'nobody';

/**
 * Gives a new conversation token for a resume token.
 * Problems: the same 404, after the same calls to the store, for a conversation that is unknown, expired or erased and for a token
 * that is wrong; 503 with Retry-After when the store or the signing key cannot be reached.
 */
export async function resumeConversation({ store, tokens, now }: ResumeDependencies, conversationId: string, resumeToken: string): Promise<Result<ConversationToken>> {
  // What is no id must not reach the store, which would refuse a key that long.
  if (!isConversationId(conversationId)) return NOT_FOUND;
  try {
    const subject = (await store.head(conversationId))?.subject ?? NOBODY;
    // Read again with the key: who has been erased has none. There is no idempotency record here, so its key is one that nothing has.
    const { head, wrappedKey } = await store.load(conversationId, subject, hashKey(''));
    const right = isResumeToken(resumeToken, head?.resumeHash);
    if (!right || head === undefined || wrappedKey === undefined || head.expiresAt <= now()) return NOT_FOUND;
    return { kind: 'ok', value: { token: await tokens.issue({ conversationId, subject: head.subject }), expiresAt: new Date(head.expiresAt).toISOString() } };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    return { kind: 'problem', problem: unavailable(), retryAfterSeconds: OUTAGE_RETRY_SECONDS };
  }
}
