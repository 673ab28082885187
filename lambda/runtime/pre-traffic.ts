import type { PreTrafficCheck, PreTrafficResult } from '../contracts/events.ts';

/** Whether an event is the pre-traffic check. API Gateway's events cannot be made to look like one: a client decides nothing at their top. */
export function isPreTrafficCheck(event: unknown): event is PreTrafficCheck {
  return typeof event === 'object' && event !== null && 'check' in event && event.check === 'pre-traffic' && !('httpMethod' in event) && !('Records' in event);
}

/** What a function is checked for before it gets traffic. */
export interface Readiness {
  readonly release: string;
  /**
   * Reaches what the function depends on as far as that changes nothing; what it leaves out stands where it is composed (`roots/`).
   * @throws when something cannot be reached
   */
  check(): Promise<unknown>;
}

/** Answers the pre-traffic check. @throws what the check throws, so that the invocation fails */
export async function answerCheck(readiness: Readiness): Promise<PreTrafficResult> {
  await readiness.check();
  return { ok: true, release: readiness.release };
}

/** A handler that answers the pre-traffic check as well. */
export function withPreTraffic<E, C, R>(readiness: Readiness, handler: (event: E, context: C) => Promise<R>): (event: E | PreTrafficCheck, context: C) => Promise<R | PreTrafficResult> {
  return (event, context) => (isPreTrafficCheck(event) ? answerCheck(readiness) : handler(event, context));
}
