import type { FunctionContext } from './http/event.ts';

/** Milliseconds kept back from a function's time-out, for the answer to leave and the last log line to be written. */
const RESERVE_MILLISECONDS = 300;

/** When a function must have answered, epoch milliseconds. */
export function deadlineOf(context: Pick<FunctionContext, 'getRemainingTimeInMillis'>, now: number): number {
  return now + Math.max(0, context.getRemainingTimeInMillis() - RESERVE_MILLISECONDS);
}
