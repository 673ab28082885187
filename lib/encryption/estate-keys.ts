import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ExistingConfig } from '../../config/schema/index.ts';

/** Props of {@link EstateKeys}. */
export interface EstateKeysProps {
  readonly prefix: string;
  /** Names of the log groups that count as audit, as CloudWatch Logs matches them: a star stands for what only AWS knows. */
  readonly auditLogGroups: readonly string[];
  readonly existing: ExistingConfig['keys'];
  /** What happens to keys when their stack is destroyed. */
  readonly removal: RemovalPolicy;
}

/** Customer managed keys, one for each class of data, rotating every year: whoever may use one can open nothing of another class. */
export class EstateKeys extends Construct {
  /** Content of conversations: their table with its stream and index. */
  readonly conversations: IKey;
  /** Key material: wraps the data key of each subject, and the key table that they lie in. */
  readonly subjects: IKey;
  /** Operational logs: those of functions, and one line a request. */
  readonly logs: IKey;
  /** Audit: who reached personal data, and logs that may hold addresses or quote requests. */
  readonly audit: IKey;
  /** Secrets, queues, topics and the event bus. */
  readonly operations: IKey;

  constructor(scope: Construct, id: string, props: EstateKeysProps) {
    super(scope, id);
    const make = (name: keyof ExistingConfig['keys'], description: string, statements: readonly PolicyStatement[] = []): IKey => {
      const constructId = name.charAt(0).toUpperCase() + name.slice(1);
      const brought = props.existing[name];
      if (brought) return Key.fromKeyArn(this, constructId, brought);
      const key = new Key(this, constructId, {
        alias: `${props.prefix}/${name}`,
        description,
        enableKeyRotation: true,
        pendingWindow: Duration.days(30),
        removalPolicy: props.removal,
      });
      for (const statement of statements) key.addToResourcePolicy(statement);
      return key;
    };
    this.conversations = make('conversations', 'Content of conversations: their table at rest');
    this.subjects = make('subjects', 'Key material: wraps the data key of each data subject, and the key table at rest');
    // Every log group: one that comes under another key still holds lines of before under this one until they expire.
    this.logs = make('logs', 'Operational logs', [logsMayUse(['*'])]);
    this.audit = make('audit', 'Audit: access records, and logs of API errors and the firewall', [logsMayUse(props.auditLogGroups), trailMayUse(props.prefix)]);
    this.operations = make('operations', 'Secrets, queues, topics and the event bus', [senderMayUse('cloudwatch.amazonaws.com'), senderMayUse('events.amazonaws.com')]);
  }
}

/** CloudWatch Logs, for log groups of this account and region that have one of these names. */
function logsMayUse(groups: readonly string[]): PolicyStatement {
  const groupArns = groups.map((group) => `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${group}`);
  return new PolicyStatement({
    sid: 'LogGroups',
    principals: [new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groupArns } },
  });
}

/** CloudTrail, for the one trail of this estate. */
function trailMayUse(prefix: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'AuditTrail',
    principals: [new ServicePrincipal('cloudtrail.amazonaws.com')],
    actions: ['kms:GenerateDataKey', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceArn': `arn:${Aws.PARTITION}:cloudtrail:${Aws.REGION}:${Aws.ACCOUNT_ID}:trail/${prefix}-data-events` } },
  });
}

/** A service that publishes to an encrypted topic or queue of this account. */
function senderMayUse(service: string): PolicyStatement {
  return new PolicyStatement({
    sid: service === 'cloudwatch.amazonaws.com' ? 'Alarms' : 'EventBus',
    principals: [new ServicePrincipal(service)],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey', ...(service === 'events.amazonaws.com' ? ['kms:DescribeKey'] : [])],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });
}
