import { describe, expect, it } from 'vitest';
import { TURN_DELIVERIES } from '../../../lambda/contracts/limits.ts';
import { alarmCalled, functionCalled, grantsOf, plain, propertiesOf, sentence, statementsOf, tagsOf, variablesOf } from '../../support/capability-app.ts';
import type { Properties } from '../../support/capability-app.ts';
import { chatApp } from './chat-app.ts';

const { template } = chatApp({ functions: { turnWorker: { timeoutSeconds: 90, reservedConcurrency: 50 } } });
type Template = typeof template;
const queueCalled = (name: string, from: Template = template): Properties => [...propertiesOf(from, 'AWS::SQS::Queue').values()].find(({ QueueName }) => QueueName === name) as Properties;
const mappingOf = (alias: string, from: Template): Properties => [...propertiesOf(from, 'AWS::Lambda::EventSourceMapping').values()].find(({ FunctionName }) => plain(FunctionName) === alias) as Properties;
const throughSqs = 'if StringEquals kms:ViaService = sqs.<AWS::Region>.amazonaws.com';

describe('the turn queue', () => {
  const queue = queueCalled('demo-turns');

  it('hides a message for six times the time-out of the worker', () => {
    expect(queue['VisibilityTimeout']).toBe(540);
    expect(queueCalled('demo-turns', chatApp({ functions: { turnWorker: { timeoutSeconds: 60 } } }).template)['VisibilityTimeout']).toBe(360);
  });

  it('gives up after as many tries as the worker expects, and keeps what it gave up for longer than it lives itself', () => {
    const { deadLetterTargetArn, maxReceiveCount } = queue['RedrivePolicy'] as Properties;
    expect([plain(deadLetterTargetArn), maxReceiveCount]).toEqual(['<ChatDeadTurnsQueue.Arn>', TURN_DELIVERIES]);
    expect([queue['MessageRetentionPeriod'], queueCalled('demo-turns-dead')['MessageRetentionPeriod']]).toEqual([86_400, 14 * 86_400]);
  });

  it('and its dead letters are encrypted under a customer key, and refuse plain transport', () => {
    for (const name of ['demo-turns', 'demo-turns-dead']) expect(plain(queueCalled(name)['KmsMasterKeyId'])).toBe('<Key.Arn>');
    const policies = [...propertiesOf(template, 'AWS::SQS::QueuePolicy').values()].flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument).map(sentence));
    expect(policies).toEqual(expect.arrayContaining(['deny sqs:* on <ChatTurns.Arn> if Bool aws:SecureTransport = false', 'deny sqs:* on <ChatDeadTurnsQueue.Arn> if Bool aws:SecureTransport = false']));
    expect(tagsOf(queue)).toMatchObject({ purpose: 'pending turns', 'retention-days': '1' });
  });

  it('wakes the worker by its alias, a turn at a time, and takes back single failures', () => {
    const mapping = mappingOf('<ChatWorkerDeliveryLive>', template);
    expect(mapping).toMatchObject({ BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    expect(plain(mapping['EventSourceArn'])).toBe('<ChatTurns.Arn>');
  });

  it.each([
    [undefined, undefined],
    [1, undefined],
    [2, { MaximumConcurrency: 2 }],
    [50, { MaximumConcurrency: 50 }],
    [5_000, { MaximumConcurrency: 1_000 }],
  ])('has as many pollers as the worker reserves: %j', (reservedConcurrency, scaling) => {
    const functions = { turnWorker: reservedConcurrency === undefined ? {} : { reservedConcurrency } };
    expect(mappingOf('<ChatWorkerDeliveryLive>', chatApp({ functions }).template)['ScalingConfig']).toEqual(scaling);
  });

  it('raises an alarm when turns wait, and at the first that ends as dead', () => {
    expect(alarmCalled(template, 'demo-turns-wait').properties).toMatchObject({ MetricName: 'ApproximateAgeOfOldestMessage', Threshold: 120, EvaluationPeriods: 3 });
    expect(alarmCalled(template, 'demo-dead-turns').properties).toMatchObject({ MetricName: 'ApproximateNumberOfMessagesVisible', Statistic: 'Maximum', Threshold: 1 });
  });
});

describe('the chat function', () => {
  it('may converse, sign tokens, hand turns on and ask the model under its guardrail', () => {
    const granted = grantsOf(template, 'demo-chat');
    expect(granted.filter((said) => !said.startsWith('dynamodb:') && !said.includes('dynamodb.'))).toEqual([
      expect.stringMatching(/^kms:GenerateDataKey kms:Decrypt on <Key.Arn> if ForAllValues:StringEquals kms:EncryptionContextKeys = subject/),
      'secretsmanager:GetSecretValue on <SigningSecret>',
      'kms:Decrypt on <Key.Arn> if StringEquals kms:ViaService = secretsmanager.<AWS::Region>.amazonaws.com',
      'sqs:SendMessage on <ChatTurns.Arn>',
      `kms:Decrypt kms:GenerateDataKey on <Key.Arn> ${throughSqs}`,
      expect.stringMatching(/^bedrock:InvokeModelWithResponseStream on arn:/),
      'bedrock:ApplyGuardrail on <Guardrail.GuardrailArn>',
      'kms:Decrypt on <Key.Arn> if StringEquals kms:ViaService = bedrock.eu-central-1.amazonaws.com',
    ]);
  });

  it('knows where everything is', () => {
    expect(Object.keys(variablesOf(template, 'demo-chat')).toSorted()).toEqual(['CONVERSATION_TABLE', 'GUARDRAIL_ID', 'GUARDRAIL_POLICIES', 'GUARDRAIL_VERSION', 'KEY_TABLE', 'METRIC_NAMESPACE', 'RELEASE', 'SETTINGS', 'SIGNING_SECRET_ARN', 'SUBJECT_KEY_ARN', 'TURN_QUEUE_URL']);
  });

  it('knows who may read its answers in another page', () => {
    expect(JSON.parse(variablesOf(template, 'demo-chat')['SETTINGS'] ?? '')).toMatchObject({ embedOrigins: ['https://shop.example'], leaseSeconds: 30 });
  });
});

