/** Place of a sealed text, authenticated with it: a text moved to another turn or conversation does not open. */
export function turnPlace(conversationId: string, turn: number, field: 'text' | 'reply'): string {
  return `${conversationId}/${turn}/${field}`;
}

/** Place of a conversation's sealed window. */
export function windowPlace(conversationId: string): string {
  return `${conversationId}/head/window`;
}

/** Place of a sealed comment. */
export function commentPlace(conversationId: string, feedbackId: string): string {
  return `${conversationId}/feedback/${feedbackId}`;
}
