import { describe, expect, it } from 'vitest';
import { decide } from '../../../lib/compliance/policy/decide.ts';
import type { Context } from '../../../lib/compliance/policy/condition.ts';
import { statementsOf } from '../../../lib/compliance/policy/statement.ts';
import type { ConversationStoreProps } from '../../../lib/conversation/index.ts';
import { alarmCalled, capability, grantsOf, plain, propertiesOf, tagsOf, variablesOf } from '../../support/capability-app.ts';
import type { Properties } from '../../support/capability-app.ts';
import { sampleStore } from '../../support/sample-store.ts';

type Grant = 'grantConverse' | 'grantFinishTurns' | 'grantRelay' | 'grantSweep';

const make = ({ grant, ...props }: Partial<ConversationStoreProps> & { grant?: Grant } = {}) =>
  capability((surroundings) => {
    const store = sampleStore(surroundings, props);
    if (grant) store[grant](surroundings.caller());
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

  it('are encrypted under a customer key each: that of content, and that of key material', () => {
    for (const [table, key] of [[conversations, '<Key.Arn>'], [keys, '<Subjects.Arn>']] as const) {
      expect(table['SSESpecification']).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
      expect(plain((replica(table)['SSESpecification'] as Properties)['KMSMasterKeyId'])).toBe(key);
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
    expect(fate({ removal: { kind: 'destroy', reason: 'Nothing here is worth keeping.' } })).toEqual([['Delete', false], ['Delete', false]]);
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
  const throughDynamoDb = 'if StringEquals kms:ViaService = dynamodb.eu-central-1.amazonaws.com';
  const throughTheKeyTable = [
    `kms:Encrypt kms:Decrypt kms:ReEncryptFrom kms:ReEncryptTo kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext on <Subjects.Arn> ${throughDynamoDb} and StringEquals kms:EncryptionContext:aws:dynamodb:tableName = <StoreKeys>`,
    `kms:DescribeKey on <Subjects.Arn> ${throughDynamoDb}`,
  ];
  const bound = 'if ForAllValues:StringEquals kms:EncryptionContextKeys = subject and Null kms:EncryptionContext:subject = false';
  const table = 'on <StoreConversations.Arn>';
  const keys = 'on <StoreKeys.Arn>';

  it.each<[Grant, string[]]>([
    [
      'grantConverse',
      [
        `dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query dynamodb:PutItem dynamodb:UpdateItem ${table}`,
        `dynamodb:BatchGetItem dynamodb:GetItem dynamodb:UpdateItem dynamodb:ConditionCheckItem ${keys}`,
        ...throughTheKeyTable,
        throughTheTable,
        `kms:GenerateDataKey kms:Decrypt on <Subjects.Arn> ${bound}`,
      ],
    ],
    ['grantFinishTurns', [`dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem ${table}`, `dynamodb:BatchGetItem ${keys}`, ...throughTheKeyTable, throughTheTable, `kms:Decrypt on <Subjects.Arn> ${bound}`, 'kms:GenerateDataKey on <Subjects.Arn> if StringEquals kms:EncryptionContext:subject = pre-traffic-check']],
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

describe('the key of key material', () => {
  const SUBJECTS = 'arn:aws:kms:eu-central-1:111122223333:key/subjects';
  const statements = (grant: Grant) => {
    const policies = [...propertiesOf(make({ grant }).template, 'AWS::IAM::ManagedPolicy').values()].map(({ PolicyDocument }) => JSON.stringify(PolicyDocument, (_, value: unknown) => (isIntrinsic(value) ? plain(value) : value)));
    return policies.flatMap((policy) => statementsOf(policy.replaceAll('<Subjects.Arn>', SUBJECTS).replaceAll('<StoreKeys>', 'demo-subject-keys')));
  };
  /** All that is known of a call of KMS: what it does not name, it does not have. */
  const call = (context: Record<string, string>, via: string | null): Context => ({
    'kms:ViaService': via === null ? null : [via],
    'kms:EncryptionContextKeys': Object.keys(context),
    'kms:EncryptionContext:subject': null,
    'kms:EncryptionContext:aws:dynamodb:tableName': null,
    ...Object.fromEntries(Object.entries(context).map(([key, value]) => [`kms:EncryptionContext:${key}`, [value]])),
  });
  const ofTheTable = { 'aws:dynamodb:tableName': 'demo-subject-keys', 'aws:dynamodb:subscriberId': '111122223333' };
  const dynamoDb = 'dynamodb.eu-central-1.amazonaws.com';
  const decrypt = (grant: Grant, context: Record<string, string>, via: string | null) => decide(statements(grant), { action: 'kms:Decrypt', resource: SUBJECTS, context: call(context, via) });

  it.each<Grant>(['grantConverse', 'grantFinishTurns'])('opens the table for %s through DynamoDB, and a data key with its subject', (grant) => {
    expect(decrypt(grant, ofTheTable, dynamoDb)).toBe('allow');
    expect(decrypt(grant, { subject: 's-1' }, null)).toBe('allow');
  });

  it.each<Grant>(['grantConverse', 'grantFinishTurns'])('opens nothing else for %s: no data key without its subject, and nothing of a table but through DynamoDB', (grant) => {
    expect(decrypt(grant, {}, null)).toBe('deny');
    expect(decrypt(grant, {}, dynamoDb)).toBe('deny');
    expect(decrypt(grant, ofTheTable, null)).toBe('deny');
    expect(decrypt(grant, { ...ofTheTable, subject: 's-1' }, null)).toBe('deny');
    expect(decrypt(grant, { ...ofTheTable, 'aws:dynamodb:tableName': 'another-table' }, dynamoDb)).toBe('deny');
    expect(decrypt(grant, ofTheTable, 'sqs.eu-central-1.amazonaws.com')).toBe('deny');
  });

  it.each<Grant>(['grantRelay', 'grantSweep'])('opens nothing for %s', (grant) => {
    const contexts: Record<string, string>[] = [{}, ofTheTable, { subject: 's-1' }];
    for (const via of [null, dynamoDb]) for (const context of contexts) expect(decrypt(grant, context, via)).toBe('deny');
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

function isIntrinsic(value: unknown): boolean {
  const [name, ...others] = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return others.length === 0 && (name === 'Ref' || name?.startsWith('Fn::') === true);
}
