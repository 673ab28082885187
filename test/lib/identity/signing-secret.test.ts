import { RemovalPolicy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { SigningSecret } from '../../../lib/identity/index.ts';
import { alarmCalled, capability, grantsOf, list, only, plain, propertiesOf, tagsOf, variablesOf } from '../../support/capability-app.ts';
import type { Properties } from '../../support/capability-app.ts';

const { template } = capability(({ stack, key, runtime, observability, caller }) => {
  const signing = new SigningSecret(stack, 'Signing', { prefix: 'demo', key, runtime, owner: 'support-lead', removal: RemovalPolicy.DESTROY, observability });
  signing.grantRead(caller());
});
const through = 'if StringEquals kms:ViaService = secretsmanager.<AWS::Region>.amazonaws.com';

describe('the signing secret', () => {
  it('is generated in the account, long enough, under a customer key', () => {
    const secret = only(template, 'AWS::SecretsManager::Secret');
    expect(secret).toMatchObject({ Name: 'demo/token-signing-key', GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: 'key', PasswordLength: 64, ExcludePunctuation: true } });
    expect(secret).not.toHaveProperty('SecretString');
    expect(plain(secret['KmsKeyId'])).toBe('<Key.Arn>');
    expect(tagsOf(secret)).toMatchObject({ 'data-class': 'operational', purpose: 'token signing', 'data-owner': 'support-lead' });
  });

  it('may be read by whom it is granted to, who is told where it is', () => {
    expect(grantsOf(template, 'demo-interactions')).toEqual(['secretsmanager:GetSecretValue on <SigningSecret>', `kms:Decrypt on <Key.Arn> ${through}`]);
    expect(variablesOf(template, 'demo-interactions')).toMatchObject({ SIGNING_SECRET_ARN: '<SigningSecret>' });
  });
});

describe('its rotation', () => {
  const schedule = only(template, 'AWS::SecretsManager::RotationSchedule');

  it('happens every 30 days, and never when it is deployed', () => {
    expect(schedule).toMatchObject({ RotationRules: { ScheduleExpression: 'rate(30 days)' }, RotateImmediatelyOnUpdate: false });
    expect(plain(schedule['RotationLambdaARN'])).toBe('<SigningRotateFunction.Arn>');
  });

  it('is done by a function that Secrets Manager of this account may invoke, before the schedule is made', () => {
    const permissions = Object.entries(template.findResources('AWS::Lambda::Permission'));
    expect(permissions.map(([, { Properties: permission }]) => permission as Properties)).toEqual([
      { Action: 'lambda:InvokeFunction', FunctionName: expect.anything(), Principal: 'secretsmanager.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' } },
    ]);
    const [made] = Object.values(template.findResources('AWS::SecretsManager::RotationSchedule'));
    expect(list(made?.['DependsOn'])).toContain(permissions[0]?.[0]);
  });

  it('may touch this secret only', () => {
    expect(grantsOf(template, 'demo-rotate-signing-key')).toEqual([
      'secretsmanager:DescribeSecret secretsmanager:GetSecretValue secretsmanager:PutSecretValue secretsmanager:UpdateSecretVersionStage on <SigningSecret>',
      `kms:Decrypt kms:GenerateDataKey on <Key.Arn> ${through}`,
    ]);
  });

  it('raises an alarm when it fails', () => {
    const { properties, registration } = alarmCalled(template, 'demo-signing-key-rotation-failed');
    expect(properties).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Errors', Statistic: 'Sum', Threshold: 1 });
    expect(registration['severity']).toBe('ticket');
  });

  it('is the only function here that is not a caller', () => {
    expect([...propertiesOf(template, 'AWS::Lambda::Function').values()].map(({ FunctionName }) => FunctionName)).toEqual(['demo-rotate-signing-key', 'demo-interactions']);
  });
});
