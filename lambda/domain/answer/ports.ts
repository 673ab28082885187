import type { Exchange } from '../conversation/types.ts';
import type { Hit } from '../knowledge/types.ts';

/** A tool that a model may ask for. What it asks is checked again before anything is called. */
export interface ToolSpec {
  /** 1-64 letters, digits, `_` or `-`. */
  readonly name: string;
  /** What it does and when to use it, for the model. */
  readonly description: string;
  /** JSON Schema of its input, an object. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

/** A model's wish to use a tool: text from outside, nothing of it checked. */
export interface ToolUse {
  readonly id: string;
  readonly name: string;
  /** JSON, as the model wrote it; may be broken. */
  readonly input: string;
}

/** A tool's use with what it gave. */
export interface ToolRound {
  readonly use: ToolUse;
  readonly result: string;
}

/** A question put to a model. */
export interface ModelRequest {
  readonly question: string;
  readonly history: readonly Exchange[];
  /** Passages that the reply must rest on. */
  readonly passages: readonly Hit[];
  readonly locale: string;
  /** Tools that the model may ask for. @default - none */
  readonly tools?: readonly ToolSpec[];
  /** What tools have given for this question so far, in order. @default - nothing */
  readonly rounds?: readonly ToolRound[];
  /** Aborted when the turn's budget is used up. */
  readonly signal: AbortSignal;
}

/** A prompt as data: an adapter only translates it to its API. Roles alternate, beginning and ending with `user`. */
export interface ModelPrompt {
  readonly system: string;
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
}

/** Why a model stopped. `tool`: it waits for what it asked for. */
export type StopKind = 'complete' | 'length' | 'guardrail' | 'tool';

/** Piece of a model's stream: text as it comes, tools that it asks for, then once what it used. */
export type ModelChunk =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool'; readonly use: ToolUse }
  | { readonly type: 'end'; readonly inputTokens: number; readonly outputTokens: number; readonly stopReason: StopKind };

/** A language model behind a port. What it returns is text to be checked, never an instruction. */
export interface Model {
  /** Id stored with each reply. */
  readonly id: string;
  readonly promptVersion: string;
  /** Longest reply of one call, in tokens. */
  readonly maxTokens: number;
  /** Price of what was used, in millionths of a USD. */
  price(inputTokens: number, outputTokens: number): number;
  /** @throws ModelUnavailable when it does not answer in time, throttles or refuses. */
  stream(request: ModelRequest): AsyncIterable<ModelChunk>;
}
