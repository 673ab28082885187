import { createHash } from 'node:crypto';
import { IDEMPOTENCY_HOURS, MAX_IDEMPOTENCY_KEY_CHARACTERS } from '../../contracts/limits.ts';
import type { IdempotencyRecord } from './types.ts';

const KEY = new RegExp(`^[\\x21-\\x7e]{1,${MAX_IDEMPOTENCY_KEY_CHARACTERS}}$`);

/** Whether a header value may serve as an Idempotency-Key: visible ASCII, not empty, not too long. */
export function isIdempotencyKey(value: string | undefined): value is string {
  return value !== undefined && KEY.test(value);
}

/** Hash under which a key is stored: keys are the client's, and may hold anything. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Hash of a message's body in canonical form, so that spacing and key order do not make another body of it. */
export function hashMessage(text: string): string {
  return createHash('sha256').update(JSON.stringify({ text })).digest('hex');
}

/** Record of a key that makes `turn`. It never outlives its conversation. Times are epoch milliseconds. */
export function newIdempotencyRecord(keyHash: string, text: string, turn: number, now: number, conversationExpiresAt: number): IdempotencyRecord {
  return { keyHash, bodyHash: hashMessage(text), turn, expiresAt: Math.min(now + IDEMPOTENCY_HOURS * 3_600_000, conversationExpiresAt) };
}
