import type { Decided } from './extractive.ts';
import type { Model } from './ports.ts';

/** What a call used. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicroUsd: number;
}

/** What a turn is answered with, and what that used. */
export interface Outcome extends Usage {
  readonly decided: Decided;
  /** Model id, or `extractive`. */
  readonly model: string;
  /** The model was asked and its reply could not be used. */
  readonly modelFailed: boolean;
  readonly promptVersion: string;
}

/** Name stored as the model of a reply that none wrote. */
export const EXTRACTIVE = 'extractive';

/** Usage of no call. */
export const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, costMicroUsd: 0 };

/** Outcome of a turn that no model was asked for, or whose model failed. @param usage what calls used nevertheless */
export function withoutModel(decided: Decided, modelFailed: boolean, usage: Usage = NO_USAGE): Outcome {
  return { decided, model: EXTRACTIVE, modelFailed, promptVersion: '', ...usage };
}

/**
 * Usage to book for calls that were cut short and never said what they used: their worst case, which is never too low.
 * All of its tokens are booked as input: which of them were output is not known.
 * @param calls how many were made @default 1
 */
export function unknownUsage({ worstCase }: Pick<Model, 'worstCase'>, calls = 1): Usage {
  return { inputTokens: worstCase.tokens * calls, outputTokens: 0, costMicroUsd: worstCase.microUsd * calls };
}

/** Sum of two usages. */
export function addUsage(one: Usage, other: Usage): Usage {
  return { inputTokens: one.inputTokens + other.inputTokens, outputTokens: one.outputTokens + other.outputTokens, costMicroUsd: one.costMicroUsd + other.costMicroUsd };
}
