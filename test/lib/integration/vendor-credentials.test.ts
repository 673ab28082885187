import { RemovalPolicy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { VendorCredentials } from '../../../lib/integration/index.ts';
import type { VendorCredentialsProps } from '../../../lib/integration/index.ts';
import { alarmCalled, capability, functionCalled, grantsOf, only, plain, propertiesOf, sentence, statementsOf, tagsOf, variablesOf } from '../../support/capability-app.ts';
import type { Properties } from '../../support/capability-app.ts';

const make = (credentials: VendorCredentialsProps['credentials']) =>
  capability(({ stack, key, runtime, observability }) => new VendorCredentials(stack, 'Vendors', { prefix: 'demo', credentials, key, runtime, removal: RemovalPolicy.RETAIN, owner: 'support-lead', maxAgeDays: 90, observability }));

const { template, made } = make([{ name: 'crm', usedBy: 'customer profiles' }, { name: 'payments', usedBy: 'refunds' }]);

describe('credentials of vendors', () => {
  const secrets = [...propertiesOf(template, 'AWS::SecretsManager::Secret').values()];

  it('are made empty, under a customer key, with what they are for', () => {
    expect(secrets.map(({ Name, Description }) => [Name, Description])).toEqual([
      ['demo/vendor/crm', 'Credential for customer profiles; its value is put in by hand'],
      ['demo/vendor/payments', 'Credential for refunds; its value is put in by hand'],
    ]);
    for (const secret of secrets) {
      expect(secret).not.toHaveProperty('SecretString');
      expect(secret).not.toHaveProperty('GenerateSecretString');
      expect(plain(secret['KmsKeyId'])).toBe('<Key.Arn>');
      expect(tagsOf(secret)).toMatchObject({ purpose: 'vendor access', 'retention-days': '90' });
    }
    expect([...made.secrets.keys()]).toEqual(['crm', 'payments']);
  });

  it('are rotated by nobody', () => {
    expect(propertiesOf(template, 'AWS::SecretsManager::RotationSchedule').size).toBe(0);
  });

  it('raise an alarm each when they are too old', () => {
    for (const name of ['crm', 'payments']) {
      const { properties, registration } = alarmCalled(template, `demo-credential-age-${name}`);
      expect(properties).toMatchObject({ Namespace: 'Chatbot/demo', MetricName: 'CredentialAgeDays', Statistic: 'Maximum', Period: 86_400, Threshold: 90, TreatMissingData: 'notBreaching', Dimensions: [{ Name: 'Secret', Value: `demo/vendor/${name}` }] });
      expect(registration['runbook']).toBe('docs/runbook.md#credential-age');
    }
  });

  it('are looked at once a day, by a function that sees dates and no values', () => {
    expect(only(template, 'AWS::Events::Rule')).toMatchObject({ ScheduleExpression: 'rate(1 day)', Targets: [{ Input: '{"credentialAge":true}' }] });
    expect(grantsOf(template, 'demo-credential-age')).toEqual([
      'sqs:SendMessage on <VendorsDeadChecksQueue.Arn>',
      'kms:Decrypt kms:GenerateDataKey on <Key.Arn> if StringEquals kms:ViaService = sqs.<AWS::Region>.amazonaws.com',
      'secretsmanager:ListSecretVersionIds on <VendorsSecretcrm> <VendorsSecretpayments>',
    ]);
    expect(variablesOf(template, 'demo-credential-age')['VENDOR_SECRET_ARNS']).toBe('["<VendorsSecretcrm>","<VendorsSecretpayments>"]');
  });

  it('raise an alarm when nobody looks for two days: one run may slip over the end of its day', () => {
    expect(alarmCalled(template, 'demo-credential-check-missing').properties).toMatchObject({ MetricName: 'Invocations', Period: 86_400, EvaluationPeriods: 2, ComparisonOperator: 'LessThanThreshold', Threshold: 1, TreatMissingData: 'breaching' });
  });

  it('keep a look that failed, or that could not be started, as a dead letter, and tell of it', () => {
    const queue = only(template, 'AWS::SQS::Queue');
    expect([queue['QueueName'], plain(queue['KmsMasterKeyId']), queue['MessageRetentionPeriod']]).toEqual(['demo-credential-checks-dead', '<Key.Arn>', 14 * 86_400]);
    const [target] = only(template, 'AWS::Events::Rule')['Targets'] as { DeadLetterConfig?: Properties }[];
    expect([target?.DeadLetterConfig?.['Arn'], (functionCalled(template, 'demo-credential-age')['DeadLetterConfig'] as Properties)['TargetArn']].map(plain)).toEqual(['<VendorsDeadChecksQueue.Arn>', '<VendorsDeadChecksQueue.Arn>']);
    const { properties, registration } = alarmCalled(template, 'demo-dead-credential-checks');
    expect(properties).toMatchObject({ MetricName: 'ApproximateNumberOfMessagesVisible', Statistic: 'Maximum', Threshold: 1 });
    expect(registration['runbook']).toBe('docs/runbook.md#credential-check-missing');
  });

  it('let only their own schedule put letters there from outside', () => {
    const statements = statementsOf(only(template, 'AWS::SQS::QueuePolicy')['PolicyDocument']);
    expect(statements.map(sentence)).toEqual(['deny sqs:* on <VendorsDeadChecksQueue.Arn> if Bool aws:SecureTransport = false', 'sqs:SendMessage on <VendorsDeadChecksQueue.Arn> if ArnEquals aws:SourceArn = <VendorsDaily.Arn>']);
    expect(statements[1]?.['Principal']).toEqual({ Service: 'events.amazonaws.com' });
  });

  it('lets only its own schedule invoke that function', () => {
    const permission: Properties = only(template, 'AWS::Lambda::Permission');
    expect({ principal: permission['Principal'], source: plain(permission['SourceArn']) }).toEqual({ principal: 'events.amazonaws.com', source: '<VendorsDaily.Arn>' });
  });
});

describe('without credentials', () => {
  it('there is no function, no schedule, no queue and no alarm', () => {
    const none = make([]);
    for (const type of ['AWS::Lambda::Function', 'AWS::Events::Rule', 'AWS::CloudWatch::Alarm', 'AWS::SQS::Queue', 'AWS::SecretsManager::Secret']) expect([type, propertiesOf(none.template, type).size]).toEqual([type, 0]);
    expect(none.made.secrets.size).toBe(0);
  });
});
