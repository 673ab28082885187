import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { expect, it } from 'vitest';
import { watchMassReads } from '../../../lib/conversation/mass-reads.ts';
import { alarmCalled, capability, plain } from '../../support/capability-app.ts';

interface Query {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Stat: string; readonly Period: number; readonly Metric: { readonly Namespace: string; readonly MetricName: string; readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[] } };
}

it('one item that a scan or a PartiQL statement returns of any table, within five minutes, wakes somebody', () => {
  const { template } = capability(({ stack, observability }) => {
    const table = (id: string): TableV2 => new TableV2(stack, id, { partitionKey: { name: 'pk', type: AttributeType.STRING } });
    watchMassReads(stack, { one: table('One'), two: table('Two') }, observability);
  });
  const { properties, registration } = alarmCalled(template, 'demo-mass-reads');
  expect(properties).toMatchObject({ Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
  expect(registration).toMatchObject({ severity: 'page', runbook: 'docs/runbook.md#mass-reads' });
  const queries = properties['Metrics'] as Query[];
  const measured = queries.filter(({ MetricStat }) => MetricStat);
  expect(measured.map(({ MetricStat: { Stat, Period, Metric } = {} as NonNullable<Query['MetricStat']> }) => [Metric.Namespace, Metric.MetricName, Stat, Period, ...Metric.Dimensions.map(({ Name, Value }) => `${Name}=${plain(Value)}`).toSorted()].join(' ')).toSorted()).toEqual(
    ['One', 'Two'].flatMap((table) => ['ExecuteStatement', 'Scan'].map((operation) => `AWS/DynamoDB ReturnedItemCount Sum 300 Operation=${operation} TableName=<${table}>`)).toSorted(),
  );
  // What is not reported counts as none, or one silent table would hide the others.
  expect(queries.find(({ Expression }) => Expression)?.Expression).toBe(`SUM([${measured.map(({ Id }) => `FILL(${Id}, 0)`).join(', ')}])`);
});
