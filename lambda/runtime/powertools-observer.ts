import { createLogger, type LoggerOptions } from './logger.ts';
import { createMetrics } from './metrics.ts';
import type { Observer } from './observe.ts';

/** Options of {@link powertoolsObserver}. */
export interface ObserverOptions extends LoggerOptions {
  /** Namespace of the estate's metrics, e.g. `Chatbot/shop-prod`. */
  readonly metricNamespace: string;
}

/** Log lines and metric values by Powertools. */
export function powertoolsObserver(options: ObserverOptions): Observer {
  return { ...createLogger(options), metric: createMetrics(options.metricNamespace) };
}
