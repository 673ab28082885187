import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, Billing, ProjectionType, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { DataPolicyConfig } from '../../config/schema/index.ts';
import { ENV } from '../../lambda/contracts/env.ts';
import { CHECK_SUBJECT, CONVERSATION_TABLE, KEY_TABLE } from '../../lambda/contracts/store.ts';
import { declareData } from '../governance/index.ts';
import { ServiceAlarm } from '../observability/index.ts';
import type { Observability } from '../observability/index.ts';
import type { Conditions, Grantee, ServiceFunction } from '../runtime/index.ts';
import { acceptDestroyable } from './destroyable.ts';
import { watchMassReads } from './mass-reads.ts';

/** What DynamoDB's developer guide asks of whoever uses a table under a customer managed key (`CreateGrant` is for whoever makes it). */
const TABLE_KEY_USES = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'];
const DESCRIBE_KEY = 'kms:DescribeKey';

/** Props of {@link ConversationStore}. */
export interface ConversationStoreProps {
  readonly prefix: string;
  /** Key of the conversation table at rest. */
  readonly tableKey: IKey;
  /** Key that wraps the data keys of subjects, and of the table that they lie in at rest: both are key material. */
  readonly subjectKey: IKey;
  /** Days that the conversation table can be restored to. Range 1-35. */
  readonly pointInTimeRecoveryDays: number;
  readonly retentionDays: number;
  readonly legalBasis: string;
  /** Role that answers for the data. */
  readonly owner: string;
  /** Tables that are retained are protected too: deleting one takes a first step that takes this off. Tables that go with their stack are an accepted risk, with the reason. */
  readonly removal: DataPolicyConfig['removal'];
  readonly observability: Observability;
}

/**
 * Conversations and the wrapped data keys of their subjects. The key table is restorable for one day only, so that a
 * subject's key that was deleted cannot come back with a restore, and text under it stays unreadable.
 */
export class ConversationStore extends Construct {
  readonly conversations: TableV2;
  readonly keys: TableV2;
  readonly #props: ConversationStoreProps;

