import type { Reply } from '../../contracts/api.ts';
import type { ConversationState, TurnStatus } from '../../contracts/states.ts';
import type { ProductEvent } from '../../contracts/events.ts';

/** Record format that this release writes. A release reads a new format before any release writes it. */
export const SCHEMA_VERSION = 1;

/** Who a conversation belongs to. Random for an anonymous visitor, HMAC(issuer, sub) for a customer; never changes. */
export type SubjectId = string;

/** Head of a conversation: everything about it but its text. Times are epoch milliseconds. */
export interface Head {
  readonly conversationId: string;
  readonly schemaVersion: number;
  readonly subject: SubjectId;
  /** Whether the subject had signed in as a customer when the conversation was opened. @default false */
  readonly identified?: boolean;
  /** SHA-256 (hexadecimal) of the token that gives access again once conversation tokens have expired. @default - there is none: such a conversation cannot be resumed */
  readonly resumeHash?: string;
  readonly state: ConversationState;
  /** Number of the last claimed turn; 0 before the first. */
  readonly turn: number;
  /** The turn that is being answered; absent when none is. */
  readonly claim?: Claim;
  readonly release: string;
  /** Rollout cohort. */
  readonly cohort: string;
  /** A/B variant. */
  readonly variant: string;
  readonly channel: string;
  readonly locale: string;
  readonly purposes: { readonly analytics: boolean; readonly training: boolean };
  /** While true, nothing of the conversation may be erased. */
  readonly legalHold: boolean;
  readonly synthetic: boolean;
  /** The disclosure that the conversation started with. */
  readonly disclosure: string;
  readonly createdAt: number;
  /** When the sweep must look at it next (idle, or a claim to expire); absent when nothing is to be looked at. */
  readonly idleAt?: number;
  /** When it may no longer be read. */
  readonly expiresAt: number;
  /** Money spent by settled turns and reserved by the running one, in millionths of a USD. */
  readonly spentMicroUsd: number;
  readonly spentTokens: number;
  /** Encrypted window of history: what the model may be shown. */
  readonly window?: Sealed;
}

/** A claim on a turn: who runs it, until when, and what it reserved. */
export interface Claim {
  readonly turn: number;
  /** Random per attempt, so that an attempt that lost its lease cannot commit. */
  readonly attempt: string;
  readonly leaseUntil: number;
  readonly reservedTokens: number;
  readonly reservedMicroUsd: number;
  /** UTC day (`YYYY-MM-DD`) whose quota the turn counts on; absent on a claim of a release without quotas. */
  readonly quotaDay?: string;
  /** What earlier attempts of the turn may have used, beside the reservation. @default 0 */
  readonly usedTokens?: number;
  /** As `usedTokens`, in millionths of a USD. @default 0 */
  readonly usedMicroUsd?: number;
}

/** Text under a subject's data key (AES-256-GCM; nonce, ciphertext and tag in one). */
export interface Sealed {
  readonly ciphertext: Uint8Array;
}

/** One exchange of the history window, in clear. */
export interface Exchange {
  readonly turn: number;
  readonly user: string;
  readonly bot: string;
}

/** A stored turn. */
export interface Turn {
  readonly conversationId: string;
  readonly turn: number;
  readonly messageId: string;
  readonly status: TurnStatus;
  readonly at: number;
  /** The user's text, sealed. */
  readonly text: Sealed;
  /** The reply (JSON of {@link Reply}), sealed; there once answered. */
  readonly reply?: Sealed;
  /** How the reply came to be (Art. 22 GDPR asks for an explanation): no text. */
  readonly explanation?: Explanation;
  readonly idempotencyHash: string;
  /** State of the conversation after the turn, as its client was told; absent on a turn of a release that did not keep it. */
  readonly state?: ConversationState;
  readonly expiresAt: number;
}

/** What a reply was decided by. */
export interface Explanation {
  readonly useCase: string;
  readonly score: number;
  /** Rule that decided the kind, e.g. `cited-passage`, `below-scope-threshold`, `asked-for-human`. */
  readonly rule: string;
  /** Model id, or `extractive`. */
  readonly model: string;
  readonly modelFailed: boolean;
  readonly promptVersion: string;
  readonly knowledgeVersion: string;
  readonly release: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicroUsd: number;
  readonly milliseconds: number;
}

/** Record of an idempotency key: which turn it made, and for which body. */
export interface IdempotencyRecord {
  readonly keyHash: string;
  /** SHA-256 of the request body in canonical form. */
  readonly bodyHash: string;
  readonly turn: number;
  readonly expiresAt: number;
}

/** A subject's data key, in clear and only in memory. */
export interface DataKey {
  readonly subject: SubjectId;
  readonly key: Uint8Array;
}

/** A subject's data key as stored, wrapped by KMS under the subject's id as encryption context. */
export interface WrappedKey {
  readonly subject: SubjectId;
  readonly wrapped: Uint8Array;
  readonly expiresAt: number;
}

/** An event that waits in the outbox until the relay has published it. */
export type OutboxEvent = ProductEvent;

/** A decided reply with how it came to be. */
export interface Decision {
  readonly reply: Reply;
  readonly explanation: Explanation;
}
