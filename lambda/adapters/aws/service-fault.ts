import { isUnavailable, ModelUnavailable } from '../../domain/errors.ts';

/** Names of errors that say that nothing usable came, or not in time: the runtime's, and those of our endpoint adapter. */
const FAULTS: ReadonlySet<string> = new Set(['TimeoutError', 'AbortError', 'EndpointFailed', 'BrokenAnswer']);
/** Names under which services of AWS ask for fewer calls, with a status (400) that says nothing of it. */
const THROTTLES = /Throttl|TooManyRequests|LimitExceeded|ProvisionedThroughputExceeded|SlowDown/;

/**
 * Whether an error says that a service does not work, or wants fewer calls, so that a circuit breaker counts it. What it answered to
 * this call alone (a failed condition, a validation, a missing right, a key that is disabled) is no fault of it, nor is what failed on
 * our side, such as a record that cannot be read. Takes errors of the SDK, and the domain's with one of those as their cause.
 */
export function isServiceFault(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const ours = isUnavailable(error) || error instanceof ModelUnavailable;
  // Ours without a cause: a service that left things out until time was up.
  if (ours && cause === undefined) return true;
  const source: unknown = ours ? cause : error;
  if (!(source instanceof Error)) return false;
  if (FAULTS.has(source.name) || THROTTLES.test(source.name)) return true;
  const status = statusOf(source);
  // The SDK marks each error of a call; without a status nothing was answered.
  return status === 'none' || (typeof status === 'number' && (status >= 500 || status === 429));
}

/** HTTP status of an SDK's error; `none` when nothing was answered; undefined for an error that is not the SDK's. */
function statusOf(error: Error): number | 'none' | undefined {
  const metadata: unknown = Reflect.get(error, '$metadata');
  if (typeof metadata !== 'object' || metadata === null) return typeof Reflect.get(error, 'code') === 'string' ? 'none' : undefined;
  const status: unknown = Reflect.get(metadata, 'httpStatusCode');
  return typeof status === 'number' ? status : 'none';
}
