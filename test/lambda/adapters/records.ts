import type { SubjectQuota } from '../../../lambda/domain/conversation/quota.ts';
import type { OutboxEvent, Claim, Head, IdempotencyRecord, Turn, WrappedKey } from '../../../lambda/domain/conversation/types.ts';

/** Bytes of a text, as the SDK returns them. */
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Start of all tests' time: a whole second, as expiry is kept in seconds. */
export const START = Date.UTC(2026, 4, 4, 8);
/** End of all records' life. */
export const EXPIRY = START + 30 * 86_400_000;

/** A head before its first turn. */
export const head = (over: Partial<Head> = {}): Head => ({
  conversationId: 'c1',
  schemaVersion: 1,
  subject: 's1',
  state: 'bot',
  turn: 0,
  release: 'r1',
  cohort: 'everyone',
  variant: 'control',
  channel: 'web',
  locale: 'en',
  purposes: { analytics: true, training: false },
  legalHold: false,
  synthetic: false,
  disclosure: 'You are talking to a program.',
  createdAt: START,
  idleAt: START + 1_800_000,
  expiresAt: EXPIRY,
  spentMicroUsd: 0,
  spentTokens: 0,
  ...over,
});

/** A claim on the first turn. */
export const claim = (over: Partial<Claim> = {}): Claim => ({ turn: 1, attempt: 'a1', leaseUntil: START + 30_000, reservedTokens: 1_000, reservedMicroUsd: 5_000, ...over });

/** The first turn, pending. */
export const turn = (over: Partial<Turn> = {}): Turn => ({
  conversationId: 'c1',
  turn: 1,
  messageId: 'm1',
  status: 'pending',
  at: START,
  text: { ciphertext: bytes('sealed text') },
  idempotencyHash: 'k1',
  expiresAt: EXPIRY,
  ...over,
});

/** The record of the first turn's key. */
export const idempotency = (over: Partial<IdempotencyRecord> = {}): IdempotencyRecord => ({ keyHash: 'k1', bodyHash: 'b1', turn: 1, expiresAt: START + 86_400_000, ...over });

/** Limits of a day that no test reaches by accident. */
export const quota = (over: Partial<SubjectQuota> = {}): SubjectQuota => ({ day: '2026-05-04', turns: 1_000, tokens: 1_000_000, microUsd: 1_000_000, expiresAt: START + 3 * 86_400_000, ...over });

/** A wrapped key. */
export const wrappedKey = (over: Partial<WrappedKey> = {}): WrappedKey => ({ subject: 's1', wrapped: bytes('wrapped'), expiresAt: EXPIRY, ...over });

/** An event. */
export const event = (eventId: string, conversationId = 'c1'): OutboxEvent => ({
  type: 'conversation.started',
  detail: { eventId, conversationId, at: new Date(START).toISOString(), locale: 'en', channel: 'web', release: 'r1', synthetic: false },
});
