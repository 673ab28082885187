import { createHmac } from 'node:crypto';
import type { FeedbackRequest } from '../../contracts/api.ts';
import type { Cipher, ConversationStore, SubjectKeys } from '../conversation/ports.ts';
import type { DataKey } from '../conversation/types.ts';
import type { Principal } from '../identity/types.ts';
import type { Result } from './types.ts';
import { eventBase } from '../conversation/event-base.ts';
import { conversationNotFound, invalidInput, unavailable } from '../conversation/problems.ts';
import { isUnavailable } from '../errors.ts';
import { OUTAGE_RETRY_SECONDS } from './outage.ts';
import { commentPlace } from './places.ts';

/** What feedback needs. */
export interface FeedbackDependencies {
  readonly store: ConversationStore;
  readonly keys: SubjectKeys;
  readonly cipher: Cipher;
  readonly release: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A fresh random id. */
  readonly newId: () => string;
}

/**
 * Stores a rating, with the comment sealed, and its `feedback.given` event; the very same feedback again changes nothing.
 * Problems: the same 404 for unknown, expired and somebody else's conversation; 400 for a `messageId` that is none of its messages; 503 with Retry-After.
 */
export async function giveFeedback(deps: FeedbackDependencies, conversationId: string, principal: Principal, feedback: FeedbackRequest): Promise<Result<undefined>> {
  if (principal.kind !== 'conversation' || principal.conversationId !== conversationId) return { kind: 'problem', problem: conversationNotFound() };
  try {
    return await save(deps, conversationId, principal.subject, feedback);
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    return { kind: 'problem', problem: unavailable(), retryAfterSeconds: OUTAGE_RETRY_SECONDS };
  }
}

async function save(deps: FeedbackDependencies, conversationId: string, subject: string, feedback: FeedbackRequest): Promise<Result<undefined>> {
  const { store, keys, cipher, release, newId } = deps;
  const at = deps.now();
  const { head, wrappedKey, turns } = await store.transcript(conversationId, subject, 0);
  if (head === undefined || head.subject !== subject || head.expiresAt <= at || wrappedKey === undefined) return { kind: 'problem', problem: conversationNotFound() };
  const { rating, resolved, comment, messageId } = feedback;
  const turn = turns.find((one) => one.messageId === messageId)?.turn;
  if (messageId !== undefined && turn === undefined) return { kind: 'problem', problem: invalidInput([{ field: 'messageId', rule: 'must be a messageId of this conversation' }]) };
  const key = comment === undefined ? undefined : await keys.open(wrappedKey);
  const id = feedbackId(conversationId, key, feedback);
  const said = { rating, ...(turn !== undefined && { turn }), ...(resolved !== undefined && { resolved }) };
  const sealed = key === undefined || comment === undefined ? {} : { comment: cipher.seal(key, commentPlace(conversationId, id), comment) };
  const event = { type: 'feedback.given', detail: { ...eventBase(head, newId(), release, at), ...said } } as const;
  await store.saveFeedback(head, { id, at, ...said, ...sealed }, [event]);
  return { kind: 'ok', value: undefined };
}

/** The same feedback said twice is one: a repeat after a lost answer counts once. Keyed where it holds a comment, so that the id tells nobody what was said. */
function feedbackId(conversationId: string, key: DataKey | undefined, { messageId, rating, resolved, comment }: FeedbackRequest): string {
  return createHmac('sha256', key?.key ?? conversationId).update(JSON.stringify([messageId, rating, resolved, comment])).digest('base64url');
}
