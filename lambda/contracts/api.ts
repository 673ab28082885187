import * as z from 'zod/mini';
import { REPLY_KINDS } from './events.ts';
import { CONVERSATION_STATES, TURN_STATUSES } from './states.ts';
import { MAX_COMMENT_CHARACTERS, MAX_REASON_CHARACTERS, MAX_RESUME_TOKEN_CHARACTERS, MIN_REASON_CHARACTERS } from './limits.ts';

/** Body of `POST /v1/conversations`. All optional; an empty body is fine. */
export const CreateConversationRequest = z.strictObject({
  locale: z.optional(z.string().check(z.maxLength(35), z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 language tag such as "en" or "de-CH"'))),
  channel: z.optional(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be 1-32 lower-case letters, digits or hyphens'))),
  /** Marks a conversation of a scenario or a check: kept out of metrics and datasets, gone within a day. */
  synthetic: z.optional(z.boolean()),
});

/** Body of `POST /v1/conversations/{id}/messages`. Its length limit is configured, and checked by the handler (413). */
export const SendMessageRequest = z.strictObject({
  text: z.string().check(z.minLength(1)),
});

/** Body of `POST /v1/conversations/{id}/feedback`. */
export const FeedbackRequest = z.strictObject({
  rating: z.int().check(z.minimum(1), z.maximum(5)),
  resolved: z.optional(z.boolean()),
  comment: z.optional(z.string().check(z.maxLength(MAX_COMMENT_CHARACTERS))),
  messageId: z.optional(z.string().check(z.maxLength(64))),
});

/** 201 of `POST /v1/conversations`. `resumeToken` is given here and never again; the client keeps it until `expiresAt`. */
export const ConversationCreated = z.strictObject({
  conversationId: z.string(),
  token: z.string(),
  resumeToken: z.string(),
  disclosure: z.string(),
  expiresAt: z.iso.datetime(),
});

/** Body of `POST /v1/conversations/{id}/token`. */
export const ResumeRequest = z.strictObject({
  resumeToken: z.string().check(z.minLength(1), z.maxLength(MAX_RESUME_TOKEN_CHARACTERS)),
});

/** 200 of `POST /v1/conversations/{id}/token`. `expiresAt` is, as everywhere, when the conversation may no longer be read. */
export const ConversationToken = z.strictObject({
  token: z.string(),
  expiresAt: z.iso.datetime(),
});

/** Body of `POST /v1/conversations/{id}/reveals`. */
export const RevealRequest = z.strictObject({
  pseudonym: z.string().check(z.maxLength(40), z.regex(/^\[[a-z]+(-[a-z]+)?-[a-z2-7]{6}\]$/, 'must be a pseudonym as the transcript shows it, such as "[email-k7q2mx]"')),
  /** Why the value is needed. It is kept, redacted, as long as the conversation. */
  reason: z.string().check(z.minLength(MIN_REASON_CHARACTERS), z.maxLength(MAX_REASON_CHARACTERS)),
});

/** 200 of `POST /v1/conversations/{id}/reveals`. */
export const Revealed = z.strictObject({ pseudonym: z.string(), kind: z.string(), value: z.string() });

/** An article that a reply rests on. */
export const Source = z.strictObject({ id: z.string(), title: z.string(), section: z.optional(z.string()), date: z.string() });

/** A finished reply. */
export const Reply = z.strictObject({ kind: z.enum(REPLY_KINDS), text: z.string(), sources: z.array(Source) });

/** What a turn that is not finished shows instead of a reply. */
export const PendingReply = z.strictObject({ kind: z.literal('pending') });

/** 200 or 202 of `POST …/messages`, and the data of the stream's `reply` event. */
export const MessageResponse = z.strictObject({
  messageId: z.string(),
  turn: z.int(),
  reply: z.union([Reply, PendingReply]),
  state: z.enum(CONVERSATION_STATES),
});

/** A turn of a transcript. */
export const TranscriptTurn = z.strictObject({
  turn: z.int(),
  messageId: z.string(),
  at: z.iso.datetime(),
  status: z.enum(TURN_STATUSES),
  text: z.string(),
  reply: z.optional(Reply),
});

/** 200 of `GET /v1/conversations/{id}`. */
export const Transcript = z.strictObject({
  conversationId: z.string(),
  state: z.enum(CONVERSATION_STATES),
  locale: z.string(),
  disclosure: z.string(),
  expiresAt: z.iso.datetime(),
  turns: z.array(TranscriptTurn),
});

/** Error body, RFC 9457. */
export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(z.strictObject({ field: z.string(), rule: z.string() }))),
  /** What `Retry-After` says elsewhere, in seconds: only in the `error` event of a stream, whose headers have left. */
  retryAfterSeconds: z.optional(z.int()),
});

export type CreateConversationRequest = z.infer<typeof CreateConversationRequest>;
export type SendMessageRequest = z.infer<typeof SendMessageRequest>;
export type FeedbackRequest = z.infer<typeof FeedbackRequest>;
export type ConversationCreated = z.infer<typeof ConversationCreated>;
export type ResumeRequest = z.infer<typeof ResumeRequest>;
export type ConversationToken = z.infer<typeof ConversationToken>;
export type RevealRequest = z.infer<typeof RevealRequest>;
export type Revealed = z.infer<typeof Revealed>;
export type Source = z.infer<typeof Source>;
export type Reply = z.infer<typeof Reply>;
export type MessageResponse = z.infer<typeof MessageResponse>;
export type TranscriptTurn = z.infer<typeof TranscriptTurn>;
export type Transcript = z.infer<typeof Transcript>;
export type Problem = z.infer<typeof Problem>;

/**
 * Events of the stream that `POST …/messages` answers with when the client accepts `text/event-stream`:
 * `turn` (accepted), `delta` (text that passed the gate), `pending` (nothing yet, still working), `reply` (the whole
 * {@link MessageResponse}; the last event), `error` (a {@link Problem}, with `retryAfterSeconds` where a header `Retry-After` would have been; the last event).
 */
export type StreamEvent =
  | { readonly event: 'turn'; readonly data: { readonly messageId: string; readonly turn: number } }
  | { readonly event: 'delta'; readonly data: { readonly text: string } }
  | { readonly event: 'pending'; readonly data: { readonly messageId: string; readonly turn: number } }
  | { readonly event: 'reply'; readonly data: MessageResponse }
  | { readonly event: 'error'; readonly data: Problem };

/** Response header that carries the renewed conversation token. */
export const TOKEN_HEADER = 'Conversation-Token';
