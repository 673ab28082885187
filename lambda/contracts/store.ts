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
