import type { TurnMessage } from '../../contracts/events.ts';
import { TURN_DELIVERIES } from '../../contracts/limits.ts';
import { finishTurn } from '../../domain/turn/finish-turn.ts';
import type { TurnDependencies } from '../../domain/turn/types.ts';
import { deadlineOf } from '../../runtime/deadline.ts';
import type { FunctionContext } from '../../runtime/http/event.ts';
import type { LazyObserver } from '../../runtime/observe.ts';

/** What Lambda sends for an SQS event source, as far as it is read here. */
export interface QueueEvent {
  readonly Records: readonly {
    readonly messageId: string;
    readonly body: string;
    readonly attributes: { readonly ApproximateReceiveCount: string };
  }[];
}

/** Messages that the queue shall deliver again. */
export interface BatchResult {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** What the worker needs. */
export interface WorkerDependencies extends TurnDependencies {
  readonly observe: LazyObserver;
}

/** Finishes the turns of a batch. Any number of deliveries gives one reply; what failed or is busy comes again. */
export async function finishTurns(deps: WorkerDependencies, event: QueueEvent, context: FunctionContext): Promise<BatchResult> {
  const deadline = deadlineOf(context, deps.now());
  const failed = await Promise.all(
    event.Records.map(async (record) => ((await finishOne(deps, record, deadline)) ? [] : [{ itemIdentifier: record.messageId }])),
  );
  return { batchItemFailures: failed.flat() };
}

/** Whether the message is done with. */
async function finishOne(deps: WorkerDependencies, { body, messageId, attributes }: QueueEvent['Records'][number], deadline: number): Promise<boolean> {
  const observer = await deps.observe();
  try {
    const message = parse(body);
    const started = deps.now();
    const outcome = await finishTurn(deps, message, { deadline, lastAttempt: Number(attributes.ApproximateReceiveCount) >= TURN_DELIVERIES });
    observer.info('turn finished', { operation: 'finishTurn', conversationId: message.conversationId, turn: message.turn, outcome, milliseconds: deps.now() - started });
    return outcome !== 'busy';
  } catch (error) {
    observer.error('A pending turn could not be finished', error, { operation: 'finishTurn', messageId });
    return false;
  }
}

/** @throws TypeError, SyntaxError for a message that none of our functions sent; after its deliveries it is put aside */
function parse(body: string): TurnMessage {
  const value: unknown = JSON.parse(body);
  if (!isTurnMessage(value)) throw new TypeError('The message names no turn.');
  return value;
}

const isTurnMessage = (value: unknown): value is TurnMessage =>
  typeof value === 'object' && value !== null && hasType(value, 'conversationId', 'string') && hasType(value, 'turn', 'number') && hasType(value, 'subject', 'string');
const hasType = (value: object, name: string, type: 'string' | 'number'): boolean => typeof Reflect.get(value, name) === type;
