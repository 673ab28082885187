import { Aws, Duration } from 'aws-cdk-lib';
import { Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { declareData } from '../governance/index.ts';
import { ServiceAlarm } from '../observability/index.ts';
import type { Observability } from '../observability/index.ts';
import type { ServiceFunction } from './service-function.ts';

/** Props of {@link DeadLetterQueue}. */
export interface DeadLetterQueueProps {
  /** Whole name of the queue. */
  readonly queueName: string;
  readonly key: IKey;
  readonly owner: string;
  readonly observability: Observability;
  /** Name of the alarm. */
  readonly alarmName: string;
  /** Chapter of the runbook, when another alarm is mended in the same way. @default - `alarmName` */
  readonly chapter?: string;
  /** What the user feels when something lies here. */
  readonly userImpact: string;
}

/** Where work ends that failed for good: kept for 14 days, encrypted, and somebody is told at the first message. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', { queueName: props.queueName, encryption: QueueEncryption.KMS, encryptionMasterKey: props.key, enforceSSL: true, retentionPeriod: Duration.days(14) });
    declareData(this.queue, { dataClass: 'operational', purpose: 'failed work', legalBasis: 'none', retentionDays: 14, owner: props.owner });
    new ServiceAlarm(this, 'NotEmpty', {
      observability: props.observability,
      name: props.alarmName,
      ...(props.chapter === undefined ? {} : { chapter: props.chapter }),
      severity: 'ticket',
      userImpact: props.userImpact,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: Stats.MAXIMUM }),
      threshold: 1,
      missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'SQS stops reporting for a queue that nobody uses.' },
    });
  }

  /**
   * Lets one event bus put here what it could not encrypt or decrypt. The toolkit writes this permission for targets of
   * rules, and none for the bus itself: without it such events would be lost.
   */
  admitEvents(busArn: string): void {
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        sid: 'EventsOfTheBus',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': busArn } },
      }),
    );
  }
}

/** Lets a function read a queue: what an event source mapping polls with. */
export function grantConsume(queue: IQueue, key: IKey, fn: ServiceFunction): void {
  fn.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [queue.queueArn]);
  fn.allow(['kms:Decrypt'], [key.keyArn], throughSqs());
}

/** Lets a function put messages on a queue. */
export function grantSend(queue: IQueue, key: IKey, fn: ServiceFunction): void {
  fn.allow(['sqs:SendMessage'], [queue.queueArn]);
  fn.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn], throughSqs());
}

function throughSqs(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return { StringEquals: { 'kms:ViaService': `sqs.${Aws.REGION}.amazonaws.com` } };
}
