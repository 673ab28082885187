import type { JsonObject } from './types.ts';

/** An error that goes to the client in the shape of its service's protocol. */
export class AwsError extends Error {
  /** Error name, e.g. `ConditionalCheckFailedException`. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  /** Further members of the answer, e.g. `CancellationReasons`. */
  readonly fields: JsonObject;

  constructor(code: string, message: string, options: { status?: number; fields?: JsonObject } = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = options.status ?? 400;
    this.fields = options.fields ?? {};
  }
}

/** A member of the request has the wrong JSON type. */
export const serializationError = (message: string): AwsError => new AwsError('SerializationException', message);

/** A member of the request breaks a rule. */
export const validationError = (message: string): AwsError => new AwsError('ValidationException', message);

/** The operation is real, but not emulated here. */
export const unknownOperation = (service: string, operation: string): AwsError =>
  new AwsError(
    'UnknownOperationException',
    `The loop-back endpoint does not emulate ${service}:${operation}. Set AWS_ENDPOINT_URL to an emulator that does, or use a real account.`,
  );

/** Narrows an unknown thrown value to its message. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
