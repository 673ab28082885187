import { describe, expect, it } from 'vitest';
import { alarmCalled, functionCalled, grantsOf, only, plain, propertiesOf, sentence, statementsOf, variablesOf } from '../../support/capability-app.ts';
import type { Properties } from '../../support/capability-app.ts';
import { chatApp } from './chat-app.ts';

const { template } = chatApp({ thresholds: { fallbackPercent: 25 } });
const rules = [...propertiesOf(template, 'AWS::Events::Rule').values()];
const ruleWith = (key: string): Properties => rules.find((rule) => rule[key] !== undefined) as Properties;
const throughSqs = 'kms:Decrypt kms:GenerateDataKey on <Key.Arn> if StringEquals kms:ViaService = sqs.<AWS::Region>.amazonaws.com';
const throughEvents = 'kms:Decrypt kms:GenerateDataKey on <Key.Arn> if StringEquals kms:ViaService = events.<AWS::Region>.amazonaws.com';
const expressionOf = ({ properties }: { properties: Properties }): string | undefined => (properties['Metrics'] as { Expression?: string }[]).find(({ Expression }) => Expression)?.Expression;

describe('the event bus', () => {
  it('is encrypted under a customer key, and keeps what it cannot encrypt', () => {
    const bus = only(template, 'AWS::Events::EventBus');
    expect([bus['Name'], plain(bus['KmsKeyIdentifier']), plain((bus['DeadLetterConfig'] as Properties)['Arn'])]).toEqual(['demo-events', '<Key.Arn>', '<EventsDeadEventsQueue.Arn>']);
  });

  it('and the rules may put dead letters on their queue, each by its own ARN', () => {
    const [policy] = [...propertiesOf(template, 'AWS::SQS::QueuePolicy')].filter(([id]) => id.startsWith('EventsDeadEvents')).map(([, properties]) => properties);
    const statements = statementsOf(policy?.['PolicyDocument']);
    expect(statements.map(sentence)).toEqual([
      'deny sqs:* on <EventsDeadEventsQueue.Arn> if Bool aws:SecureTransport = false',
      'sqs:SendMessage on <EventsDeadEventsQueue.Arn> if ArnEquals aws:SourceArn = <EventsBus.Arn>',
      'sqs:SendMessage on <EventsDeadEventsQueue.Arn> if ArnEquals aws:SourceArn = <EventsToInteractions.Arn>',
      'sqs:SendMessage on <EventsDeadEventsQueue.Arn> if ArnEquals aws:SourceArn = <EventsEveryFiveMinutes.Arn>',
    ]);
    for (const { Principal } of statements.slice(1)) expect(Principal).toEqual({ Service: 'events.amazonaws.com' });
  });
});

describe('the outbox relay', () => {
  const mapping = [...propertiesOf(template, 'AWS::Lambda::EventSourceMapping').values()].find(({ FunctionName }) => plain(FunctionName) === '<EventsRelayDeliveryLive>') as Properties;

  it('reads new outbox items from the stream, by its alias', () => {
    expect(plain(mapping['EventSourceArn'])).toBe('<StoreConversations.StreamArn>');
    const [filter] = (mapping['FilterCriteria'] as { Filters: { Pattern: string }[] }).Filters;
    expect(JSON.parse(filter?.Pattern ?? '')).toEqual({ eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: [{ prefix: 'OUTBOX#' }] } } } });
  });

  it('takes back single failures, and gives up into the dead letters', () => {
    expect(mapping).toMatchObject({ StartingPosition: 'TRIM_HORIZON', BatchSize: 25, MaximumRetryAttempts: 10, BisectBatchOnFunctionError: true, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    expect(plain((mapping['DestinationConfig'] as { OnFailure: Properties }).OnFailure['Destination'])).toBe('<EventsDeadEventsQueue.Arn>');
  });

  it('may read the stream, publish, and delete what it published', () => {
    const granted = grantsOf(template, 'demo-outbox-relay');
    expect(granted.filter((said) => !said.includes('dynamodb.'))).toEqual([
      'dynamodb:DeleteItem on <StoreConversations.Arn>',
      'dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams on <StoreConversations.StreamArn>',
      'events:PutEvents on <EventsBus.Arn>',
      throughEvents,
      'sqs:SendMessage on <EventsDeadEventsQueue.Arn>',
      throughSqs,
    ]);
    expect(variablesOf(template, 'demo-outbox-relay')).toMatchObject({ EVENT_BUS_NAME: '<EventsBus>' });
  });
});

