/** Gives a text back to the composer, in front of what was typed since: nothing typed is lost. */
export function giveBack(draft: string, question: string): string {
  return draft.trim() === '' ? question : `${question}\n${draft}`;
}

/** What may be sent and what the counter says. */
export interface DraftCheck {
  /** Text may be sent: not blank, not over the limit. */
  readonly sendable: boolean;
  /** UTF-16 code units left; negative when over the limit. */
  readonly left: number;
  /** The counter is worth showing: a tenth of the limit is left. */
  readonly near: boolean;
}

/** Checks a draft against the limit of the API, which counts UTF-16 code units. */
export function checkDraft(text: string, limit: number): DraftCheck {
  const left = limit - text.length;
  return { sendable: text.trim() !== '' && left >= 0, left, near: left <= limit / 10 };
}
