import { ENV } from '../../contracts/env.ts';
import { optional, required, type Variables } from '../environment.ts';
import type { LazyObserver } from '../observe.ts';
import { once } from '../once.ts';

/** What every function has. */
export interface Basics {
  /** Version of this release. */
  readonly release: string;
  readonly observe: LazyObserver;
}

/** Release and observer of a function; Powertools is loaded on first use. @param service name of its bundle */
export function basics(service: string, variables: Variables): Basics {
  const release = required(variables, ENV.release);
  const metricNamespace = required(variables, ENV.metricNamespace);
  const functionName = optional(variables, 'AWS_LAMBDA_FUNCTION_NAME') ?? service;
  return { release, observe: once(async () => (await import('../powertools-observer.ts')).powertoolsObserver({ service, release, functionName, metricNamespace })) };
}

/** Epoch milliseconds. */
export const now = (): number => Date.now();

/** Waits so many milliseconds; an abort ends the wait without an error. */
export function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    // Not the one of node:timers/promises: nearly every wait of a turn is called off, and there that makes two errors with their stacks.
    const timer = setTimeout(end, milliseconds);
    if (signal?.aborted === true) end();
    else signal?.addEventListener('abort', end);
  });
}
