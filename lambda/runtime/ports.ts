import type { SubjectKeys, TurnQueue } from '../domain/conversation/ports.ts';
import type { ConversationTokens } from '../domain/identity/types.ts';

/** Subject keys whose adapter is loaded on first use. */
export function lazyKeys(load: () => Promise<SubjectKeys>): SubjectKeys {
  return { create: async (subject, expiresAt) => (await load()).create(subject, expiresAt), open: async (wrapped) => (await load()).open(wrapped) };
}

/** Conversation tokens whose adapter is loaded on first use. */
export function lazyTokens(load: () => Promise<ConversationTokens>): ConversationTokens {
  return { issue: async (claims) => (await load()).issue(claims), verify: async (token) => (await load()).verify(token) };
}

/** A turn queue whose adapter is loaded on first use. */
export function lazyQueue(load: () => Promise<TurnQueue>): TurnQueue {
  return { send: async (message) => (await load()).send(message) };
}
