/** Key schema of the conversation table, shared by its construct and its adapter. */
export const CONVERSATION_TABLE = {
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresAt',
  /** Sparse index of conversations that can go idle and of work to re-deliver; read by the sweep. */
  idleIndex: { name: 'idle', partitionKey: 'idleShard', sortKey: 'idleAt' },
} as const;

/** Key schema of the table of wrapped data keys. One item a subject, copied nowhere else. */
export const KEY_TABLE = { partitionKey: 'subject', timeToLive: 'expiresAt' } as const;

/**
 * Subject and conversation of the pre-traffic check, which no id of ours can name: ids are random, or a hash. Nothing is stored under it; the data
 * keys that are made for it are thrown away. IAM lets the turn worker make one for this subject and no other.
 */
export const CHECK_SUBJECT = 'pre-traffic-check';