describe('the alarms that take a version of the chat function back', () => {
  interface Measured {
    readonly Id: string;
    readonly Expression?: string;
    readonly MetricStat?: { readonly Metric: Properties; readonly Period: number; readonly Stat: string };
  }
  const metricsOf = (name: string): Measured[] => alarmCalled(template, name).properties['Metrics'] as Measured[];
  const dimensionsOf = (metric: Properties = {}): string[] => ((metric['Dimensions'] ?? []) as { Name: string; Value: unknown }[]).map(({ Name, Value }) => `${Name}=${plain(Value)}`);

  it.each(['demo-chat-errors', 'demo-chat-broken'])('%s counts requests that were answered with a 5xx, of the new version', (name) => {
    const failed = metricsOf(name).find(({ Id }) => Id === 'failed');
    expect(failed?.MetricStat).toMatchObject({ Metric: { Namespace: 'Chatbot/demo', MetricName: 'FailedRequests' }, Period: 60, Stat: 'Sum' });
    const [version] = dimensionsOf(failed?.MetricStat?.Metric);
    expect(version).toBe('FunctionVersion=<ChatFunctionCurrentVersion.Version>');
    expect(dimensionsOf(metricsOf(name).find(({ Id }) => Id === 'errors')?.MetricStat?.Metric)).toContain(version?.replace('FunctionVersion', 'ExecutedVersion'));
  });

  it('add them to what Lambda counts', () => {
    expect(metricsOf('demo-chat-errors').find(({ Expression }) => Expression)?.Expression).toBe('100 * SUM([errors, failed]) / MAX([errors, invocations, failed])');
    expect(metricsOf('demo-turn-worker-errors').map(({ Id }) => Id)).not.toContain('failed');
  });
});

describe('the turn worker', () => {
  it('may read its queue and finish turns; it signs nothing and hands nothing on', () => {
    const granted = grantsOf(template, 'demo-turn-worker');
    expect(granted).toContain('sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes on <ChatTurns.Arn>');
    expect(granted).toContain(`kms:Decrypt on <Key.Arn> ${throughSqs}`);
    expect(granted.join(' ')).not.toMatch(/secretsmanager|SendMessage|ConditionCheckItem|kms:GenerateDataKey kms:Decrypt on/);
    expect(functionCalled(template, 'demo-turn-worker')).toMatchObject({ Timeout: 90, ReservedConcurrentExecutions: 50 });
  });
});

describe('the model', () => {
  it('answers the worker, which streams to nobody, in one piece', () => {
    expect(grantsOf(template, 'demo-turn-worker').filter((said) => said.startsWith('bedrock:Invoke'))).toEqual([expect.stringMatching(/^bedrock:InvokeModel on arn:/)]);
  });

  it('behind an endpoint needs nothing of Bedrock', () => {
    const model = { provider: 'openai-compatible', modelId: 'small-model', baseUrl: 'https://models.example/v1', processor: { name: 'Ourselves', region: 'eu-central-1' }, withoutGuardrail: 'The gates of the bot hold, and the model is our own.', price: { inputUsdPer1000: 0, outputUsdPer1000: 0, source: 'Own machines', date: '2026-11-01' } };
    const { template: endpoint } = chatApp({ model });
    for (const name of ['demo-chat', 'demo-turn-worker']) {
      expect(grantsOf(endpoint, name).join(' ')).not.toContain('bedrock');
      expect(JSON.parse(variablesOf(endpoint, name)['SETTINGS'] ?? '')).toMatchObject({ model: { provider: 'openai-compatible', baseUrl: 'https://models.example/v1' } });
    }
  });
});

describe('without a model', () => {
  it('nothing may be asked of Bedrock', () => {
    const quoting = chatApp({ model: { provider: 'extractive' } }).template;
    for (const name of ['demo-chat', 'demo-turn-worker']) {
      expect(grantsOf(quoting, name).join(' ')).not.toContain('bedrock');
      expect(variablesOf(quoting, name)).not.toHaveProperty('GUARDRAIL_ID');
    }
  });

  it('without a guardrail the model alone may be asked', () => {
    const bare = chatApp({ guardrail: false }).template;
    expect(grantsOf(bare, 'demo-chat').filter((said) => said.includes('bedrock'))).toHaveLength(1);
    expect(variablesOf(bare, 'demo-chat')).not.toHaveProperty('GUARDRAIL_ID');
  });
});
