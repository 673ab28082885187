import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { describe, expect, it } from 'vitest';
import { Delivery } from '../../../config/schema/operations.ts';
import { DeliveryPipeline, GradualDeployment } from '../../../lib/delivery/index.ts';
import { ServiceFunction } from '../../../lib/runtime/index.ts';
import { alarmCalled, capability, grantsOf, list, only, plain, propertiesOf, sentence, statementsOf } from '../../support/capability-app.ts';
import type { Properties } from '../../support/capability-app.ts';

const FUNCTIONS = ['chat', 'pages'] as const;

/** Two functions behind one pipeline. */
const deploy = (delivery: unknown) =>
  capability(({ stack, runtime, observability }) => {
    const pipeline = new DeliveryPipeline(stack, 'Delivery', { prefix: 'demo', delivery: Delivery.parse(delivery), runtime });
    for (const name of FUNCTIONS) {
      const of = new ServiceFunction(stack, name, { runtime, name, description: name, size: { memoryMegabytes: 128, timeoutSeconds: 5 } });
      new GradualDeployment(stack, `${name}Delivery`, { pipeline, observability, of, name, userImpact: 'Nothing works.', slowMilliseconds: 900 });
    }
  });

const canary = deploy({ enabled: true, strategy: { kind: 'canary', percent: 10, minutes: 15 } });
const { template } = canary;
const groups = [...propertiesOf(template, 'AWS::CodeDeploy::DeploymentGroup').values()];

