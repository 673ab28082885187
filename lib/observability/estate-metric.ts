import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricProps } from 'aws-cdk-lib/aws-cloudwatch';
import { metricNamespace } from '../../lambda/contracts/metrics.ts';
import type { MetricName } from '../../lambda/contracts/metrics.ts';

/** How a metric of ours is read. */
export type EstateMetricProps = Omit<MetricProps, 'namespace' | 'metricName'>;

/**
 * A metric that our functions publish, of one estate: functions get the same namespace in their environment (`ServiceFunction`).
 * @param prefix `naming.prefix` of the estate
 * @param metricName one of `METRICS`
 */
export function estateMetric(prefix: string, metricName: MetricName, props: EstateMetricProps): Metric {
  return new Metric({ namespace: metricNamespace(prefix), metricName, ...props });
}
