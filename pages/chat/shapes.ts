import type { ConversationCreated, ConversationToken, MessageResponse, Problem, Reply, StreamEvent, Transcript } from '../../lambda/contracts/api.ts';
import type { SseMessage } from './sse.ts';

/** Fields of a JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether this is a JSON object. */
export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parses JSON; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A new conversation. A release before this one gave no resume token. */
export type OpenedConversation = Omit<ConversationCreated, 'resumeToken'> & { readonly resumeToken?: string };

/** Whether this is the 201 body of a new conversation. Without a disclosure to show it is none. */
export const isConversationCreated = (value: unknown): value is OpenedConversation =>
  isFields(value) &&
  typeof value['conversationId'] === 'string' &&
  typeof value['token'] === 'string' &&
  typeof value['disclosure'] === 'string' &&
  value['disclosure'] !== '' &&
  (value['resumeToken'] === undefined || typeof value['resumeToken'] === 'string');

/** Whether this is a token that a resume token was exchanged for. */
export const isConversationToken = (value: unknown): value is ConversationToken => isFields(value) && typeof value['token'] === 'string';

/** Whether this is a problem (RFC 9457) with a status. */
export const isProblem = (value: unknown): value is Problem => isFields(value) && typeof value['title'] === 'string' && typeof value['status'] === 'number';

/** Whether this is a finished reply. A kind that this page does not know yet is shown like an answer. */
export const isReply = (value: unknown): value is Reply =>
  isFields(value) && value['kind'] !== 'pending' && typeof value['text'] === 'string' && Array.isArray(value['sources']);

const isPendingReply = (value: unknown): boolean => isFields(value) && value['kind'] === 'pending';

/** Whether this is the answer to a message: a reply, or `pending`. */
export const isMessageResponse = (value: unknown): value is MessageResponse =>
  isFields(value) && typeof value['turn'] === 'number' && typeof value['messageId'] === 'string' && (isReply(value['reply']) || isPendingReply(value['reply']));

const isTurn = (value: unknown): boolean =>
  isFields(value) &&
  typeof value['turn'] === 'number' &&
  typeof value['text'] === 'string' &&
  typeof value['status'] === 'string' &&
  (value['reply'] === undefined || isReply(value['reply']));

/** Whether this is a transcript. */
export const isTranscript = (value: unknown): value is Transcript =>
  isFields(value) && typeof value['disclosure'] === 'string' && Array.isArray(value['turns']) && value['turns'].every(isTurn);

/** A message of the stream as one of the API's events; undefined for an event that this page does not know, or whose data is broken. */
export function toStreamEvent(message: SseMessage): StreamEvent | undefined {
  const data = parseJson(message.data);
  if (!isFields(data)) return undefined;
  switch (message.event) {
    case 'turn':
    case 'pending': {
      const { messageId, turn } = data;
      return typeof messageId === 'string' && typeof turn === 'number' ? { event: message.event, data: { messageId, turn } } : undefined;
    }
    case 'delta':
      return typeof data['text'] === 'string' ? { event: 'delta', data: { text: data['text'] } } : undefined;
    case 'reply':
      return isMessageResponse(data) ? { event: 'reply', data } : undefined;
    case 'error':
      return isProblem(data) ? { event: 'error', data } : undefined;
    default:
      return undefined;
  }
}
