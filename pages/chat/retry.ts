import type { Failure } from './outcome.ts';

/** What to do about a call that failed. */
export type NextStep =
  /** Wait, then repeat it with the same key. */
  | { readonly do: 'wait'; readonly seconds: number }
  /** Repeat it as soon as there is a network again. */
  | { readonly do: 'wait-online' }
  /** Repeat it when the visitor says so. */
  | { readonly do: 'ask' }
  /** Repeating would not help: give the text back. */
  | { readonly do: 'give-back' }
  /** The conversation is over: give the text back and offer a new one. */
  | { readonly do: 'end' };

/** Seconds before the one automatic repeat when the server named none. */
const DEFAULT_WAIT_SECONDS = 5;
/** Seconds before the repeat after a connection broke: long enough for a phone to change networks. */
const NETWORK_WAIT_SECONDS = 2;
/** Repeats while the server says that a turn is still running. With `Retry-After: 1` that is longer than any lease of a turn. */
const MAX_RUNNING_REPEATS = 60;

/**
 * Decides what follows on a failure.
 * @param repeats How often this call has been repeated without being asked.
 */
export function nextStep(failure: Failure, repeats: number, online: boolean): NextStep {
  if (failure.kind === 'network') {
    if (!online) return { do: 'wait-online' };
    return repeats === 0 ? { do: 'wait', seconds: NETWORK_WAIT_SECONDS } : { do: 'ask' };
  }
  const { status, retryAfterSeconds } = failure;
  if (status === 401 || status === 404 || status === 410) return { do: 'end' };
  if (status === 409) {
    if (retryAfterSeconds === undefined) return { do: 'end' };
    return repeats < MAX_RUNNING_REPEATS ? { do: 'wait', seconds: retryAfterSeconds } : { do: 'ask' };
  }
  if (status === 429 || status >= 500) return repeats === 0 ? { do: 'wait', seconds: retryAfterSeconds ?? DEFAULT_WAIT_SECONDS } : { do: 'ask' };
  return { do: 'give-back' };
}

/** Longest wait that a `Retry-After` may ask for, in seconds. */
const MAX_RETRY_AFTER_SECONDS = 3_600;

/** Reads `Retry-After` (RFC 9110, 10.2.3): whole seconds or a date. Undefined when it is absent or says nothing usable. At least 1 second. */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now) / 1000);
  return boundedWait(seconds);
}

/** Seconds to wait as a server named them: at least 1. Undefined when they are none. */
export function boundedWait(seconds: unknown): number | undefined {
  return typeof seconds === 'number' && Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), MAX_RETRY_AFTER_SECONDS) : undefined;
}

/** Milliseconds to wait before the n-th poll (from 0) of a turn that takes long: 1 s, growing by half, 10 s at most. */
export function pollDelay(attempt: number): number {
  return Math.min(10_000, Math.round(1_000 * 1.5 ** Math.min(attempt, 20)));
}
