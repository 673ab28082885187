/** Who may call a route. `anyone`: token optional, but a wrong one is refused. */
export type Caller = 'public' | 'anyone' | 'conversation' | 'conversation-or-staff' | 'staff';

/** A route of the HTTP API: the one table behind the gateway, the router and the OpenAPI file. */
export interface Route {
  readonly operationId: string;
  readonly method: 'GET' | 'POST';
  /** Path as API Gateway writes it. */
  readonly path: string;
  readonly caller: Caller;
  /** Function that serves it. */
  readonly servedBy: 'chat' | 'pages';
  /** Header that must be there; the gateway and the handler both check it. */
  readonly requiredHeader?: 'Idempotency-Key';
  readonly summary: string;
}

/** Every route, in the order in which the documentation shows them. */
export const ROUTES = [
  { operationId: 'createConversation', method: 'POST', path: '/v1/conversations', caller: 'anyone', servedBy: 'chat', summary: 'Open a conversation' },
  { operationId: 'sendMessage', method: 'POST', path: '/v1/conversations/{id}/messages', caller: 'conversation', servedBy: 'chat', requiredHeader: 'Idempotency-Key', summary: 'Send a message and get the reply' },
  { operationId: 'getConversation', method: 'GET', path: '/v1/conversations/{id}', caller: 'conversation-or-staff', servedBy: 'chat', summary: 'Read the transcript and state' },
  { operationId: 'resumeConversation', method: 'POST', path: '/v1/conversations/{id}/token', caller: 'anyone', servedBy: 'chat', summary: 'Get a new conversation token for a resume token' },
  { operationId: 'giveFeedback', method: 'POST', path: '/v1/conversations/{id}/feedback', caller: 'conversation', servedBy: 'chat', summary: 'Rate a conversation or a reply' },
  { operationId: 'revealPseudonym', method: 'POST', path: '/v1/conversations/{id}/reveals', caller: 'staff', servedBy: 'chat', summary: 'Get the value behind a pseudonym' },
  { operationId: 'getHealth', method: 'GET', path: '/v1/health', caller: 'public', servedBy: 'chat', summary: 'Liveness' },
  { operationId: 'getChatPage', method: 'GET', path: '/', caller: 'public', servedBy: 'pages', summary: 'Chat page' },
  { operationId: 'getPageFile', method: 'GET', path: '/pages/{file}', caller: 'public', servedBy: 'pages', summary: 'Files of the chat page and the embeddable web component' },
] as const satisfies readonly Route[];

/** Names of the operations. */
export type OperationId = (typeof ROUTES)[number]['operationId'];

/** Roles of staff, as groups of the user pool. */
export const STAFF_ROLES = ['support-agent', 'supervisor', 'privacy', 'analyst'] as const;
/** A role of staff. */
export type StaffRole = (typeof STAFF_ROLES)[number];
/** Roles that may read a conversation's transcript. */
export const TRANSCRIPT_ROLES: readonly StaffRole[] = ['support-agent', 'supervisor', 'privacy'];
/** Roles that may ask for the value behind a pseudonym of a transcript. */
export const REVEAL_ROLES: readonly StaffRole[] = ['support-agent', 'supervisor', 'privacy'];
