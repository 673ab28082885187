const CONVERSATION_ID = /^[\w-]{1,64}$/;

/** Whether a text may be the id of a conversation: `createConversation` gives UUIDs. */
export function isConversationId(text: string): boolean {
  return CONVERSATION_ID.test(text);
}
