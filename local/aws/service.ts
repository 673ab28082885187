import type { JsonObject } from './types.ts';

/** What an operation may learn about its caller, and what it reports. */
export interface Call {
  /** Notes that a policy must allow `action` on `resource` for this call. */
  needs(action: string, resource: string): void;
  /** Access key id of the caller. */
  readonly accessKeyId: string;
  /** Aborted when the client goes away, so that a long poll does not take messages for nobody. */
  readonly signal: AbortSignal;
}

/** One API operation: the parsed request in, the answer's members out. @throws AwsError */
export type Operation = (input: JsonObject, call: Call) => unknown;

/** An emulated service. */
export interface Service {
  /** Operations by API name. */
  readonly operations: ReadonlyMap<string, Operation>;
}

/** Persists one mutation and applies it to the service's state. */
export type Commit = (record: unknown) => void;
