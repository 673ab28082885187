import { AwsError } from '../errors.ts';
import { isObject, optionalObjects, optionalString } from '../fields.ts';
import type { JsonObject } from '../types.ts';

/** A Converse request as the injected model gets it. */
export interface ConverseRequest {
  /** Model id, inference profile or ARN. */
  readonly modelId: string;
  /** The request's body, as the SDK sent it: messages, system, inferenceConfig, guardrailConfig, … */
  readonly body: JsonObject;
  /** Whether the answer is streamed. */
  readonly streaming: boolean;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/** A tool that the model asks for. */
export interface ToolUseAnswer {
  readonly toolUseId: string;
  readonly name: string;
  readonly input: JsonObject;
}

/** A whole answer. */
export interface ConverseAnswer {
  readonly text: string;
  /** @default - it asks for no tool */
  readonly toolUses?: readonly ToolUseAnswer[];
  /** @default 'tool_use' with tools, otherwise 'end_turn' */
  readonly stopReason?: string;
  /** @default - a quarter of the characters, rounded up */
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
}

/**
 * The model behind Bedrock on this machine: a whole answer, or pieces of text. An error that it throws goes to the
 * client under its `name` when Bedrock has an error of that name, otherwise as InternalServerException.
 */
export type Converse = (request: ConverseRequest) => Promise<ConverseAnswer> | AsyncIterable<string>;

/** HTTP status of each error that Converse documents. */
const STATUS: ReadonlyMap<string, number> = new Map([
  ['AccessDeniedException', 403],
  ['InternalServerException', 500],
  ['ModelErrorException', 424],
  ['ModelNotReadyException', 429],
  ['ModelTimeoutException', 408],
  ['ResourceNotFoundException', 404],
  ['ServiceUnavailableException', 503],
  ['ThrottlingException', 429],
  ['ValidationException', 400],
]);

/** Characters of one token, roughly; only for usage figures that the model does not give. */
const CHARACTERS_PER_TOKEN = 4;

/** The answer when no model was injected: a real account without access to a model says the same. */
export const noModel: Converse = () =>
  Promise.reject(new AwsError('AccessDeniedException', 'There is no model on this machine: the loop-back endpoint was started without one.', { status: 403 }));

/** Any error of the model as the error that Bedrock would give. */
export function modelError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const name = error instanceof Error && STATUS.has(error.name) ? error.name : 'InternalServerException';
  const message = error instanceof Error ? error.message : String(error);
  return new AwsError(name, message, { status: STATUS.get(name) ?? 500 });
}

/** Checks what Bedrock checks before it calls a model. @throws ValidationException (400) */
export function assertConverse(body: JsonObject): void {
  const messages = optionalObjects(body, 'messages') ?? [];
  for (const message of messages) {
    const role = optionalString(message, 'role');
    if (role !== 'user' && role !== 'assistant') throw new AwsError('ValidationException', `A message's role must be user or assistant, not ${role}.`);
  }
  const first = messages[0];
  if (!first) throw new AwsError('ValidationException', 'A conversation must have at least one message.');
  if (first['role'] !== 'user') throw new AwsError('ValidationException', 'A conversation must start with a user message.');
  const blocks = messages.flatMap((message) => optionalObjects(message, 'content') ?? []);
  const tools = blocks.some((block) => block['toolUse'] !== undefined || block['toolResult'] !== undefined);
  if (tools && body['toolConfig'] === undefined) throw new AwsError('ValidationException', 'The toolConfig field must be defined when using toolUse and toolResult content blocks.');
}

/** `stopReason` of an answer. */
export function stopReasonOf(answer: ConverseAnswer | undefined): string {
  return answer?.stopReason ?? (answer?.toolUses === undefined ? 'end_turn' : 'tool_use');
}

/** Characters of all text in the request. */
function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + charactersIn(each), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce((sum, [name, each]) => sum + (name === 'text' && typeof each === 'string' ? each.length : charactersIn(each)), 0);
}

const tokens = (characters: number): number => Math.ceil(characters / CHARACTERS_PER_TOKEN);

/** `usage` of an answer. */
export function usageOf(body: JsonObject, text: string, usage?: ConverseAnswer['usage']): JsonObject {
  const inputTokens = usage?.inputTokens ?? tokens(charactersIn(body['messages']) + charactersIn(body['system']));
  const outputTokens = usage?.outputTokens ?? tokens(text.length);
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
}
