import type { TurnMessage } from '../../contracts/events.ts';
import type { SubjectQuota } from './quota.ts';
import type { Claim, DataKey, Explanation, Head, IdempotencyRecord, OutboxEvent, Sealed, SubjectId, Turn, WrappedKey } from './types.ts';

/** Everything that a turn needs to know before it claims: one BatchGetItem over both tables. */
export interface Loaded {
  readonly head?: Head;
  readonly idempotency?: IdempotencyRecord;
  readonly wrappedKey?: WrappedKey;
}

/** A claim to write: reserves the turn, the key and the worst-case spend in one transaction. */
export interface ClaimWrite {
  /** Head as it was read; the write succeeds only on that state. */
  readonly head: Head;
  readonly claim: Claim;
  readonly turn: Turn;
  readonly idempotency: IdempotencyRecord;
  readonly idleAt: number;
  /** What the subject's day must be under; the claim's reservation is added to the day in the same transaction. */
  readonly quota: SubjectQuota;
}

/** A commit to write: the reply, the head and the outbox in one transaction. */
export interface CommitWrite {
  readonly conversationId: string;
  /** Whose day (`claim.quotaDay`) is settled. */
  readonly subject: SubjectId;
  readonly claim: Claim;
  readonly status: 'answered' | 'failed';
  readonly reply?: Sealed;
  readonly explanation?: Explanation;
  readonly window?: Sealed;
  readonly state: Head['state'];
  /** What the turn used in fact: the head's totals change by this, less what the claim reserved. */
  readonly spentTokens: number;
  /** As `spentTokens`, in millionths of a USD. */
  readonly spentMicroUsd: number;
  /** When the sweep looks next; undefined removes the conversation from its index. */
  readonly idleAt?: number;
  readonly expiresAt: number;
  readonly events: readonly OutboxEvent[];
}

/** What became of a conditional write. `stale`: somebody else was first; read again. */
export type WriteOutcome = 'done' | 'stale';

/**
 * What became of a claim, when nothing else was wrong. `over-quota`: the subject's day is used up. `quota-reserved`: it is not, but what
 * running turns have reserved fills it.
 */
export type ClaimOutcome = WriteOutcome | 'over-quota' | 'quota-reserved';

/** An outbox item as stored. */
export interface StoredOutboxEvent {
  readonly conversationId: string;
  readonly event: OutboxEvent;
}

/** A conversation or outbox item that the sweep has to look at. */
export interface DueItem {
  readonly conversationId: string;
  readonly idleAt: number;
  /** Set for an outbox item that is still unpublished. */
  readonly event?: OutboxEvent;
}

/** What the sweep finds. */
export interface Due {
  /** Conversations and unpublished events, oldest first. */
  readonly items: readonly DueItem[];
  /** One error for each due item that cannot be read, which is not in `items`; each names its item and holds nothing of its content. */
  readonly unreadable: readonly Error[];
}

/**
 * Store of conversations. Every method throws `StoreUnavailable` (domain/errors) when the store cannot be reached in
 * time; every read leaves out items past their expiry, because DynamoDB deletes late.
 */
export interface ConversationStore {
  /** Head, idempotency record and wrapped key of the subject, in one call. */
  load(conversationId: string, subject: SubjectId, keyHash: string): Promise<Loaded>;
  /**
   * Writes a new conversation, its subject's wrapped key and events, all or nothing. A key that the subject has already
   * stays, and lives at least until `wrappedKey.expiresAt`.
   */
  create(head: Head, wrappedKey: WrappedKey, events: readonly OutboxEvent[]): Promise<WriteOutcome>;
  /**
   * Succeeds only while the head is as read (same turn, no claim, not closed) and the subject's day is under its quota. Adds the
   * reservation to what conversation and day have spent, and the turn to the day.
   */
  claim(write: ClaimWrite): Promise<ClaimOutcome>;
  /**
   * Takes over a claim whose lease ran out, or hands a running turn to the worker (new attempt and lease, same reservation).
   * Succeeds only while `from.attempt` holds the head's claim; moves the head's `idleAt` to `to.leaseUntil`.
   */
  reclaim(conversationId: string, from: Claim, to: Claim): Promise<WriteOutcome>;
  /**
   * Succeeds only while `claim.attempt` holds the head's claim; removes the claim.
   * @throws WriteRefused when the store will never take it
   */
  commit(write: CommitWrite): Promise<WriteOutcome>;
  readTurn(conversationId: string, turn: number): Promise<Turn | undefined>;
  /** Head, wrapped key and the turns after `after`, in order. */
  transcript(conversationId: string, subject: SubjectId | undefined, after: number): Promise<{ head?: Head; wrappedKey?: WrappedKey; turns: Turn[] }>;
  saveFeedback(head: Head, feedback: { readonly id: string; readonly turn?: number; readonly rating: number; readonly resolved?: boolean; readonly comment?: Sealed; readonly at: number }, events: readonly OutboxEvent[]): Promise<void>;
  /** Puts events into the outbox of a conversation, all or nothing. */
  saveEvents(head: Head, events: readonly OutboxEvent[]): Promise<void>;
  /**
   * Items due at `now`: the oldest conversations, at most `limit`, and the oldest events, at most `limit`, so that neither
   * kind keeps the other out. How far it looks is bounded: behind very many items of one kind, those of the other are found
   * once there are fewer. An item that cannot be read takes no other along, and no place.
   */
  due(now: number, limit: number): Promise<Due>;
  /** Closes a conversation that is still as read: same `idleAt`, no claim, not closed. Removes it from the sweep's index. */
  close(head: Head, reason: 'idle' | 'turn-limit', events: readonly OutboxEvent[]): Promise<WriteOutcome>;
  head(conversationId: string): Promise<Head | undefined>;
  /** Removes a published event. Removing it twice is fine. */
  published(conversationId: string, eventId: string): Promise<void>;
}

/** Makes and opens the data keys of subjects. Opened keys are cached for five minutes at most. */
export interface SubjectKeys {
  create(subject: SubjectId, expiresAt: number): Promise<{ key: DataKey; wrapped: WrappedKey }>;
  open(wrapped: WrappedKey): Promise<DataKey>;
}

/** Seals and opens text under a data key; the place (`conversation/turn/field`) is authenticated with it. */
export interface Cipher {
  seal(key: DataKey, place: string, text: string): Sealed;
  /** @throws TamperedText when the text or its place was changed. */
  open(key: DataKey, place: string, sealed: Sealed): string;
}

/** Queue of turns that the worker finishes. */
export interface TurnQueue {
  send(message: TurnMessage): Promise<void>;
}

/** Publishes product events. */
export interface EventPublisher {
  /**
   * Returns the ids that were taken. Goes no further once the bus gave no answer: the rest was not tried.
   * @throws DependencyUnavailable when nothing at all was taken
   */
  publish(events: readonly OutboxEvent[]): Promise<ReadonlySet<string>>;
}
