import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acceptRisk } from '../compliance/index.ts';
import { declareData } from '../governance/index.ts';
import { ServiceAlarm } from './alarm.ts';
import type { AlarmTopics, Severity } from './alarm.ts';

/** Props of {@link UndeliveredNotifications}. */
export interface UndeliveredNotificationsProps {
  readonly prefix: string;
  /** Names of the topics whose notifications may end here. */
  readonly topicNames: readonly string[];
  readonly key: IKey;
  /** Role that answers for it. */
  readonly owner: string;
}

/** Where notifications end that an incident tool did not take after all tries of Amazon SNS: kept for 14 days, encrypted. */
export class UndeliveredNotifications extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: UndeliveredNotificationsProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', { queueName: `${props.prefix}-notifications-dead`, encryption: QueueEncryption.KMS, encryptionMasterKey: props.key, enforceSSL: true, retentionPeriod: Duration.days(14) });
    declareData(this.queue, { dataClass: 'operational', purpose: 'undelivered alarms', legalBasis: 'none', retentionDays: 14, owner: props.owner });
    // By name: the topics need the key, so its policy cannot refer to them. A key that is brought has a policy of its own, which must say the same.
    const topics = props.topicNames.map((resource) => Stack.of(this).formatArn({ service: 'sns', resource, arnFormat: ArnFormat.NO_RESOURCE_NAME }));
    props.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'UndeliveredNotifications',
        principals: [new ServicePrincipal('sns.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { ArnEquals: { 'aws:SourceArn': topics } },
      }),
    );
    acceptRisk(
      {
        id: 'dead-letters-end-here',
        findings: ['AwsSolutions::AwsSolutions-SQS3'],
        justification: 'This queue is itself where undelivered notifications end; the pack does not see that subscriptions send their dead letters to it.',
        compensatingControl: 'An alarm at the first notification that fails, sent to the other topic, and 14 days to read it.',
        since: '2026-11-22',
        expires: '2027-05-21',
      },
      this.queue,
    );
  }
}

/**
 * Tells of notifications that a topic could not deliver, by the other topic: a page that reached nobody becomes a ticket, and a ticket that
 * reached nobody a page. Mail counts as delivered when it was handed over.
 */
export function watchDelivery(scope: Construct, prefix: string, topics: AlarmTopics): void {
  const watch = (id: string, severity: Severity, topic: ITopic, userImpact: string): void => {
    const failed = severity === 'page' ? 'ticket' : 'page';
    new ServiceAlarm(scope, id, {
      observability: { prefix, topics },
      name: `${failed}-notifications-failed`,
      chapter: 'notifications-failed',
      severity,
      userImpact,
      metric: new Metric({ namespace: 'AWS/SNS', metricName: 'NumberOfNotificationsFailed', statistic: Stats.SUM, period: Duration.minutes(5), dimensionsMap: { TopicName: topic.topicName } }),
      threshold: 1,
      missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'Amazon SNS reports nothing for a topic that sends nothing.' },
    });
  };
  watch('PageFailed', 'ticket', topics.page, 'None by itself, but an alarm that should have woken somebody did not reach one of its subscribers.');
  watch('TicketFailed', 'page', topics.ticket, 'None by itself, but an alarm that could wait until morning did not reach one of its subscribers.');
}
