import { createHash } from 'node:crypto';
import { CONVERSATION_TABLE, KEY_TABLE } from '../../contracts/store.ts';
import type { Item } from './attributes.ts';

const { partitionKey, sortKey } = CONVERSATION_TABLE;

/** Partitions of the `idle` index: one would take all of its writes. Changing the number needs a migration. */
export const SHARDS = ['0', '1', '2', '3'] as const;

/** Shard of a conversation and of everything that it has in the index. */
export function shardOf(conversationId: string): string {
  const hash = createHash('sha256').update(conversationId).digest();
  return SHARDS[hash.readUInt8(0) % SHARDS.length] ?? SHARDS[0];
}

/** Sort key of the head. */
export const HEAD = 'HEAD';
/** Prefix of turns' sort keys. */
export const TURN = 'TURN#';
/** Prefix of outbox items' sort keys. */
export const OUTBOX = 'OUTBOX#';

/** Sort key of a turn; six digits, so that turns sort by number. */
export const turnKey = (turn: number): string => TURN + String(turn).padStart(6, '0');
/** Sort key of an idempotency record. */
export const idempotencyKey = (keyHash: string): string => `IDEM#${keyHash}`;
/** Sort key of an outbox item. */
export const outboxKey = (eventId: string): string => OUTBOX + eventId;
/** Sort key of feedback. */
export const feedbackKey = (id: string): string => `FEEDBACK#${id}`;

/** Primary key of an item of a conversation. */
export const itemKey = (conversationId: string, sort: string): Item => ({ [partitionKey]: { S: conversationId }, [sortKey]: { S: sort } });
/** Primary key of what a subject has used on a UTC day. Conversation ids are UUIDs, so that no conversation can have this partition. @param day `YYYY-MM-DD` */
export const quotaItemKey = (subject: string, day: string): Item => itemKey(`QUOTA#${subject}`, `DAY#${day}`);
/** Primary key of a subject's wrapped data key. */
export const subjectKey = (subject: string): Item => ({ [KEY_TABLE.partitionKey]: { S: subject } });
