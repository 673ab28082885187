import { describe, expect, it } from 'vitest';
import { Firewall } from '../../../config/schema/api.ts';
import { GATEWAY_PROBLEMS } from '../../../lib/api/gateway-problems.ts';
import { ACCESS_LOG_FORMAT } from '../../../lib/api/logs.ts';
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
      ['refused-tokens', 'ticket'],
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

  it('count the tokens that were refused out of the access log, under the name that the log has for it', () => {
    const [filter] = propertiesOf(template, 'AWS::Logs::MetricFilter').values();
    const [[accessLog]] = Object.entries(template.findResources('AWS::Logs::LogGroup', { Properties: { LogGroupName: '/aws/apigateway/demo' } })) as [[string, unknown]];
    expect(filter).toMatchObject({ FilterPattern: '{ $.errorType = "ACCESS_DENIED" }', LogGroupName: { Ref: accessLog }, MetricTransformations: [{ MetricNamespace: 'Chatbot/demo', MetricName: 'RefusedTokens', MetricValue: '1' }] });
    expect(JSON.parse(ACCESS_LOG_FORMAT.toString())).toMatchObject({ errorType: '$context.error.responseType' });
    expect(GATEWAY_PROBLEMS.ACCESS_DENIED.problem.status).toBe(401);
    expect(alarm('refused-tokens')).toMatchObject({ Namespace: 'Chatbot/demo', MetricName: 'RefusedTokens', Statistic: 'Sum', Period: 300, Threshold: 150, EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
  });

  it('leave a web ACL that was brought to its owner', () => {
    const brought = synthesizeApi({ webAclArn: 'arn:aws:wafv2:eu-central-1:111111111111:regional/webacl/shared/00000000-0000-0000-0000-000000000000' }).template;
    expect([...propertiesOf(brought, 'AWS::CloudWatch::Alarm').values()].map((properties) => properties['AlarmName'])).toEqual(['demo-api-errors', 'demo-api-slow', 'demo-refused-tokens']);
  });
});