  constructor(scope: Construct, id: string, props: ConversationStoreProps) {
    super(scope, id);
    this.#props = props;
    const { removal } = props;
    const kept = removal.kind === 'retain';
    const common = { billing: Billing.onDemand(), removalPolicy: kept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY, deletionProtection: kept };
    this.conversations = new TableV2(this, 'Conversations', {
      ...common,
      encryption: TableEncryptionV2.customerManagedKey(props.tableKey),
      tableName: `${props.prefix}-conversations`,
      partitionKey: { name: CONVERSATION_TABLE.partitionKey, type: AttributeType.STRING },
      sortKey: { name: CONVERSATION_TABLE.sortKey, type: AttributeType.STRING },
      timeToLiveAttribute: CONVERSATION_TABLE.timeToLive,
      dynamoStream: StreamViewType.NEW_IMAGE,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: props.pointInTimeRecoveryDays },
      globalSecondaryIndexes: [
        {
          indexName: CONVERSATION_TABLE.idleIndex.name,
          partitionKey: { name: CONVERSATION_TABLE.idleIndex.partitionKey, type: AttributeType.STRING },
          sortKey: { name: CONVERSATION_TABLE.idleIndex.sortKey, type: AttributeType.NUMBER },
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: ['event', 'expiresAt'],
        },
      ],
    });
    this.keys = new TableV2(this, 'Keys', {
      ...common,
      encryption: TableEncryptionV2.customerManagedKey(props.subjectKey),
      tableName: `${props.prefix}-subject-keys`,
      partitionKey: { name: KEY_TABLE.partitionKey, type: AttributeType.STRING },
      timeToLiveAttribute: KEY_TABLE.timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 1 },
    });
    const declaration = { purpose: 'customer support', legalBasis: props.legalBasis, retentionDays: props.retentionDays, owner: props.owner };
    declareData(this.conversations, { ...declaration, dataClass: 'conversation-content' });
    declareData(this.keys, { ...declaration, dataClass: 'key-material' });
    if (removal.kind === 'destroy') acceptDestroyable([this.conversations, this.keys], removal.reason);
    this.#alarms();
    watchMassReads(this, { conversations: this.conversations, keys: this.keys }, props.observability);
  }

  /** Conversations may be opened, carried on and read: what the chat function does. */
  grantConverse(fn: ServiceFunction): void {
    fn.allow(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], [this.conversations.tableArn]);
    // A subject that has a key already keeps it: the write that opens a conversation then only checks it.
    this.#grantKeyTable(fn, ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem']);
    this.#grantTableKey(fn);
    this.#grantSubjectKey(fn, ['kms:GenerateDataKey', 'kms:Decrypt']);
    this.#bindConversations(fn);
    this.#bindKeys(fn);
  }

  /** A pending turn may be finished: what the turn worker does. */
  grantFinishTurns(fn: ServiceFunction): void {
    fn.allow(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], [this.conversations.tableArn]);
    this.#grantKeyTable(fn, ['dynamodb:BatchGetItem']);
    this.#grantTableKey(fn);
    this.#grantSubjectKey(fn, ['kms:Decrypt']);
    // The pre-traffic check opens a data key, and has to make it first: one that belongs to nobody.
    fn.allow(['kms:GenerateDataKey'], [this.#props.subjectKey.keyArn], { StringEquals: { 'kms:EncryptionContext:subject': CHECK_SUBJECT } });
    this.#bindConversations(fn);
    this.#bindKeys(fn);
  }

  /** Published outbox items may be removed: what the outbox relay does beside reading the stream. */
  grantRelay(fn: ServiceFunction): void {
    fn.allow(['dynamodb:DeleteItem'], [this.conversations.tableArn]);
    fn.allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'], [this.streamArn]);
    this.#grantTableKey(fn);
    this.#bindConversations(fn);
  }

  /** Due conversations may be found, closed and handed on: what the sweep does. */
  grantSweep(fn: ServiceFunction): void {
    fn.allow(['dynamodb:Query'], [`${this.conversations.tableArn}/index/${CONVERSATION_TABLE.idleIndex.name}`]);
    fn.allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'], [this.conversations.tableArn]);
    this.#grantTableKey(fn);
    this.#bindConversations(fn);
  }

  /**
   * A subject may be erased: the wrapped key replaced by a tombstone, and what stands in conversations and daily counts deleted,
   * once their keys are known. Nothing can be opened with it.
   */
  grantErase(role: Grantee): void {
    role.allow(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:DeleteItem'], [this.conversations.tableArn]);
    this.#grantKeyTable(role, ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem']);
    this.#grantTableKey(role);
  }

  /** What is kept of a subject may be read and opened, and nothing changed. */
  grantExport(role: Grantee): void {
    role.allow(['dynamodb:GetItem', 'dynamodb:Query'], [this.conversations.tableArn]);
    this.#grantKeyTable(role, ['dynamodb:GetItem']);
    this.#grantTableKey(role);
    this.#grantSubjectKey(role, ['kms:Decrypt']);
  }

  /** ARN of the stream of the conversation table. */
  get streamArn(): string {
    if (!this.conversations.tableStreamArn) throw new Error('The conversation table has no stream; the outbox relay needs one.');
    return this.conversations.tableStreamArn;
  }

  #bindConversations(fn: ServiceFunction): void {
    fn.tell(ENV.conversationTable, this.conversations.tableName);
  }

  #bindKeys(fn: ServiceFunction): void {
    fn.tell(ENV.keyTable, this.keys.tableName);
    fn.tell(ENV.subjectKey, this.#props.subjectKey.keyArn);
  }

  /** Customer managed keys of a table are used by DynamoDB in the caller's name, and only through DynamoDB. */
  #grantTableKey(fn: Grantee): void {
    fn.allow([...TABLE_KEY_USES, DESCRIBE_KEY], [this.#props.tableKey.keyArn], this.#throughDynamoDb());
  }

  /**
   * The key table, with its key at rest. That key wraps the data keys of subjects too, and this opens none of them: it takes a call that
   * DynamoDB makes, with the encryption context that DynamoDB gives for this table. A data key is wrapped with its subject as context.
   */
  #grantKeyTable(fn: Grantee, actions: readonly string[]): void {
    const { keyArn } = this.#props.subjectKey;
    fn.allow(actions, [this.keys.tableArn]);
    fn.allow(TABLE_KEY_USES, [keyArn], this.#throughDynamoDb({ 'kms:EncryptionContext:aws:dynamodb:tableName': this.keys.tableName }));
    // Describing a key takes no encryption context, so it could never fit one.
    fn.allow([DESCRIBE_KEY], [keyArn], this.#throughDynamoDb());
  }

  #throughDynamoDb(context: Readonly<Record<string, string>> = {}): Conditions {
    return { StringEquals: { 'kms:ViaService': `dynamodb.${this.conversations.stack.region}.amazonaws.com`, ...context } };
  }

  /** A data key is only ever made or opened with its subject as encryption context. */
  #grantSubjectKey(fn: Grantee, actions: readonly string[]): void {
    fn.allow(actions, [this.#props.subjectKey.keyArn], { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['subject'] }, Null: { 'kms:EncryptionContext:subject': 'false' } });
  }

  #alarms(): void {
    const tables = { conversations: this.conversations, keys: this.keys };
    const sum = (metricName: string, table: TableV2, operation?: string): Metric =>
      new Metric({ namespace: 'AWS/DynamoDB', metricName, statistic: Stats.SUM, period: Duration.minutes(1), dimensionsMap: { TableName: table.tableName, ...(operation ? { Operation: operation } : {}) } });
    const metrics: Record<string, Metric> = {};
    for (const [name, table] of Object.entries(tables)) {
      for (const operation of ['BatchGetItem', 'TransactWriteItems']) metrics[`${name}${operation}`] = sum('SystemErrors', table, operation);
      metrics[`${name}Throttles`] = sum('ThrottledRequests', table, name === 'keys' ? 'BatchGetItem' : 'TransactWriteItems');
    }
    new ServiceAlarm(this, 'StoreFailures', {
      observability: this.#props.observability,
      name: 'store-failures',
      severity: 'page',
      userImpact: 'Messages are refused with 503, because the conversation store fails or throttles.',
      metric: new MathExpression({ expression: `SUM([${Object.keys(metrics).map((name) => `FILL(${name}, 0)`).join(', ')}])`, usingMetrics: metrics, period: Duration.minutes(1), label: 'Failed and throttled store calls' }),
      threshold: 5,
      periods: 2,
      missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'DynamoDB reports these metrics only when there is something to report.' },
    });
  }
}
