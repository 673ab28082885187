import { Logger } from '@aws-lambda-powertools/logger';
import { describeError, type LogFields } from './observe.ts';
import { redacted } from './redacted.ts';

/** Options of {@link createLogger}. */
export interface LoggerOptions {
  /** Name of the function's bundle, e.g. `chat`. */
  readonly service: string;
  readonly release: string;
  /** Name of the deployed function. */
  readonly functionName: string;
}

/** Structured log lines (Powertools). */
export interface StructuredLogger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields, error?: unknown): void;
  error(message: string, error: unknown, fields?: LogFields): void;
}

/**
 * A logger whose lines carry service, release and function, and nothing that {@link LogFields} does not name. Every string is redacted
 * on its way out: an error's message may quote what somebody wrote.
 */
export function createLogger(options: LoggerOptions): StructuredLogger {
  const logger = new Logger({ serviceName: options.service, persistentKeys: { release: options.release, function: options.functionName } });
  return {
    info: (message, fields = {}) => logger.info(redacted(message), redacted({ ...fields })),
    warn: (message, fields = {}, error) => logger.warn(redacted(message), redacted({ ...fields, ...(error === undefined ? {} : { failure: describeError(error) }) })),
    error: (message, error, fields = {}) => logger.error(redacted(message), redacted({ ...fields, failure: describeError(error) })),
  };
}
