import { CALLS_BEFORE_CONTENT, CLOSING_MILLISECONDS, FIRST_CONTENT_MILLISECONDS, longestCall, LONGEST_START_MILLISECONDS } from '../../contracts/budgets.ts';
import type { ProxyEvent } from '../../runtime/http/event.ts';

/** When a message arrived, and until when it must be dealt with; epoch milliseconds. */
export interface Times {
  readonly receivedAt: number;
  readonly deadline: number;
}

/** When API Gateway took the request: what came before the handler ran counts too. */
export function arrival({ requestContext }: Pick<ProxyEvent, 'requestContext'>, now: number): number {
  const taken = requestContext.requestTimeEpoch;
  return taken === undefined || taken > now || taken < now - LONGEST_START_MILLISECONDS ? now : taken;
}

/**
 * Whether a message has come too late to be answered: its two seconds are over before anything was done, or the function has less time
 * left than a turn may need to be claimed and closed. It is then refused before anything is claimed, which costs nothing and is honest.
 */
export function isTooLate({ receivedAt, deadline }: Times, now: number): boolean {
  return now - receivedAt >= FIRST_CONTENT_MILLISECONDS || deadline - now < CALLS_BEFORE_CONTENT * longestCall('interactive') + CLOSING_MILLISECONDS;
}
