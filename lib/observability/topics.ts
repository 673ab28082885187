import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { AlarmsConfig, ExistingConfig } from '../../config/schema/index.ts';
import type { AlarmTopics, Severity } from './alarm.ts';
import { declareData } from '../governance/index.ts';
import { UndeliveredNotifications, watchDelivery } from './undelivered.ts';

/** Props of {@link NotificationTopics}. */
export interface NotificationTopicsProps {
  readonly prefix: string;
  readonly subscribers: Pick<AlarmsConfig, Severity>;
  readonly existing: ExistingConfig['topics'];
  /** Key of the topics; its policy must admit CloudWatch alarms. */
  readonly key: IKey;
  /** Role that answers for the topics, and for notifications that could not be delivered. */
  readonly owner: string;
}

const SEVERITIES: readonly Severity[] = ['page', 'ticket'];

/**
 * The two encrypted topics that alarms are sent to, with their subscribers. What an incident tool does not take is kept, and each topic is
 * watched by the other one.
 */
export class NotificationTopics extends Construct {
  readonly topics: AlarmTopics;
  readonly #undelivered: UndeliveredNotifications | undefined;

  constructor(scope: Construct, id: string, props: NotificationTopicsProps) {
    super(scope, id);
    const toTools = SEVERITIES.filter((severity) => !props.existing[severity] && props.subscribers[severity].some(({ protocol }) => protocol === 'https'));
    this.#undelivered = toTools.length > 0 ? new UndeliveredNotifications(this, 'Undelivered', { prefix: props.prefix, topicNames: toTools.map((severity) => topicName(severity, props)), key: props.key, owner: props.owner }) : undefined;
    this.topics = { page: this.#topic('page', props), ticket: this.#topic('ticket', props) };
    watchDelivery(this, props.prefix, this.topics);
  }

  #topic(severity: Severity, props: NotificationTopicsProps): ITopic {
    const id = severity === 'page' ? 'Page' : 'Ticket';
    const brought = props.existing[severity];
    if (brought) return Topic.fromTopicArn(this, id, brought);
    const topic = new Topic(this, id, { topicName: topicName(severity, props), masterKey: props.key, enforceSSL: true });
    declareData(topic, { dataClass: 'operational', purpose: 'alarms', legalBasis: 'none', retentionDays: 0, owner: props.owner });
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    for (const subscriber of props.subscribers[severity]) {
      topic.addSubscription(subscriber.protocol === 'email' ? new EmailSubscription(subscriber.address) : new UrlSubscription(subscriber.url, this.#undelivered ? { deadLetterQueue: this.#undelivered.queue } : {}));
    }
    return topic;
  }
}

function topicName(severity: Severity, { prefix }: NotificationTopicsProps): string {
  return `${prefix}-${severity}`;
}
