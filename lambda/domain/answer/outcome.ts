import type { Decided } from './extractive.ts';
import type { Model, ModelRequest } from './ports.ts';
import { assemblePrompt, type PromptRequest } from './prompt.ts';
import { estimateTokens } from './token-budget.ts';

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
 * What calls of a request use at most: its own text, counted rather too high, and the longest reply. Reserved before a call, and booked for
 * one that was cut short and never said what it used.
 * @param calls how many are made @default 1
 */
export function mostUsed(model: Pick<Model, 'maxTokens' | 'price'>, request: PromptRequest & Pick<ModelRequest, 'tools' | 'rounds'>, calls = 1): Usage {
  const { system, messages } = assemblePrompt(request);
  const rounds = (request.rounds ?? []).map(({ use, result }) => `${use.name}${use.input}${result}`);
  const tools = request.tools === undefined ? [] : [JSON.stringify(request.tools)];
  const inputTokens = [system, ...messages.map(({ text }) => text), ...tools, ...rounds].reduce((sum, text) => sum + estimateTokens(text), 0);
  return { inputTokens: calls * inputTokens, outputTokens: calls * model.maxTokens, costMicroUsd: calls * model.price(inputTokens, model.maxTokens) };
}

/** Sum of two usages. */
export function addUsage(one: Usage, other: Usage): Usage {
  return { inputTokens: one.inputTokens + other.inputTokens, outputTokens: one.outputTokens + other.outputTokens, costMicroUsd: one.costMicroUsd + other.costMicroUsd };
}
