import { RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { describe, expect, it } from 'vitest';
import { ConversationStore } from '../../../lib/conversation/index.ts';
import type { ConversationStoreProps } from '../../../lib/conversation/index.ts';
import { alarmCalled, capability, grantsOf, plain, propertiesOf, tagsOf, variablesOf } from '../../support/capability-app.ts';
import type { Properties } from '../../support/capability-app.ts';

type Grant = 'grantConverse' | 'grantFinishTurns' | 'grantRelay' | 'grantSweep';

const make = ({ grant, ...props }: Partial<ConversationStoreProps> & { grant?: Grant } = {}) =>
  capability(({ stack, key, observability, caller }) => {
    const store = new ConversationStore(stack, 'Store', {
      prefix: 'demo',
      tableKey: key,
      subjectKey: new Key(stack, 'Subjects'),
      pointInTimeRecoveryDays: 35,
      retentionDays: 90,
      legalBasis: 'contract',
      owner: 'support-lead',
      removal: RemovalPolicy.RETAIN,
      deletionProtection: true,
      observability,
      ...props,
    });
    if (grant) store[grant](caller());
    return store;
  });

const tablesOf = (template: ReturnType<typeof make>['template']): { conversations: Properties; keys: Properties } => {
  const [conversations, keys] = [...propertiesOf(template, 'AWS::DynamoDB::GlobalTable').values()];
  return { conversations: conversations as Properties, keys: keys as Properties };
};
const replica = (table: Properties): Properties => (table['Replicas'] as Properties[])[0] as Properties;

describe('the tables', () => {
  const { template } = make();
  const { conversations, keys } = tablesOf(template);

  it('have the keys that the contract names', () => {
    expect(conversations).toMatchObject({ TableName: 'demo-conversations', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }] });
    expect(keys).toMatchObject({ TableName: 'demo-subject-keys', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'subject', KeyType: 'HASH' }] });
  });

  it('are encrypted under the customer key that they are given', () => {
    for (const table of [conversations, keys]) {
      expect(table['SSESpecification']).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
      expect(plain((replica(table)['SSESpecification'] as Properties)['KMSMasterKeyId'])).toBe('<Key.Arn>');
    }
  });

  it('forget what has expired', () => {
    for (const table of [conversations, keys]) expect(table['TimeToLiveSpecification']).toEqual({ AttributeName: 'expiresAt', Enabled: true });
  });

  it('can be restored: conversations as configured, keys for one day only, so that an erased key stays erased', () => {
    const recovery = (table: Properties): unknown => replica(table)['PointInTimeRecoverySpecification'];
    expect(recovery(conversations)).toEqual({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 });
    expect(recovery(keys)).toEqual({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 1 });
    const shorter = tablesOf(make({ pointInTimeRecoveryDays: 7 }).template);
    expect([recovery(shorter.conversations), recovery(shorter.keys)]).toMatchObject([{ RecoveryPeriodInDays: 7 }, { RecoveryPeriodInDays: 1 }]);
  });

  it('are protected and stay, or go, as the policy says', () => {
    const fate = (props: Partial<ConversationStoreProps>) => {
      const { template: made } = make(props);
      return Object.values(made.findResources('AWS::DynamoDB::GlobalTable')).map(({ DeletionPolicy, Properties }) => [String(DeletionPolicy), replica(Properties as Properties)['DeletionProtectionEnabled']]);
    };
    expect(fate({})).toEqual([['Retain', true], ['Retain', true]]);
    expect(fate({ removal: RemovalPolicy.DESTROY, deletionProtection: false })).toEqual([['Delete', false], ['Delete', false]]);
  });

  it('stream conversations only: keys are copied nowhere', () => {
    expect(conversations['StreamSpecification']).toEqual({ StreamViewType: 'NEW_IMAGE' });
    expect(keys).not.toHaveProperty('StreamSpecification');
  });

  it('index what is idle with just what the sweep reads', () => {
    expect(conversations['GlobalSecondaryIndexes']).toEqual([
      { IndexName: 'idle', KeySchema: [{ AttributeName: 'idleShard', KeyType: 'HASH' }, { AttributeName: 'idleAt', KeyType: 'RANGE' }], Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['event', 'expiresAt'] } },
    ]);
  });

  it('say what they hold, why, how long, and who answers for it', () => {
    const common = { purpose: 'customer support', 'legal-basis': 'contract', 'retention-days': '90', 'data-owner': 'support-lead' };
    expect(tagsOf(replica(conversations))).toEqual({ 'data-class': 'conversation-content', ...common });
    expect(tagsOf(replica(keys))).toEqual({ 'data-class': 'key-material', ...common });
  });
});

