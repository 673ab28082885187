import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { MetricSample } from './observe.ts';

const UNITS = { Count: MetricUnit.Count, Milliseconds: MetricUnit.Milliseconds, None: MetricUnit.NoUnit } as const;

/**
 * Metric values in CloudWatch's embedded metric format (Powertools): one log line a value. Exactly the sample's dimensions
 * are used: alarms and dashboard name no service, and each further combination is a metric to pay for.
 * @param namespace namespace of the estate's metrics
 */
export function createMetrics(namespace: string): (sample: MetricSample) => void {
  return ({ name, unit, value, dimensions = {} }) => {
    const metrics = new Metrics({ namespace });
    metrics.clearDefaultDimensions();
    // An empty set is written too (`[[]]`): the format asks for one set at least.
    metrics.addDimensions({ ...dimensions });
    metrics.addMetric(name, UNITS[unit], value);
    metrics.publishStoredMetrics();
  };
}
