import { describe, expect, it } from 'vitest';
import { NotificationTopics } from '../../../lib/observability/index.ts';
import type { NotificationTopicsProps } from '../../../lib/observability/index.ts';
import { alarmCalled, capability, plain, propertiesOf, sentence, statementsOf, tagsOf } from '../../support/capability-app.ts';
import type { Properties } from '../../support/capability-app.ts';

const make = (props: Partial<NotificationTopicsProps> = {}) =>
  capability(({ stack, key }) => new NotificationTopics(stack, 'Topics', { prefix: 'demo', key, existing: {}, subscribers: { page: [], ticket: [] }, owner: 'support-lead', ...props }));

/** Topics of the construct: those of the surroundings have no properties. */
const topicsOf = (template: ReturnType<typeof make>['template']): Properties[] => [...propertiesOf(template, 'AWS::SNS::Topic').values()].filter((topic: Properties | undefined) => topic !== undefined);

describe('topics of alarms', () => {
  const { template } = make({ subscribers: { page: [{ protocol: 'https', url: 'https://incidents.example/hook' }], ticket: [{ protocol: 'email', address: 'team@shop.example' }, { protocol: 'email', address: 'other@shop.example' }] } });

  it('are two, encrypted under a customer key', () => {
    expect(topicsOf(template).map(({ TopicName, KmsMasterKeyId }) => [TopicName, plain(KmsMasterKeyId)])).toEqual([['demo-page', '<Key.Arn>'], ['demo-ticket', '<Key.Arn>']]);
  });

  it('are heard by their subscribers', () => {
    const subscriptions = [...propertiesOf(template, 'AWS::SNS::Subscription').values()].map(({ TopicArn, Protocol, Endpoint }) => `${plain(TopicArn)} ${String(Protocol)} ${String(Endpoint)}`);
    expect(subscriptions.toSorted()).toEqual(['<TopicsPage> https https://incidents.example/hook', '<TopicsTicket> email other@shop.example', '<TopicsTicket> email team@shop.example']);
  });

  it('take messages from alarms of this account, over TLS only', () => {
    const [policy] = [...propertiesOf(template, 'AWS::SNS::TopicPolicy').values()];
    const statements = statementsOf(policy?.['PolicyDocument']);
    expect(statements.map(sentence)).toEqual(['deny sns:Publish on <TopicsPage> if Bool aws:SecureTransport = false', 'sns:Publish on <TopicsPage> if StringEquals aws:SourceAccount = <AWS::AccountId>']);
    expect(statements[1]?.['Principal']).toEqual({ Service: 'cloudwatch.amazonaws.com' });
  });
});

describe('topics that are brought', () => {
  const page = 'arn:aws:sns:eu-central-1:111122223333:on-call';
  const { template, made } = make({ existing: { page } });

  it('are used instead of new ones', () => {
    expect(made.topics.page.topicArn).toBe(page);
    expect(topicsOf(template).map(({ TopicName }) => TopicName)).toEqual(['demo-ticket']);
  });

  it('keep their policy and subscribers', () => {
    expect([...propertiesOf(template, 'AWS::SNS::TopicPolicy').values()].map(({ Topics }) => (Topics as unknown[]).map(plain))).toEqual([['<TopicsTicket>']]);
    expect(propertiesOf(template, 'AWS::SNS::Subscription').size).toBe(0);
  });
});

