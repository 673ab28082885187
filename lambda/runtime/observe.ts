/**
 * What a log line may carry beside its message. Identifiers, figures and outcomes: a text of a user, a header or an event has no
 * field here, so it cannot be logged by accident.
 */
export interface LogFields {
  readonly conversationId?: string;
  /** Member of staff, as the user pool names them: who read what. */
  readonly staffId?: string;
  readonly turn?: number;
  readonly operation?: string;
  readonly status?: number;
  readonly milliseconds?: number;
  readonly outcome?: string;
  readonly eventId?: string;
  readonly eventType?: string;
  readonly messageId?: string;
  readonly secret?: string;
  readonly deploymentId?: string;
  readonly target?: string;
  readonly step?: string;
  readonly count?: number;
  /** A finished record of the domain that holds no text (one interaction, one sweep). */
  readonly record?: Readonly<Record<string, string | number | boolean>>;
}

/** Unit of a metric value. */
export type MetricUnit = 'Count' | 'Milliseconds' | 'None';

/** One value of a metric. */
export interface MetricSample {
  /** One of `METRICS` (contracts). */
  readonly name: string;
  readonly unit: MetricUnit;
  readonly value: number;
  /** @default - none */
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** Where a function's log lines and metric values go. Neither throws nor waits for the network. */
export interface Observer {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields, error?: unknown): void;
  error(message: string, error: unknown, fields?: LogFields): void;
  metric(sample: MetricSample): void;
}

/** An observer that is loaded on first use: start-up does not pay for it. */
export type LazyObserver = () => Promise<Observer>;

/** An error without what it may quote: its name, its own message, its stack, and the names of its causes. */
export function describeError(error: unknown): { readonly name: string; readonly message: string; readonly stack?: string; readonly causes?: readonly string[] } {
  if (!(error instanceof Error)) return { name: typeof error, message: 'Something that is no error was thrown.' };
  const causes: string[] = [];
  for (let cause = error.cause; cause !== undefined && causes.length < 5; cause = cause instanceof Error ? cause.cause : undefined) {
    causes.push(cause instanceof Error ? cause.name : typeof cause);
  }
  return { name: error.name, message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }), ...(causes.length === 0 ? {} : { causes }) };
}
