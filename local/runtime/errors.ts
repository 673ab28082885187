import type { ErrorPayload } from './protocol.ts';

/** The function ran and failed, or could not start: what Lambda calls a function error. */
export class FunctionError extends Error {
  /** Class of the error, e.g. `TypeError` or `Runtime.ExitError`. */
  readonly errorType: string;
  /** As Lambda describes it to its caller. */
  readonly payload: ErrorPayload;

  constructor(payload: ErrorPayload) {
    super(payload.errorMessage);
    this.name = 'FunctionError';
    this.errorType = payload.errorType;
    this.payload = payload;
  }
}

/** Lambda did not run the function: it has no concurrency left. */
export class TooManyRequests extends Error {
  constructor(functionName: string, limit: number) {
    super(`Rate Exceeded: ${functionName} already has ${limit} invocations.`);
    this.name = 'TooManyRequestsException';
  }
}
