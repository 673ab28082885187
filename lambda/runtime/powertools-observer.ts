import { createLogger, type LoggerOptions } from './logger.ts';
import { createMetrics } from './metrics.ts';
import type { Observer } from './observe.ts';

/** Log lines and metric values by Powertools. */
export function powertoolsObserver(options: LoggerOptions): Observer {
  return { ...createLogger(options), metric: createMetrics() };
}
