/** States of a conversation. */
export const CONVERSATION_STATES = ['bot', 'waiting', 'human', 'closed'] as const;
/** State of a conversation. */
export type ConversationState = (typeof CONVERSATION_STATES)[number];
/** States of a stored turn. */
export const TURN_STATUSES = ['pending', 'answered', 'failed'] as const;
/** State of a stored turn. */
export type TurnStatus = (typeof TURN_STATUSES)[number];
