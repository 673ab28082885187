import type { ToolSpec, ToolUse } from '../answer/ports.ts';
import type { SubjectId } from '../conversation/types.ts';
import type { Passage } from '../knowledge/types.ts';

/** Rights of a conversation: whose data a tool may read for it. They come from the store, never from what a model wrote. */
export interface ConversationRights {
  readonly subject: SubjectId;
  /** The subject signed in with the platform's own issuer; an anonymous visitor has no data to read. */
  readonly identified: boolean;
}

/** What a tool gave. */
export interface ToolResult {
  /** Text for the model: data, or why there is none. */
  readonly result: string;
  /** Whether something was called in fact. */
  readonly called: boolean;
  /** What a reply may rest on and cite; absent when there is nothing. */
  readonly evidence?: Passage;
  /** It was looked up, and the subject has no such thing; absent when it was found, refused, or could not be looked up. */
  readonly nothing?: true;
}

/** The tools of one turn, bound to the rights of its conversation. */
export interface Toolbox {
  /** Tools that this conversation may use; a model is told of no other. */
  readonly specs: readonly ToolSpec[];
  /** Uses a tool if it is listed, its input fits its schema and the rights allow it. Never throws. */
  use(use: ToolUse, signal: AbortSignal): Promise<ToolResult>;
}