describe('grants', () => {
  const throughTheTable =
    'kms:Encrypt kms:Decrypt kms:ReEncryptFrom kms:ReEncryptTo kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext kms:DescribeKey on <Key.Arn> if StringEquals kms:ViaService = dynamodb.eu-central-1.amazonaws.com';
  const bound = 'if ForAllValues:StringEquals kms:EncryptionContextKeys = subject and Null kms:EncryptionContext:subject = false';
  const table = 'on <StoreConversations.Arn>';
  const keys = 'on <StoreKeys.Arn>';

  it.each<[Grant, string[]]>([
    [
      'grantConverse',
      [
        `dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query dynamodb:PutItem dynamodb:UpdateItem ${table}`,
        `dynamodb:BatchGetItem dynamodb:GetItem dynamodb:UpdateItem dynamodb:ConditionCheckItem ${keys}`,
        throughTheTable,
        `kms:GenerateDataKey kms:Decrypt on <Subjects.Arn> ${bound}`,
      ],
    ],
    ['grantFinishTurns', [`dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem ${table}`, `dynamodb:BatchGetItem ${keys}`, throughTheTable, `kms:Decrypt on <Subjects.Arn> ${bound}`, 'kms:GenerateDataKey on <Subjects.Arn> if StringEquals kms:EncryptionContext:subject = pre-traffic-check']],
    ['grantRelay', [`dynamodb:DeleteItem ${table}`, 'dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams on <StoreConversations.StreamArn>', throughTheTable]],
    ['grantSweep', ['dynamodb:Query on <StoreConversations.Arn>/index/idle', `dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem ${table}`, throughTheTable]],
  ])('%s allows exactly what its function does', (grant, expected) => {
    expect(grantsOf(make({ grant }).template, 'demo-interactions')).toEqual(expected);
  });

  it.each<[Grant, Record<string, string>]>([
    ['grantConverse', { CONVERSATION_TABLE: '<StoreConversations>', KEY_TABLE: '<StoreKeys>', SUBJECT_KEY_ARN: '<Subjects.Arn>' }],
    ['grantFinishTurns', { CONVERSATION_TABLE: '<StoreConversations>', KEY_TABLE: '<StoreKeys>', SUBJECT_KEY_ARN: '<Subjects.Arn>' }],
    ['grantRelay', { CONVERSATION_TABLE: '<StoreConversations>' }],
    ['grantSweep', { CONVERSATION_TABLE: '<StoreConversations>' }],
  ])('%s tells the function where', (grant, expected) => {
    const { RELEASE: _, METRIC_NAMESPACE: __, ...told } = variablesOf(make({ grant }).template, 'demo-interactions');
    expect(told).toEqual(expected);
  });

  it('hold no wildcard', () => {
    for (const grant of ['grantConverse', 'grantFinishTurns', 'grantRelay', 'grantSweep'] as const) {
      for (const said of grantsOf(make({ grant }).template, 'demo-interactions')) expect(said).not.toContain('*');
    }
  });
});

describe('the alarm of the store', () => {
  it('adds up failures and throttles of both tables, over no more metrics than an alarm may have', () => {
    const { properties } = alarmCalled(make().template, 'demo-store-failures');
    const metrics = properties['Metrics'] as { Id: string; Expression?: string; MetricStat?: { Metric: { MetricName: string; Dimensions: { Name: string; Value: unknown }[] } } }[];
    const expression = metrics.find(({ Expression }) => Expression)?.Expression ?? '';
    const measured = metrics.filter(({ MetricStat }) => MetricStat);
    expect(measured.length).toBeLessThanOrEqual(10);
    for (const { Id } of measured) expect(expression).toContain(`FILL(${Id}, 0)`);
    expect(new Set(measured.map(({ MetricStat }) => `${MetricStat?.Metric.MetricName} ${MetricStat?.Metric.Dimensions.map(({ Value }) => plain(Value)).join(' ')}`))).toEqual(
      new Set([
        'SystemErrors BatchGetItem <StoreConversations>', 'SystemErrors TransactWriteItems <StoreConversations>', 'ThrottledRequests TransactWriteItems <StoreConversations>',
        'SystemErrors BatchGetItem <StoreKeys>', 'SystemErrors TransactWriteItems <StoreKeys>', 'ThrottledRequests BatchGetItem <StoreKeys>',
      ]),
    );
  });
});
