import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { BreachWatch } from '../../../lib/audit/index.ts';
import { alarmCalled, capability, only, plain, propertiesOf, sentence, statementsOf, tagsOf } from '../../support/capability-app.ts';
import type { Properties } from '../../support/capability-app.ts';

const { template } = capability(({ stack, key, observability }) => {
  const tables = [new TableV2(stack, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING } })];
  return new BreachWatch(stack, 'Watch', { prefix: 'demo', keys: [new Key(stack, 'Subjects')], tables, deniedKeyCalls: 7, auditKey: key, logRetentionDays: 90, deadLetters: new Queue(stack, 'Dead'), owner: 'support-lead', observability });
});
const RULES = ['<WatchBulkCopies.Arn>', '<WatchDeniedKeys.Arn>'];
const rules = [...propertiesOf(template, 'AWS::Events::Rule').values()];
const ruleCalled = (name: string): Properties => rules.find(({ Name }) => Name === name) as Properties;

describe('the rules', () => {
  it('hear reads among the management events where they have to, on the default bus', () => {
    expect(rules).toHaveLength(2);
    expect(ruleCalled('demo-bulk-copies')).toMatchObject({ State: 'ENABLED' });
    expect(ruleCalled('demo-denied-keys')).toMatchObject({ State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' });
    for (const rule of rules) expect(rule).not.toHaveProperty('EventBusName');
  });

  it('look for the given keys and tables', () => {
    const texts = (name: string): string => JSON.stringify(ruleCalled(name)['EventPattern'], (_, value: unknown) => (typeof value === 'object' && value !== null && Object.keys(value).some((key) => /^(Ref|Fn::)/.test(key)) ? plain(value) : value));
    expect(texts('demo-denied-keys')).toContain('{"wildcard":"*<Subjects.Arn>*"}');
    expect(texts('demo-bulk-copies')).toContain('"tableName":["<Table>","<Table.Arn>"]');
  });

  it('write to the log group, and what it does not take to the dead letters', () => {
    for (const { Targets } of rules) {
      const told = (Targets as { Arn: unknown; DeadLetterConfig: Properties }[]).map(({ Arn, DeadLetterConfig }) => [plain(Arn), plain(DeadLetterConfig['Arn'])]);
      expect(told).toEqual([['arn:<AWS::Partition>:logs:eu-central-1:111122223333:log-group:<WatchLog>', '<Dead.Arn>']]);
    }
    const statements = statementsOf(only(template, 'AWS::SQS::QueuePolicy')['PolicyDocument']);
    expect(statements.map(sentence)).toEqual([`sqs:SendMessage on <Dead.Arn> if ArnEquals aws:SourceArn = ${RULES.toReversed().join(' | ')}`]);
  });
});

describe('the log group', () => {
  it('is encrypted, masked, declared as audit, and expires', () => {
    const group = only(template, 'AWS::Logs::LogGroup');
    expect([group['LogGroupName'], plain(group['KmsKeyId']), group['RetentionInDays']]).toEqual(['/aws/events/demo-breach-watch', '<Key.Arn>', 90]);
    expect(JSON.stringify(group['DataProtectionPolicy'])).toContain('Deidentify');
    expect(tagsOf(group)).toEqual({ 'data-class': 'audit', purpose: 'signs of a breach', 'legal-basis': 'legitimate interest', 'retention-days': '90', 'data-owner': 'support-lead' });
  });

  it('takes events of these two rules only', () => {
    const policy = only(template, 'AWS::Logs::ResourcePolicy');
    const statements = statementsOf(JSON.parse(plain(policy['PolicyDocument'])) as unknown);
    expect(statements.map(sentence)).toEqual([`logs:CreateLogStream logs:PutLogEvents on <WatchLog.Arn> if ArnEquals aws:SourceArn = ${RULES.toReversed().join(' | ')}`]);
    expect(statements.map(({ Principal }) => Principal)).toEqual([{ Service: 'events.amazonaws.com' }]);
  });
});

describe('the alarms', () => {
  it.each([
    ['denied-keys', 'denied-keys', 7],
    ['bulk-copies', 'mass-reads', 1],
  ])('%s pages by the matches of its rule', (name, chapter, threshold) => {
    const { properties, registration } = alarmCalled(template, `demo-${name}`);
    expect(properties).toMatchObject({ Namespace: 'AWS/Events', MetricName: 'TriggeredRules', Statistic: 'Sum', Period: 300, Threshold: threshold, ComparisonOperator: 'GreaterThanOrEqualToThreshold', EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
    const [dimension] = properties['Dimensions'] as Properties[];
    expect([dimension?.['Name'], plain(dimension?.['Value'])]).toEqual(['RuleName', `<Watch${name === 'denied-keys' ? 'DeniedKeys' : 'BulkCopies'}>`]);
    expect(registration).toMatchObject({ severity: 'page', runbook: `docs/runbook.md#${chapter}` });
  });
});
