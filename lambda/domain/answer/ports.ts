import type { Exchange } from '../conversation/types.ts';
import type { Hit } from '../knowledge/types.ts';

/** A question put to a model. */
export interface ModelRequest {
  readonly question: string;
  readonly history: readonly Exchange[];
  /** Passages that the reply must rest on. */
  readonly passages: readonly Hit[];
  readonly locale: string;
  /** Aborted when the turn's budget is used up. */
  readonly signal: AbortSignal;
}

/** Piece of a model's stream: text as it comes, then once what it used. */
export type ModelChunk =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'end'; readonly inputTokens: number; readonly outputTokens: number; readonly stopReason: 'complete' | 'length' | 'guardrail' };

/** A language model behind a port. What it returns is text to be checked, never an instruction. */
export interface Model {
  /** Id stored with each reply. */
  readonly id: string;
  readonly promptVersion: string;
  /** Worst case of one call, for the claim's reservation. */
  readonly worstCase: { readonly tokens: number; readonly microUsd: number };
  /** Price of what was used, in millionths of a USD. */
  price(inputTokens: number, outputTokens: number): number;
  /** @throws ModelUnavailable when it does not answer in time, throttles or refuses. */
  stream(request: ModelRequest): AsyncIterable<ModelChunk>;
}
