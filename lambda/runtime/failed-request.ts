import { DIMENSIONS, METRICS } from '../contracts/metrics.ts';
import type { FunctionContext } from './http/event.ts';
import type { MetricSample } from './observe.ts';

/** Lowest status that says that the fault is ours. */
const SERVER_ERROR = 500;

/** Whether an answer of that status is a failure of ours; a fault of the caller (4xx) is none. */
export function isFailure(status: number): boolean {
  return status >= SERVER_ERROR;
}

/**
 * The metric value of one request that failed on our side. Lambda counts only calls that throw or time out, and a request's handler
 * answers instead of throwing: without this value an alarm on a version could not see that the version is broken.
 */
export function failedRequest({ functionVersion }: Pick<FunctionContext, 'functionVersion'>): MetricSample {
  return { name: METRICS.failedRequests, unit: 'Count', value: 1, dimensions: { [DIMENSIONS.functionVersion]: functionVersion } };
}
