import { describe, expect, it } from 'vitest';
import { Firewall } from '../../../config/schema/api.ts';
import { ALARM_METADATA } from '../../../lib/observability/index.ts';
import { propertiesOf, synthesizeApi } from './api-app.ts';
import type { Properties } from './api-app.ts';

const { template } = synthesizeApi({ firewall: Firewall.parse({ enabled: true, requestsPerAddress: 700 }) });
const alarms = [...propertiesOf(template, 'AWS::CloudWatch::Alarm').values()];
const alarm = (name: string): Properties => alarms.find((properties) => properties['AlarmName'] === `demo-${name}`) as Properties;

describe('alarms of the API', () => {
  it('page for errors; slowness and blocks wait', () => {
    const registered = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map((resource) => (resource['Metadata'] as Record<string, { name: string; severity: string }>)[ALARM_METADATA]);
    expect(registered.map((registration) => [registration?.name, registration?.severity])).toEqual([
      ['api-errors', 'page'],
      ['api-slow', 'ticket'],
      ['firewall-blocked', 'ticket'],
    ]);
  });

  it('watch the share of 5xx of this API and stage', () => {
    expect(alarm('api-errors')).toMatchObject({ Threshold: 2, EvaluationPeriods: 3, TreatMissingData: 'notBreaching' });
    const metrics = alarm('api-errors')['Metrics'] as readonly { MetricStat?: { Metric: object } }[];
    expect(metrics.flatMap(({ MetricStat: stat }) => (stat ? [stat.Metric] : []))).toEqual(
      ['5XXError', 'Count'].map((MetricName) => ({ Namespace: 'AWS/ApiGateway', MetricName, Dimensions: [{ Name: 'ApiName', Value: 'demo' }, { Name: 'Stage', Value: 'live' }] })),
    );
  });

  it('allow a whole response of any route five times the promise of the first words, and say no more than that', () => {
    expect(alarm('api-slow')['Dimensions']).toEqual([{ Name: 'ApiName', Value: 'demo' }, { Name: 'Stage', Value: 'live' }]);
    expect(alarm('api-slow')['AlarmDescription']).toMatch(/^One request in a hundred takes very long until its last byte/);
    expect(alarm('api-slow')).toMatchObject({ Threshold: 10_000, ExtendedStatistic: 'p99', MetricName: 'Latency', Namespace: 'AWS/ApiGateway' });
  });

  it('notice as many blocks as one address may send requests', () => {
    expect(alarm('firewall-blocked')).toMatchObject({ Threshold: 700, MetricName: 'BlockedRequests', Dimensions: [{ Name: 'Region', Value: { Ref: 'AWS::Region' } }, { Name: 'Rule', Value: 'ALL' }, { Name: 'WebACL', Value: 'demo' }] });
  });

  it('leave a web ACL that was brought to its owner', () => {
    const brought = synthesizeApi({ webAclArn: 'arn:aws:wafv2:eu-central-1:111111111111:regional/webacl/shared/00000000-0000-0000-0000-000000000000' }).template;
    expect([...propertiesOf(brought, 'AWS::CloudWatch::Alarm').values()].map((properties) => properties['AlarmName'])).toEqual(['demo-api-errors', 'demo-api-slow']);
  });
});
