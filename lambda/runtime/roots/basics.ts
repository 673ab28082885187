import { setTimeout as delay } from 'node:timers/promises';
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
export async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}
