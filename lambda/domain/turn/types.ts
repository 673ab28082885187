import type { MessageResponse, Problem } from '../../contracts/api.ts';
import type { TurnSettings } from '../../contracts/settings.ts';
import type { Model } from '../answer/ports.ts';
import type { Cipher, ConversationStore, SubjectKeys, TurnQueue } from '../conversation/ports.ts';
import type { Retriever } from '../knowledge/types.ts';
import type { OrderReader } from '../tools/order.ts';

/** Everything that the turn is given: no clock, id or dependency is looked up. */
export interface TurnDependencies {
  readonly store: ConversationStore;
  readonly keys: SubjectKeys;
  readonly cipher: Cipher;
  readonly queue: TurnQueue;
  /** Opened on first use: the knowledge base is not read before a turn needs it. */
  readonly retriever: () => Promise<Retriever>;
  /** Absent when the environment's answerer is the extractive one. */
  readonly model?: () => Promise<Model>;
  /** Reads orders of identified subjects. @default - no order system is configured */
  readonly orders?: OrderReader;
  readonly settings: TurnSettings;
  readonly release: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A fresh random id. */
  readonly newId: () => string;
  /** Resolves after so many milliseconds, or at once when the signal aborts; injected so that tests own the time. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** A message as the handler parsed it. */
export interface IncomingMessage {
  readonly conversationId: string;
  readonly subject: string;
  readonly text: string;
  readonly idempotencyKey: string;
  /** A JSON client gets 202 when the budget ends; a stream is told `pending` and stays open. */
  readonly mode: 'json' | 'stream';
  /** When the request arrived, epoch milliseconds: every budget counts from here. */
  readonly receivedAt: number;
  /** When the function must have answered, epoch milliseconds. */
  readonly deadline: number;
}

/** A part that an answer may have to do without: the history does not open, or the knowledge base cannot be read. */
export type MissingPart = 'history' | 'knowledge';

/** What a turn yields, in order: at most one `accepted`, deltas, at most one `interim`, then one `done` or `refused`. */
export type TurnOutput =
  /** `synthetic`: the conversation was made by a scenario or a check, and its figures count nowhere. */
  | { readonly type: 'accepted'; readonly messageId: string; readonly turn: number; readonly synthetic: boolean; readonly missing: readonly MissingPart[] }
  | { readonly type: 'delta'; readonly text: string }
  | { readonly type: 'interim'; readonly messageId: string; readonly turn: number }
  | { readonly type: 'done'; readonly status: 200 | 202; readonly response: MessageResponse }
  | { readonly type: 'refused'; readonly problem: Problem; readonly retryAfterSeconds?: number };

/** Result of the plain (not streaming) operations: what was asked for, or a problem to answer with. */
export type Result<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'problem'; readonly problem: Problem; readonly retryAfterSeconds?: number };
