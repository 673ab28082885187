import type { ConversationCreated, CreateConversationRequest } from '../../contracts/api.ts';
import type { TurnSettings } from '../../contracts/settings.ts';
import type { ConversationStore, SubjectKeys } from '../conversation/ports.ts';
import type { ConversationTokens, Principal } from '../identity/types.ts';
import type { Result } from './types.ts';
import { eventBase } from '../conversation/event-base.ts';
import { newHead } from '../conversation/head.ts';
import { unavailable } from '../conversation/problems.ts';
import { isUnavailable } from '../errors.ts';
import { resumeHash } from '../identity/resume-token.ts';
import { OUTAGE_RETRY_SECONDS } from './outage.ts';

/** What opening a conversation needs. */
export interface CreateDependencies {
  readonly store: ConversationStore;
  readonly keys: SubjectKeys;
  readonly tokens: ConversationTokens;
  readonly settings: TurnSettings;
  readonly release: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A fresh random id. */
  readonly newId: () => string;
  /** A fresh secret of 32 random bytes, in base64url. */
  readonly newSecret: () => string;
}

/**
 * Opens a conversation for a principal: writes head, data key and `conversation.started`, all or nothing, and issues its
 * tokens: the short one, and the one to resume with, of which only a hash is kept. `expiresAt` is when the conversation may no longer be read. Problem: 503 with Retry-After when store or key service is down.
 */
export async function createConversation(deps: CreateDependencies, request: CreateConversationRequest, principal: Principal): Promise<Result<ConversationCreated>> {
  const { store, keys, tokens, settings, release, now, newId, newSecret } = deps;
  const at = now();
  const conversationId = newId();
  // A visitor who comes with a conversation's token is the same subject: what is erased for one is erased for the other.
  const subject = principal.kind === 'customer' || principal.kind === 'conversation' ? principal.subject : newId();
  const resumeToken = newSecret();
  const identified = principal.kind === 'customer';
  const head = newHead({ conversationId, subject, identified, resumeHash: resumeHash(resumeToken), request, settings, release, now: at });
  try {
    const [{ wrapped }, token] = await Promise.all([keys.create(subject, head.expiresAt), tokens.issue({ conversationId, subject })]);
    const started = { type: 'conversation.started', detail: eventBase(head, newId(), release, at) } as const;
    if ((await store.create(head, wrapped, [started])) === 'stale') return { kind: 'problem', problem: unavailable(), retryAfterSeconds: 1 };
    return { kind: 'ok', value: { conversationId, token, resumeToken, disclosure: head.disclosure, expiresAt: new Date(head.expiresAt).toISOString() } };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    return { kind: 'problem', problem: unavailable(), retryAfterSeconds: OUTAGE_RETRY_SECONDS };
  }
}
