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

/**
 * Finishes the turns of a batch. Any number of deliveries gives one reply; what failed or is busy comes again.
 * @throws Error when every turn of the batch failed (the event source sends one at a time): they come again as well, and Lambda counts
 * an error, which is what the alarms on a version see. A busy turn is none.
 */
export async function finishTurns(deps: WorkerDependencies, event: QueueEvent, context: FunctionContext): Promise<BatchResult> {
  const deadline = deadlineOf(context, deps.now());
  const outcomes = await Promise.all(event.Records.map(async (record) => ({ itemIdentifier: record.messageId, outcome: await finishOne(deps, record, deadline) })));
  // The log names each error; what is thrown here is logged by the runtime, which would quote causes.
  if (outcomes.length > 0 && outcomes.every(({ outcome }) => outcome === 'failed')) throw new Error(`No turn of ${outcomes.length} could be finished; the log names each error.`);
  return { batchItemFailures: outcomes.flatMap(({ itemIdentifier, outcome }) => (outcome === 'done' ? [] : [{ itemIdentifier }])) };
}

/** What became of one message. */
async function finishOne(deps: WorkerDependencies, { body, messageId, attributes }: QueueEvent['Records'][number], deadline: number): Promise<'done' | 'busy' | 'failed'> {
  const observer = await deps.observe();
  try {
    const message = parse(body);
    const started = deps.now();
    const outcome = await finishTurn(deps, message, { deadline, lastAttempt: Number(attributes.ApproximateReceiveCount) >= TURN_DELIVERIES });
    observer.info('turn finished', { operation: 'finishTurn', conversationId: message.conversationId, turn: message.turn, outcome, milliseconds: deps.now() - started });
    return outcome === 'busy' ? 'busy' : 'done';
  } catch (error) {
    observer.error('A pending turn could not be finished', error, { operation: 'finishTurn', messageId });
    return 'failed';
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
