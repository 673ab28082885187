import { describe, expect, it } from 'vitest';
import { EstateModel } from '../../../local/assembly/model.ts';
import type { Template } from '../../../local/assembly/template.ts';
import { resourcesOf } from '../../../local/wiring/resources.ts';

const resources = (Resources: NonNullable<Template['Resources']>) =>
  resourcesOf(new EstateModel([{ name: 's', accountId: '111122223333', region: 'eu-central-1', template: { Resources }, assets: new Map() }], { aws: () => '', issuer: () => '' }));

describe('resourcesOf', () => {
  it('reads tables with indexes, expiry and stream', () => {
    const { tables } = resources({ T: { Type: 'AWS::DynamoDB::Table', Properties: {
      TableName: 't', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'sk', AttributeType: 'N' }],
      GlobalSecondaryIndexes: [{ IndexName: 'i', KeySchema: [{ AttributeName: 'sk', KeyType: 'HASH' }], Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a'] } }],
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true }, StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    } } });
    expect(tables).toEqual([{
      tableName: 't', keySchema: [{ attributeName: 'pk', keyType: 'HASH' }, { attributeName: 'sk', keyType: 'RANGE' }],
      attributeDefinitions: [{ attributeName: 'pk', attributeType: 'S' }, { attributeName: 'sk', attributeType: 'N' }],
      gsis: [{ name: 'i', keySchema: [{ attributeName: 'sk', keyType: 'HASH' }], projection: { type: 'INCLUDE', nonKeyAttributes: ['a'] } }],
      ttlAttribute: 'ttl', stream: true,
    }]);
  });

  it('reads queues with their dead-letter queue', () => {
    const { queues } = resources({
      D: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
      Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q', VisibilityTimeout: 90, MessageRetentionPeriod: 1_209_600, RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['D', 'Arn'] }, maxReceiveCount: 3 } } },
    });
    expect(queues).toEqual([{ queueName: 'dead' }, { queueName: 'q', visibilityTimeoutSeconds: 90, retentionSeconds: 1_209_600, dlqName: 'dead', maxReceiveCount: 3 }]);
  });

  it('reads secrets, keys, pools and rules', () => {
    const found = resources({
      S: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'a/b', GenerateSecretString: { PasswordLength: 40, GenerateStringKey: 'key', SecretStringTemplate: '{}' } } },
      R: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: { Ref: 'S' } } },
      Empty: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
      K: { Type: 'AWS::KMS::Key', Properties: { Enabled: false } },
      A: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/k', TargetKeyId: { 'Fn::GetAtt': ['K', 'Arn'] } } },
      P: { Type: 'AWS::Cognito::UserPool', Properties: {} },
      C: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'P' } } },
      B: { Type: 'AWS::Events::EventBus', Properties: { Name: 'news' } },
      Rule: { Type: 'AWS::Events::Rule', Properties: { Name: 'r', EventBusName: { 'Fn::GetAtt': ['B', 'Arn'] }, EventPattern: { source: ['x'] }, Targets: [{ Arn: 'arn:f', Id: 'T0' }] } },
      Off: { Type: 'AWS::Events::Rule', Properties: { Name: 'off', EventBusName: 'news', State: 'DISABLED', EventPattern: { source: ['x'] } } },
    });
    expect(found.secrets).toEqual([
      { name: 'a/b', arn: expect.stringMatching(/:secret:a\/b-[A-Za-z]{6}$/) as string, rotationEnabled: true, generateSecretString: { passwordLength: 40, generateStringKey: 'key', secretStringTemplate: '{}' } },
      { name: expect.stringMatching(/^s-Empty-[0-9A-F]{12}$/) as string, arn: expect.any(String) as string, rotationEnabled: false },
    ]);
    expect(found.keys).toMatchObject([{ alias: 'alias/k', enabled: false }]);
    expect(found.userPools).toHaveLength(1);
    expect(found.eventBuses).toEqual([{ name: 'default', rules: [] }, { name: 'news', rules: [{ name: 'r', eventPattern: { source: ['x'] }, targets: [{ arn: 'arn:f', id: 'T0' }] }] }]);
  });
});
