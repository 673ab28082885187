/** `source` of every product event on the bus. */
export const EVENT_SOURCE = 'chatbot';

/** Product events, by their `detail-type`. They carry identifiers and outcomes, never text of a conversation. */
export interface ProductEvents {
  'conversation.started': EventBase;
  'turn.answered': EventBase & {
    readonly turn: number;
    readonly kind: ReplyKind;
    /** Use case recognised; `none` when out of scope. */
    readonly useCase: string;
    /** Retrieval score, 0-1. */
    readonly score: number;
    /** Model that wrote the reply, `extractive` when none did. */
    readonly model: string;
    /** The model failed, and the extractive answerer stood in. */
    readonly modelFailed: boolean;
    readonly milliseconds: number;
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly costUsd: number;
  };
  'turn.failed': EventBase & { readonly turn: number; readonly reason: string };
  'feedback.given': EventBase & { readonly rating: number; readonly resolved?: boolean; readonly turn?: number };
  'conversation.closed': EventBase & { readonly reason: 'idle' | 'turn-limit' | 'spend-limit'; readonly turns: number; readonly droppedOff: boolean };
  /** A member of staff asked for the value behind a pseudonym. Never the value; the reason is redacted. */
  'pseudonym.revealed': EventBase & {
    /** Member of staff, as the user pool names them. */
    readonly staffId: string;
    readonly pseudonym: string;
    readonly reason: string;
    /** Whether the conversation has a value of that pseudonym. */
    readonly found: boolean;
  };
}

/** What each event carries. */
export interface EventBase {
  /** Same for every delivery of one event: consumers tell repeats by it. */
  readonly eventId: string;
  readonly conversationId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly locale: string;
  readonly channel: string;
  readonly release: string;
  /** Made by a scenario or a check: kept out of metrics, agents and datasets. */
  readonly synthetic: boolean;
}

/** `detail-type` of a product event. */
export type ProductEventType = keyof ProductEvents;

/** A product event with its type. */
export type ProductEvent = { [T in ProductEventType]: { readonly type: T; readonly detail: ProductEvents[T] } }[ProductEventType];

/** Kinds of reply. */
export const REPLY_KINDS = ['answer', 'fallback', 'refusal', 'handoff'] as const;
/** Kind of a reply. */
export type ReplyKind = (typeof REPLY_KINDS)[number];

/** Message on the turn queue: which pending turn to finish. Nothing personal. */
export interface TurnMessage {
  readonly conversationId: string;
  readonly turn: number;
  readonly subject: string;
}

/** Event that the pre-traffic check sends to a new version; answered with {@link PreTrafficResult}. */
export interface PreTrafficCheck {
  readonly check: 'pre-traffic';
}
/** What a healthy version answers. */
export interface PreTrafficResult {
  readonly ok: true;
  readonly release: string;
}
