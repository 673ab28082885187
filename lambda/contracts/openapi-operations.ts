import type { OperationId } from './routes.ts';

/** Name of a schema under `components/schemas`. */
export type SchemaName = 'CreateConversationRequest' | 'SendMessageRequest' | 'FeedbackRequest' | 'ResumeRequest' | 'RevealRequest' | 'Revealed' | 'ConversationCreated' | 'ConversationToken' | 'MessageResponse' | 'Transcript' | 'Reply' | 'PendingReply' | 'Source' | 'TranscriptTurn' | 'Problem';

/** A header of a response, by the name under `components/headers`. */
export type HeaderName = 'Conversation-Token' | 'Retry-After' | 'WWW-Authenticate';

/** A status that means success. */
export interface Success {
  readonly description: string;
  /** Schema by media type; `text` where the body is no JSON. @default - no body */
  readonly content?: Readonly<Record<string, SchemaName | 'text'>>;
  readonly headers?: readonly HeaderName[];
}

/** What the description says of an operation beyond its route. */
export interface OperationDetails {
  readonly description: string;
  /** Schema of the JSON body; `optional` when it may be left out. @default - no body */
  readonly body?: { readonly schema: SchemaName; readonly optional?: true };
  /** Query parameters. @default - none */
  readonly query?: readonly { readonly name: string; readonly description: string; readonly schema: object }[];
  readonly success: Readonly<Record<number, Success>>;
  /** Statuses of its own problems, beside those that every route can answer with. @default - none */
  readonly problems?: readonly number[];
}

/** Problems that any route can answer with: the firewall, the throttles, and what is broken behind. */
export const COMMON_PROBLEMS = [403, 404, 429, 500, 503] as const;

/** What each problem status means to a client. */
export const PROBLEM_MEANINGS: Readonly<Record<number, { readonly description: string; readonly headers?: readonly HeaderName[] }>> = {
  400: { description: 'The request is not valid; `errors` names each field and the rule that it broke.' },
  401: { description: 'No token where one is needed, or one that is wrong or has expired.', headers: ['WWW-Authenticate'] },
  403: { description: 'Refused by a protection rule, or not allowed with this token.' },
  404: { description: 'No such route; or the conversation does not exist, has expired, or belongs to somebody else.' },
  409: { description: 'A message of this conversation is being answered (`Retry-After` says when to come back), or the conversation is closed.', headers: ['Retry-After'] },
  413: { description: 'The body or the message is too long.' },
  415: { description: 'The body is not declared as `application/json`.' },
  422: { description: 'The Idempotency-Key was used for another body.' },
  429: { description: 'Over a limit. The firewall sends this problem as `application/json`.', headers: ['Retry-After'] },
  500: { description: 'Something went wrong here; repeating the request with the same Idempotency-Key is safe.' },
  503: { description: 'Overloaded, or a part is not available; nothing was acknowledged.', headers: ['Retry-After'] },
};

const STREAM = [
  'With `Accept: text/event-stream` the same answer comes as server-sent events: `turn` (accepted: `messageId`, `turn`), `delta` (`text` to append), `pending` (nothing yet, still working),',
  'and at last either `reply` (the whole MessageResponse) or `error` (a Problem; its `retryAfterSeconds` stands for the header Retry-After). The data of each event is JSON.',
].join(' ');

/** Details of every operation. */
export const OPERATION_DETAILS: Readonly<Record<OperationId, OperationDetails>> = {
  createConversation: {
    description: 'Opens a conversation for an anonymous visitor, or for a signed-in customer when a token is sent. Show `disclosure` to the user before anything else: it says that this is an AI. Keep `resumeToken` as long as the conversation is to be continued: it is given only here.',
    body: { schema: 'CreateConversationRequest', optional: true },
    success: { 201: { description: 'The conversation, and the token that it is continued with.', content: { 'application/json': 'ConversationCreated' } } },
    problems: [400, 401, 413, 415],
  },
  sendMessage: {
    description: `Sends a message and answers with the reply, or within two seconds with 202 and a reply of kind \`pending\`; then ask for the conversation with \`after\`. A message that is repeated with its key is answered once. ${STREAM}`,
    body: { schema: 'SendMessageRequest' },
    success: {
      200: { description: 'The reply.', content: { 'application/json': 'MessageResponse', 'text/event-stream': 'text' }, headers: ['Conversation-Token'] },
      202: { description: 'Still working: the reply has the kind `pending`.', content: { 'application/json': 'MessageResponse' }, headers: ['Conversation-Token'] },
    },
    problems: [400, 401, 409, 413, 415, 422],
  },
  getConversation: {
    description: 'The transcript and the state. Staff whose role allows it may read it too, with pseudonyms such as `[email-k7q2mx]` in the place of personal data and secrets.',
    query: [{ name: 'after', description: 'Only turns after this one.', schema: { type: 'integer', minimum: 0 } }],
    success: { 200: { description: 'The transcript.', content: { 'application/json': 'Transcript' } } },
    problems: [400, 401],
  },
  resumeConversation: {
    description: [
      'Gives a new conversation token to whoever shows the `resumeToken` that came with the conversation, until the conversation expires. For a client whose token has expired; send no `Authorization`, because an expired token is refused here too.',
      'An unknown or expired conversation and a wrong resume token get the same 404.',
    ].join(' '),
    body: { schema: 'ResumeRequest' },
    success: { 200: { description: 'A new token. The resume token stays valid.', content: { 'application/json': 'ConversationToken' } } },
    problems: [400, 401, 413, 415],
  },
  giveFeedback: {
    description: 'Rates the conversation, or the reply to one message.',
    body: { schema: 'FeedbackRequest' },
    success: { 204: { description: 'Taken.' } },
    problems: [400, 401, 413, 415],
  },
  revealPseudonym: {
    description: 'Gives staff whose role allows it the value behind a pseudonym of the transcript. The attempt is recorded before it is answered: who, which pseudonym, why and when. An unknown conversation and an unknown pseudonym get the same 404.',
    body: { schema: 'RevealRequest' },
    success: { 200: { description: 'The value.', content: { 'application/json': 'Revealed' } } },
    problems: [400, 401, 413, 415],
  },
  getHealth: {
    description: 'Answers while the API serves requests. Says nothing about the inside.',
    success: { 200: { description: 'Alive.' } },
  },
  getChatPage: {
    description: 'The chat page.',
    success: { 200: { description: 'The page.', content: { 'text/html': 'text' } } },
  },
  getPageFile: {
    description: 'Scripts and styles of the chat page, and the script that embeds the chat in another site.',
    success: { 200: { description: 'The file, in its own media type.', content: { 'text/javascript': 'text', 'text/css': 'text' } } },
  },
};