describe('a notification that an incident tool does not take', () => {
  const tool = { protocol: 'https', url: 'https://incidents.example/hook' } as const;
  const mail = { protocol: 'email', address: 'team@shop.example' } as const;
  const { template } = make({ subscribers: { page: [tool, mail], ticket: [mail] } });
  const queues = (from: typeof template): Properties[] => [...propertiesOf(from, 'AWS::SQS::Queue').values()];

  it('is kept for 14 days, under a customer key', () => {
    const [queue, ...others] = queues(template);
    expect(others).toEqual([]);
    expect(queue).toMatchObject({ QueueName: 'demo-notifications-dead', MessageRetentionPeriod: 14 * 86_400 });
    expect(plain(queue?.['KmsMasterKeyId'])).toBe('<Key.Arn>');
    expect(tagsOf(queue as Properties)).toMatchObject({ 'data-class': 'operational', purpose: 'undelivered alarms', 'data-owner': 'support-lead' });
  });

  it('is kept for the subscriptions that can fail: those by mail have no such queue', () => {
    const redriven = [...propertiesOf(template, 'AWS::SNS::Subscription').values()].map(({ Protocol, RedrivePolicy }) => `${String(Protocol)} ${plain((RedrivePolicy as Properties | undefined)?.['deadLetterTargetArn'] ?? '-')}`);
    expect(redriven.toSorted()).toEqual(['email -', 'email -', 'https <TopicsUndeliveredQueue.Arn>']);
  });

  it('is put there by Amazon SNS for that topic alone, which may use the key for it', () => {
    const [policy] = [...propertiesOf(template, 'AWS::SQS::QueuePolicy').values()];
    const statements = statementsOf(policy?.['PolicyDocument']);
    expect(statements.map(sentence)).toEqual([
      'deny sqs:* on <TopicsUndeliveredQueue.Arn> if Bool aws:SecureTransport = false',
      'sqs:SendMessage on <TopicsUndeliveredQueue.Arn> if ArnEquals aws:SourceArn = <TopicsPage>',
    ]);
    const ofTheKey = [...propertiesOf(template, 'AWS::KMS::Key').values()].flatMap(({ KeyPolicy }) => statementsOf(KeyPolicy)).filter(({ Sid }) => Sid === 'UndeliveredNotifications');
    expect(ofTheKey.map(sentence)).toEqual(['kms:Decrypt kms:GenerateDataKey on * if ArnEquals aws:SourceArn = arn:<AWS::Partition>:sns:eu-central-1:111122223333:demo-page']);
    for (const { Principal } of [statements[1], ...ofTheKey] as Properties[]) expect(Principal).toEqual({ Service: 'sns.amazonaws.com' });
  });

  it('needs no queue where everybody is told by mail, or elsewhere', () => {
    expect(queues(make({ subscribers: { page: [mail], ticket: [mail] } }).template)).toEqual([]);
    expect(queues(make({ existing: { page: 'arn:aws:sns:eu-central-1:111122223333:on-call' }, subscribers: { page: [tool], ticket: [mail] } }).template)).toEqual([]);
  });
});

describe('delivery of each topic', () => {
  const existing = { page: 'arn:aws:sns:eu-central-1:111122223333:on-call' };

  it.each([
    ['demo-page-notifications-failed', '<TopicsPage.TopicName>', '<TopicsTicket>', 'ticket'],
    ['demo-ticket-notifications-failed', '<TopicsTicket.TopicName>', '<TopicsPage>', 'page'],
  ])('%s tells the other topic at the first failure', (name, watched, told, severity) => {
    const { properties, registration } = alarmCalled(make().template, name);
    expect(properties).toMatchObject({ Namespace: 'AWS/SNS', MetricName: 'NumberOfNotificationsFailed', Statistic: 'Sum', Threshold: 1, EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
    expect((properties['Dimensions'] as { Name: string; Value: unknown }[]).map(({ Name, Value }) => [Name, plain(Value)])).toEqual([['TopicName', watched]]);
    expect((properties['AlarmActions'] as unknown[]).map(plain)).toEqual([told]);
    expect(registration).toMatchObject({ severity, runbook: 'docs/runbook.md#notifications-failed' });
  });

  it('is watched for topics that are brought as well', () => {
    expect(alarmCalled(make({ existing }).template, 'demo-page-notifications-failed').properties['Dimensions']).toEqual([{ Name: 'TopicName', Value: 'on-call' }]);
    expect(alarmCalled(make({ existing }).template, 'demo-ticket-notifications-failed').properties['AlarmActions']).toEqual([existing.page]);
  });
});
