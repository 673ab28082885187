import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { ServiceAlarm } from '../observability/index.ts';
import type { Observability } from '../observability/index.ts';

/**
 * Operations that read a table without knowing whose items they are, and that DynamoDB counts returned items of (developer guide, metrics and
 * dimensions: ReturnedItemCount). `BatchExecuteStatement` is none: each of its statements has to name a whole key.
 */
const UNBOUND = ['Scan', 'ExecuteStatement'] as const;

/**
 * Wakes somebody when anybody reads a table as a whole. No function of the estate does: none may scan, or use PartiQL, so the first item is one too many.
 * @param tables by a name that starts with a small letter
 */
export function watchMassReads(scope: Construct, tables: Readonly<Record<string, ITable>>, observability: Observability): void {
  const period = Duration.minutes(5);
  const metrics = Object.fromEntries(
    Object.entries(tables).flatMap(([name, { tableName }]) =>
      UNBOUND.map((Operation) => [`${name}${Operation}`, new Metric({ namespace: 'AWS/DynamoDB', metricName: 'ReturnedItemCount', statistic: Stats.SUM, period, dimensionsMap: { TableName: tableName, Operation } })] as const),
    ),
  );
  new ServiceAlarm(scope, 'MassReads', {
    observability,
    name: 'mass-reads',
    severity: 'page',
    userImpact: 'None that they notice, but somebody is reading conversations or keys of many people at once.',
    metric: new MathExpression({ expression: `SUM([${Object.keys(metrics).map((name) => `FILL(${name}, 0)`).join(', ')}])`, usingMetrics: metrics, period, label: 'Items read by scans and PartiQL' }),
    threshold: 1,
    missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'DynamoDB reports these metrics only when somebody scans.' },
  });
}
