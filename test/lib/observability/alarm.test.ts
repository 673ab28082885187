import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { describe, expect, it } from 'vitest';
import { ServiceAlarm } from '../../../lib/observability/index.ts';
import type { ServiceAlarmProps } from '../../../lib/observability/index.ts';
import { alarmCalled, capability, list, plain } from '../../support/capability-app.ts';

const make = (props: Partial<ServiceAlarmProps> = {}) => {
  const { template } = capability(({ stack, observability }) =>
    new ServiceAlarm(stack, 'Alarm', {
      observability,
      name: 'queue-full',
      severity: 'page',
      userImpact: 'Answers do not come.',
      metric: new Metric({ namespace: 'Demo', metricName: 'Depth', period: Duration.minutes(5) }),
      threshold: 10,
      missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'an empty queue reports nothing.' },
      ...props,
    }),
  );
  return alarmCalled(template, 'demo-queue-full');
};

describe('an alarm', () => {
  it('tells the topic of its severity when it goes off and when it is over', () => {
    for (const [severity, topic] of [['page', '<Page>'], ['ticket', '<Ticket>']] as const) {
      const { properties } = make({ severity });
      expect(list(properties['AlarmActions']).map(plain)).toEqual([topic]);
      expect(list(properties['OKActions']).map(plain)).toEqual([topic]);
    }
  });

  it('says what the user feels, where to read on, and what no data means', () => {
    expect(make().properties['AlarmDescription']).toBe('Answers do not come. Runbook: docs/runbook.md#queue-full. No data: an empty queue reports nothing.');
  });

  it('registers the same, for whatever reads templates', () => {
    expect(make({ chapter: 'queues' }).registration).toEqual({ name: 'queue-full', severity: 'page', userImpact: 'Answers do not come.', runbook: 'docs/runbook.md#queues', missingData: 'an empty queue reports nothing.' });
  });

  it('goes off at its threshold in one period, unless told otherwise', () => {
    expect(make().properties).toMatchObject({ Threshold: 10, EvaluationPeriods: 1, Period: 300, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching' });
    expect(make({ periods: 3, comparison: ComparisonOperator.LESS_THAN_THRESHOLD, missingData: { treat: TreatMissingData.BREACHING, because: 'it always reports.' } }).properties).toMatchObject({
      EvaluationPeriods: 3,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });
});