describe('the interaction recorder', () => {
  it('gets every product event by its alias; what cannot be delivered in six hours ends as a dead letter', () => {
    const rule = ruleWith('EventPattern');
    expect(rule['EventPattern']).toEqual({ source: ['chatbot'] });
    const targets = (rule['Targets'] as Properties[]).map(({ Arn, DeadLetterConfig, RetryPolicy }) => ({ to: plain(Arn), dead: plain((DeadLetterConfig as Properties)['Arn']), retry: RetryPolicy }));
    expect(targets).toEqual([{ to: '<EventsInteractionsDeliveryLive>', dead: '<EventsDeadEventsQueue.Arn>', retry: { MaximumRetryAttempts: 20, MaximumEventAgeInSeconds: 21_600 } }]);
  });

  it('may do nothing but leave dead letters', () => {
    expect(grantsOf(template, 'demo-interactions')).toEqual(['sqs:SendMessage on <EventsDeadEventsQueue.Arn>', throughSqs]);
    expect(plain((functionCalled(template, 'demo-interactions')['DeadLetterConfig'] as Properties)['TargetArn'])).toBe('<EventsDeadEventsQueue.Arn>');
  });
});

describe('the sweep', () => {
  it('runs every five minutes; a run that could not be started, or that failed, ends as a dead letter', () => {
    const rule = ruleWith('ScheduleExpression');
    expect(rule).toMatchObject({ ScheduleExpression: 'rate(5 minutes)', Targets: [{ Input: '{"sweep":true}' }] });
    const [{ DeadLetterConfig } = {}] = rule['Targets'] as { DeadLetterConfig?: Properties }[];
    expect([DeadLetterConfig?.['Arn'], (functionCalled(template, 'demo-sweep')['DeadLetterConfig'] as Properties)['TargetArn']].map(plain)).toEqual(['<EventsDeadEventsQueue.Arn>', '<EventsDeadEventsQueue.Arn>']);
  });

  it('may find what is due, hand turns on and publish; it cannot read text', () => {
    const granted = grantsOf(template, 'demo-sweep');
    expect(granted.filter((said) => !said.includes('dynamodb.'))).toEqual([
      'sqs:SendMessage on <EventsDeadEventsQueue.Arn>',
      throughSqs,
      'dynamodb:Query on <StoreConversations.Arn>/index/idle',
      'dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem on <StoreConversations.Arn>',
      'sqs:SendMessage on <ChatTurns.Arn>',
      'events:PutEvents on <EventsBus.Arn>',
      throughEvents,
    ]);
    expect(variablesOf(template, 'demo-sweep')).not.toHaveProperty('KEY_TABLE');
    // Nothing of the model: a function that is told of an endpoint counts as a way to it.
    expect(Object.keys(JSON.parse(variablesOf(template, 'demo-sweep')['SETTINGS'] ?? '') as object)).toEqual(['leaseSeconds', 'idleMinutes', 'maxTurns', 'quotas']);
  });

  it('raises an alarm when it does not end well, data or not', () => {
    const alarm = alarmCalled(template, 'demo-sweep-missing');
    expect(alarm.properties).toMatchObject({ ComparisonOperator: 'LessThanThreshold', Threshold: 1, EvaluationPeriods: 2, TreatMissingData: 'breaching' });
    expect(expressionOf(alarm)).toBe('invocations - errors');
    // It has no data yet when it is made, which counts as failed: whoever gets it must be able to tell.
    expect(alarm.properties['AlarmDescription']).toContain('also goes off when the environment is made');
  });
});

describe('alarms on what users get', () => {
  it('watch the share of fallbacks at the configured threshold, over as long as it takes, and not of a handful of turns', () => {
    const alarm = alarmCalled(template, 'demo-fallback-rate');
    expect(alarm.properties).toMatchObject({ Threshold: 25, EvaluationPeriods: 1 });
    expect(expressionOf(alarm)).toBe('IF(turns >= 50, 100 * FILL(fallbacks, 0) / turns, 0)');
  });

  it('watch the promise of the first content itself', () => {
    const { properties, registration } = alarmCalled(chatApp({ thresholds: { firstContentMilliseconds: 1_500 } }).template, 'demo-first-content-slow');
    expect(properties).toMatchObject({ Namespace: 'Chatbot/demo', MetricName: 'FirstContentMilliseconds', ExtendedStatistic: 'p99', Period: 300, Threshold: 1_500, EvaluationPeriods: 3 });
    expect([properties['Dimensions'], registration['severity']]).toEqual([undefined, 'ticket']);
  });

  it.each([
    ['demo-model-failures', { Namespace: 'Chatbot/demo', MetricName: 'ModelFailures', Threshold: 10 }],
    ['demo-failed-turns', { Namespace: 'Chatbot/demo', MetricName: 'FailedTurns', Threshold: 1 }],
    ['demo-dead-events', { MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 1 }],
  ])('%s', (name, expected) => {
    expect(alarmCalled(template, name).properties).toMatchObject(expected);
  });
});
