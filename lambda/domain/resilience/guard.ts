import type { Bulkhead } from './bulkhead.ts';
import type { CircuitBreaker } from './breaker.ts';
import { OVER } from './over.ts';

/** Makes a call to a dependency, or refuses to. */
export type Guard = <T>(call: () => Promise<T>) => Promise<T>;

/** What a {@link Guard} is made of. */
export interface GuardOptions {
  readonly breaker: CircuitBreaker;
  readonly bulkhead: Bulkhead;
  /** Milliseconds for the whole call, whatever it does inside (attempts, pages, repeats). */
  readonly limitMilliseconds: number;
  /** Resolves after so many milliseconds, or at once when the signal aborts. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Whether an error is the dependency's fault. An answer that refuses (a condition, a validation) is none. */
  readonly isFault: (error: unknown) => boolean;
  /** The domain's error for a call that was not made, or not waited for. @param why a sentence */
  readonly refusal: (why: string) => Error;
}

/**
 * Bounds every call to one dependency: refused at once when the breaker is open or the bulkhead full, given up at its time limit. A call
 * that was given up counts as failed, and goes on unseen until its own time-outs end it.
 */
export function guard({ breaker, bulkhead, limitMilliseconds, wait, isFault, refusal }: GuardOptions): Guard {
  return async <T>(call: () => Promise<T>): Promise<T> => {
    const leave = bulkhead.enter();
    if (leave === undefined) throw refusal('as many calls as allowed are under way');
    const permit = breaker.acquire();
    if (permit === undefined) {
      leave();
      throw refusal('it failed too often just now, and is left alone for some seconds');
    }
    const timer = new AbortController();
    const running = begin(call);
    running.then(leave, leave);
    try {
      const late = wait(limitMilliseconds, timer.signal).then(() => LATE);
      const first = await Promise.race([running, late]);
      if (first === LATE) {
        permit.failed();
        throw refusal(`it gave no answer within ${limitMilliseconds} ms`);
      }
      permit.succeeded();
      return first as T;
    } catch (error) {
      // What answers with a refusal is alive. After the time limit this is the second word, and not heard.
      if (isFault(error)) permit.failed();
      else permit.succeeded();
      throw error;
    } finally {
      timer.abort(OVER);
    }
  };
}

/** Lets every call pass: for adapters that are used without a guard. */
export const unguarded: Guard = (call) => call();

const LATE = Symbol('late');

/** Starts a call; one that throws at once becomes a rejection. */
async function begin<T>(call: () => Promise<T>): Promise<T> {
  return call();
}
