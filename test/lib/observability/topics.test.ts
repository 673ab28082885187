import { describe, expect, it } from 'vitest';
import { NotificationTopics } from '../../../lib/observability/index.ts';
import type { NotificationTopicsProps } from '../../../lib/observability/index.ts';
import { capability, plain, propertiesOf, sentence, statementsOf } from '../../support/capability-app.ts';
import type { Properties } from '../../support/capability-app.ts';

const make = (props: Partial<NotificationTopicsProps> = {}) =>
  capability(({ stack, key }) => new NotificationTopics(stack, 'Topics', { prefix: 'demo', key, existing: {}, subscribers: { page: [], ticket: [] }, ...props }));

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