describe('a function behind a pipeline', () => {
  it('serves by the alias `live` of its current version', () => {
    const aliases = [...propertiesOf(template, 'AWS::Lambda::Alias').values()];
    expect(aliases.map(({ Name }) => Name)).toEqual(['live', 'live']);
    expect(aliases.map(({ FunctionVersion }) => plain(FunctionVersion))).toEqual(['<chatFunctionCurrentVersion.Version>', '<pagesFunctionCurrentVersion.Version>']);
  });

  it('has a deployment group of its own name, which a failure, a stop or an alarm turns back', () => {
    expect(groups.map(({ DeploymentGroupName }) => DeploymentGroupName)).toEqual(['demo-chat', 'demo-pages']);
    for (const group of groups) {
      expect(group['AutoRollbackConfiguration']).toEqual({ Enabled: true, Events: expect.arrayContaining(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM']) });
      expect(group['DeploymentStyle']).toEqual({ DeploymentOption: 'WITH_TRAFFIC_CONTROL', DeploymentType: 'BLUE_GREEN' });
    }
  });

  it('is taken back by exactly three alarms of its own, all of them on the new version', () => {
    const watched = groups.map((group) => group['AlarmConfiguration'] as { Alarms: { Name: unknown }[]; Enabled: boolean });
    expect(watched.map(({ Enabled }) => Enabled)).toEqual([true, true]);
    expect(watched.map(({ Alarms }) => Alarms.map(({ Name }) => plain(Name)))).toEqual(FUNCTIONS.map((name) => [`<${name}DeliveryErrorsAlarm>`, `<${name}DeliveryBrokenAlarm>`, `<${name}DeliveryDurationAlarm>`]));
    for (const kind of ['errors', 'broken', 'slow']) expect(JSON.stringify(alarmCalled(template, `demo-chat-${kind}`).properties)).toContain('"ExecutedVersion"');
  });

  it('changes traffic by CodeDeploy, after the check', () => {
    for (const alias of Object.values(template.findResources('AWS::Lambda::Alias'))) {
      const update = (alias['UpdatePolicy'] as { CodeDeployLambdaAliasUpdate: Properties }).CodeDeployLambdaAliasUpdate;
      expect(plain(update['BeforeAllowTrafficHook'])).toBe('<DeliveryPreTrafficCheckFunction>');
      expect(plain(update['ApplicationName'])).toBe('<DeliveryApplication>');
    }
  });

  it('is deployed only when CodeDeploy and the check may do what they have to', () => {
    const policyOf = (start: string): string => [...propertiesOf(template, 'AWS::IAM::ManagedPolicy').keys()].find((id) => id.startsWith(start)) ?? 'none';
    for (const alias of Object.values(template.findResources('AWS::Lambda::Alias'))) expect(alias['DependsOn']).toContain(policyOf('DeliveryPreTrafficCheckPolicy'));
    for (const group of Object.values(template.findResources('AWS::CodeDeploy::DeploymentGroup'))) expect(list(group['DependsOn'])).toContain(policyOf('DeliveryPolicy'));
  });
});

describe('alarms of a version', () => {
  const dimensionsOf = (metric: Properties): string[] => (metric['Dimensions'] as { Name: string; Value: unknown }[]).map(({ Name, Value }) => `${Name}=${plain(Value)}`).toSorted();
  const expressionOf = (name: string, of = template): string | undefined => (alarmCalled(of, name).properties['Metrics'] as { Expression?: string }[]).find(({ Expression }) => Expression)?.Expression;
  const ofTheNewVersion = ['ExecutedVersion=<chatFunctionCurrentVersion.Version>', 'FunctionName=<chatFunction>', 'Resource=<chatFunction>:live'];

  it('watch the share of errors of the new version alone', () => {
    const { properties } = alarmCalled(template, 'demo-chat-errors');
    const metrics = properties['Metrics'] as { Expression?: string; MetricStat?: { Metric: Properties; Stat: string; Period: number } }[];
    expect(expressionOf('demo-chat-errors')).toBe('100 * errors / MAX([errors, invocations])');
    const measured = metrics.flatMap(({ MetricStat }) => MetricStat ?? []);
    expect(measured.map(({ Metric }) => Metric['MetricName'])).toEqual(['Errors', 'Invocations']);
    for (const { Metric, Stat, Period } of measured) expect({ dimensions: dimensionsOf(Metric), Stat, Period }).toEqual({ dimensions: ofTheNewVersion, Stat: 'Sum', Period: 60 });
    expect(properties).toMatchObject({ Threshold: 2, EvaluationPeriods: 2, TreatMissingData: 'notBreaching' });
  });

  it('see within one minute that it is broken altogether', () => {
    expect(expressionOf('demo-chat-broken')).toBe('IF(errors >= 5, 100 * errors / MAX([errors, invocations]), 0)');
    expect(alarmCalled(template, 'demo-chat-broken').properties).toMatchObject({ Threshold: 25, EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
  });

  it('watch the duration of the new version alone', () => {
    const { properties } = alarmCalled(template, 'demo-chat-slow');
    expect(properties).toMatchObject({ MetricName: 'Duration', ExtendedStatistic: 'p99', Threshold: 900 });
    expect(dimensionsOf(properties)).toEqual(ofTheNewVersion);
  });

  it('leave throttles to an alarm on the alias: a call that was turned away ran no version', () => {
    const { properties } = alarmCalled(template, 'demo-chat-throttles');
    expect(properties).toMatchObject({ MetricName: 'Throttles', Statistic: 'Sum', Threshold: 5, EvaluationPeriods: 2 });
    expect(dimensionsOf(properties)).toEqual(['FunctionName=<chatFunction>', 'Resource=<chatFunction>:live']);
  });

  it('add what a function counts as failed by itself', () => {
    const failing = capability(({ stack, runtime, observability }) => {
      const pipeline = new DeliveryPipeline(stack, 'Delivery', { prefix: 'demo', delivery: Delivery.parse({ enabled: true }), runtime });
      const of = new ServiceFunction(stack, 'chat', { runtime, name: 'chat', description: 'chat', size: { memoryMegabytes: 128, timeoutSeconds: 5 } });
      const failureMetric = (version: string): Metric => new Metric({ namespace: 'Demo', metricName: 'Failed', statistic: 'Sum', period: Duration.minutes(1), dimensionsMap: { Version: version } });
      new GradualDeployment(stack, 'chatDelivery', { pipeline, observability, of, name: 'chat', userImpact: 'Nothing works.', slowMilliseconds: 900, failureMetric });
    }).template;
    expect(expressionOf('demo-chat-errors', failing)).toBe('100 * SUM([errors, failed]) / MAX([errors, invocations, failed])');
    expect(expressionOf('demo-chat-broken', failing)).toBe('IF(SUM([errors, failed]) >= 5, 100 * SUM([errors, failed]) / MAX([errors, invocations, failed]), 0)');
    const metrics = alarmCalled(failing, 'demo-chat-errors').properties['Metrics'] as { Id: string; MetricStat?: { Metric: Properties } }[];
    const failed = metrics.find(({ Id }) => Id === 'failed')?.MetricStat?.Metric as Properties;
    expect([failed['MetricName'], dimensionsOf(failed)]).toEqual(['Failed', ['Version=<chatFunctionCurrentVersion.Version>']]);
  });

  it('share chapters of the runbook', () => {
    const chapters = ['errors', 'broken', 'throttles', 'slow'].map((kind) => alarmCalled(template, `demo-pages-${kind}`).registration['runbook']);
    expect(chapters).toEqual(['docs/runbook.md#errors-of-a-version', 'docs/runbook.md#errors-of-a-version', 'docs/runbook.md#throttles-of-a-function', 'docs/runbook.md#slow-version']);
  });
});

describe('rights', () => {
  it('of the check: its own deployments, and exactly the versions that they bring', () => {
    const group = 'arn:<AWS::Partition>:codedeploy:eu-central-1:111122223333:deploymentgroup:demo/';
    expect(grantsOf(template, 'demo-pre-traffic')).toEqual([
      `codedeploy:GetDeployment codedeploy:PutLifecycleEventHookExecutionStatus on ${group}<chatFunction> ${group}<pagesFunction>`,
      'lambda:InvokeFunction on <chatFunctionCurrentVersion> <pagesFunctionCurrentVersion>',
    ]);
  });

  it('of CodeDeploy: these aliases, the check and their alarms', () => {
    const policy = [...propertiesOf(template, 'AWS::IAM::ManagedPolicy')].find(([id]) => id.startsWith('DeliveryPolicy'))?.[1];
    const fn = 'arn:<AWS::Partition>:lambda:eu-central-1:111122223333:function:';
    const alarms = FUNCTIONS.flatMap((name) => ['Errors', 'Broken', 'Duration'].map((kind) => `<${name}Delivery${kind}Alarm.Arn>`));
    expect(statementsOf(policy?.['PolicyDocument']).map(sentence)).toEqual([
      'lambda:GetAlias lambda:UpdateAlias on <chatFunction.Arn> <pagesFunction.Arn>',
      `lambda:GetProvisionedConcurrencyConfig on ${fn}<chatFunction>:live ${fn}<pagesFunction>:live`,
      'lambda:InvokeFunction on <DeliveryPreTrafficCheckFunction.Arn>',
      `cloudwatch:DescribeAlarms on ${alarms.join(' ')}`,
    ]);
  });

  it('of CodeDeploy come from no AWS managed policy, and serve this account only', () => {
    const role = [...propertiesOf(template, 'AWS::IAM::Role')].find(([id]) => id.startsWith('DeliveryRole'))?.[1];
    expect(role).not.toHaveProperty('ManagedPolicyArns');
    expect(role).not.toHaveProperty('Policies');
    const [trust] = statementsOf(role?.['AssumeRolePolicyDocument']);
    expect(trust).toMatchObject({ Principal: { Service: 'codedeploy.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } });
  });
});

describe('how traffic shifts', () => {
  it('a canary: a share first, then the rest', () => {
    expect(only(template, 'AWS::CodeDeploy::DeploymentConfig')).toEqual({
      ComputePlatform: 'Lambda',
      DeploymentConfigName: 'demo-canary-10-percent-15-minutes',
      TrafficRoutingConfig: { Type: 'TimeBasedCanary', TimeBasedCanary: { CanaryPercentage: 10, CanaryInterval: 15 } },
    });
  });

  it('linear: the same share at each step', () => {
    const linear = deploy({ enabled: true, strategy: { kind: 'linear', percent: 20, minutes: 5 } });
    expect(only(linear.template, 'AWS::CodeDeploy::DeploymentConfig')).toMatchObject({
      DeploymentConfigName: 'demo-linear-20-percent-5-minutes',
      TrafficRoutingConfig: { Type: 'TimeBasedLinear', TimeBasedLinear: { LinearPercentage: 20, LinearInterval: 5 } },
    });
  });
});

describe('gradual deployment that is switched off', () => {
  const off = deploy({ enabled: false, reason: 'Nobody but the team uses this environment.' }).template;

  it('leaves the alias and its alarms', () => {
    expect(propertiesOf(off, 'AWS::Lambda::Alias').size).toBe(2);
    expect(propertiesOf(off, 'AWS::CloudWatch::Alarm').size).toBe(8);
    for (const alias of Object.values(off.findResources('AWS::Lambda::Alias'))) expect(alias).not.toHaveProperty('UpdatePolicy');
  });

  it('makes nothing that has no use then: group, application, check, role', () => {
    for (const type of ['AWS::CodeDeploy::DeploymentGroup', 'AWS::CodeDeploy::Application', 'AWS::CodeDeploy::DeploymentConfig']) expect([type, propertiesOf(off, type).size]).toEqual([type, 0]);
    expect([...propertiesOf(off, 'AWS::Lambda::Function').values()].map(({ FunctionName }) => FunctionName)).toEqual(['demo-chat', 'demo-pages']);
    expect(propertiesOf(off, 'AWS::IAM::Role').size).toBe(2);
  });
});
