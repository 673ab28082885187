import { OVER } from '../resilience/over.ts';
import type { TurnDependencies } from './types.ts';

/**
 * What a piece of work gives, or undefined when it has not ended by a time; it goes on all the same, and what it throws later is nobody's.
 * @param until epoch milliseconds
 * @throws what the work throws in time
 */
export async function inTime<T>({ now, wait }: Pick<TurnDependencies, 'now' | 'wait'>, until: number, work: Promise<T>): Promise<T | undefined> {
  const timer = new AbortController();
  work.catch(() => {});
  const late = wait(Math.max(0, until - now()), timer.signal).then(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort(OVER);
  }
}
