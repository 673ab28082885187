import { EXIT_MILLISECONDS } from '../contracts/budgets.ts';
import type { FunctionContext } from './http/event.ts';

/** When a function must have answered, epoch milliseconds. */
export function deadlineOf(context: Pick<FunctionContext, 'getRemainingTimeInMillis'>, now: number): number {
  return now + Math.max(0, context.getRemainingTimeInMillis() - EXIT_MILLISECONDS);
}
