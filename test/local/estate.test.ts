import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallRecord } from '../../local/aws/index.ts';
import { startEstate } from '../../local/estate.ts';
import type { Estate, EstateOptions } from '../../local/estate.ts';
import { accessKeyIdOf } from '../../local/runtime/functions.ts';
import { lambdaMethod, pathResource } from './support/api.ts';
import { writeAssembly } from './support/assembly.ts';
import { temporaryFolder } from './support/folder.ts';
import { ManualClock } from './support/manual-clock.ts';
import { workerScript } from './support/worker-script.ts';

const modules = join(import.meta.dirname, '../../node_modules');
const sdk = (client: string): string => JSON.stringify(join(modules, '@aws-sdk', client, 'dist-cjs/index.js'));
const weak = (output: string): object => ({ 'Fn::GetStackOutput': { StackName: 'dev-Data', OutputName: output, Region: 'eu-central-1' } });
const liveOf = (fn: string): object => ({ Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: fn }, FunctionVersion: '1', Name: 'live' } });

/** A small estate: a request writes an item and a message; stream, bus and queue carry the news on. */
const data = {
  name: 'Data',
  resources: {
    Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' }, TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } } },
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'signing', GenerateSecretString: { PasswordLength: 40, ExcludePunctuation: true } } },
    Key: { Type: 'AWS::KMS::Key', Properties: {} },
    Pool: { Type: 'AWS::Cognito::UserPool', Properties: {} },
    Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' } } },
  },
  rest: { Outputs: { Table: { Value: { Ref: 'Table' } }, Stream: { Value: { 'Fn::GetAtt': ['Table', 'StreamArn'] } }, Secret: { Value: { Ref: 'Secret' } }, Issuer: { Value: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] } } } },
};
const service = {
  name: 'Service',
  functions: {
    Front: {
      code: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
        const { DynamoDBClient, PutItemCommand, GetItemCommand } = require(${sdk('client-dynamodb')});
        const db = new DynamoDBClient({});
        export const handler = async (event) => {
          const { id } = event.pathParameters ?? event;
          if (event.httpMethod === 'GET') {
            const { Item } = await db.send(new GetItemCommand({ TableName: process.env.TABLE, Key: { pk: { S: id } }, ConsistentRead: true }));
            return { statusCode: Item ? 200 : 404, body: JSON.stringify(Item ?? null) };
          }
          await db.send(new PutItemCommand({ TableName: process.env.TABLE, Item: { pk: { S: id }, by: { S: 'front' }, expiresAt: { N: event.queryStringParameters?.expires ?? '9999999999' } } }));
          return { statusCode: 201, body: process.env.ISSUER };
        };`,
      properties: { FunctionName: 'dev-front', Environment: { Variables: { TABLE: weak('Table'), ISSUER: weak('Issuer') } } },
    },
    Relay: {
      code: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
        const { EventBridgeClient, PutEventsCommand } = require(${sdk('client-eventbridge')});
        const events = new EventBridgeClient({});
        export const handler = async ({ Records }) => {
          await events.send(new PutEventsCommand({ Entries: Records.map((record) => ({ EventBusName: process.env.BUS, Source: 'test', DetailType: record.eventName, Detail: JSON.stringify({ pk: record.dynamodb.Keys.pk.S }) })) }));
        };`,
      properties: { FunctionName: 'dev-relay', Environment: { Variables: { BUS: { Ref: 'Bus' } } } },
    },
    Listener: {
      code: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
        const { SQSClient, SendMessageCommand } = require(${sdk('client-sqs')});
        export const handler = async (event) => { await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: JSON.stringify(event.detail) })); };`,
      properties: { FunctionName: 'dev-listener', Environment: { Variables: { QUEUE: { Ref: 'Work' } } } },
    },
    Worker: {
      code: "export const handler = async ({ Records }) => { console.log('worked ' + Records[0].body); return { batchItemFailures: [] }; };",
      properties: { FunctionName: 'dev-worker' },
    },
    Clocked: { code: "export const handler = async (event) => { console.log('clocked ' + JSON.stringify(event)); };", properties: { FunctionName: 'dev-clocked' } },
    Rotate: { code: "export const handler = async ({ Step, ClientRequestToken }) => { console.log('rotate ' + Step + ' ' + (ClientRequestToken.length > 10)); };", properties: { FunctionName: 'dev-rotate' } },
  },
  resources: {
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'news' } },
    Dead: { Type: 'AWS::SQS::Queue', Properties: {} },
    Work: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work', VisibilityTimeout: 30, RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 } } },
    FrontLive: liveOf('Front'),
    ListenerLive: liveOf('Listener'),
    FromTable: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: weak('Stream'), FunctionName: { Ref: 'Relay' }, StartingPosition: 'TRIM_HORIZON', BatchSize: 10, FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] } } },
    FromQueue: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: { 'Fn::GetAtt': ['Work', 'Arn'] }, FunctionName: { Ref: 'Worker' }, BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'] } },
    News: { Type: 'AWS::Events::Rule', Properties: { EventBusName: { Ref: 'Bus' }, EventPattern: { source: ['test'] }, Targets: [{ Arn: { Ref: 'ListenerLive' }, Id: 'Target0' }] } },
    Often: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(5 minutes)', Targets: [{ Arn: { 'Fn::GetAtt': ['Clocked', 'Arn'] }, Id: 'Target0', Input: '{"sweep":true}' }] } },
    Rotation: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: weak('Secret'), RotationLambdaARN: { 'Fn::GetAtt': ['Rotate', 'Arn'] }, RotationRules: { ScheduleExpression: 'rate(30 days)' }, RotateImmediatelyOnUpdate: false } },
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } },
    Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { StageName: 'live', RestApiId: { Ref: 'Api' } } },
    Items: pathResource('items'),
    Item: pathResource('{id}', 'Items'),
    Put: lambdaMethod('POST', 'Item', 'dev-front'),
    Get: lambdaMethod('GET', 'Item', 'dev-front'),
  },
};

describe('startEstate', () => {
  const folder = temporaryFolder();
  const assemblyDir = writeAssembly(join(folder, 'out'), 'dev', [data, service]);
  const clock = new ManualClock();
  const calls: CallRecord[] = [];
  const reports: string[] = [];
  const logsDir = join(folder, 'logs');
  let estate: Estate;
  const start = async (options: Partial<EstateOptions> = {}): Promise<Estate> =>
    startEstate({ assemblyDir, environment: 'dev', port: 0, clock, workerScript: await workerScript(), logsDir, report: (line) => void reports.push(line), onCall: (call) => void calls.push(call), ...options });
  const log = (name: string): string => {
    try {
      return readFileSync(join(logsDir, `${name}.log`), 'utf8');
    } catch {
      return '';
    }
  };

  beforeAll(async () => {
    estate = await start({ dataDir: join(folder, 'state') });
    await estate.warm;
  });
  afterAll(() => estate.close());

  it('carries a request through function, table, stream, bus and queue', async () => {
    const response = await fetch(`${estate.url}/items/a1`, { method: 'POST' });
    expect([response.status, await response.text()]).toEqual([201, expect.stringMatching(new RegExp(`^${estate.loopbackUrl}/eu-central-1_`))]);
    await expect.poll(() => log('dev-worker'), { timeout: 10_000 }).toContain('worked {"pk":"a1"}');
    expect(reports).toEqual([]);
    const own = calls.filter(({ accessKeyId }) => accessKeyId === accessKeyIdOf('dev-front'));
    expect(own.map(({ operation }) => operation)).toEqual(['PutItem']);
  });

  it('keeps its state over a restart, at the same loop-back port', async () => {
    const before = estate.loopbackUrl;
    await estate.close();
    estate = await start({ dataDir: join(folder, 'state') });
    expect((await fetch(`${estate.url}/items/a1`)).status).toBe(200);
    expect(estate.loopbackUrl).toBe(before);
  });

  it('refuses a second estate on the same state', async () => {
    await expect(start({ dataDir: join(folder, 'state') })).rejects.toThrow(/in use/);
  });

  it('lets items expire and schedules run by the clock', async () => {
    const expires = Math.floor(clock.now() / 1000) + 60;
    await fetch(`${estate.url}/items/short?expires=${expires}`, { method: 'POST' });
    expect((await fetch(`${estate.url}/items/short`)).status).toBe(200);
    clock.advance(5 * 60_000);
    expect((await fetch(`${estate.url}/items/short`)).status).toBe(404);
    await expect.poll(() => log('dev-clocked')).toContain('clocked {"sweep":true}');
  });

  it('rotates secrets in four steps', async () => {
    await estate.rotateSecrets();
    await expect.poll(() => log('dev-rotate').match(/rotate \w+ true/g)).toEqual(['createSecret', 'setSecret', 'testSecret', 'finishSecret'].map((step) => `rotate ${step} true`));
  });

  it('invokes functions by name, and gives staff tokens', async () => {
    expect(await estate.invoke('front', { httpMethod: 'GET', id: 'nobody' })).toEqual({ statusCode: 404, body: 'null' });
    const [, claims = ''] = (await estate.staffToken('supervisor')).split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ 'cognito:groups': ['supervisor'], sub: 'local-supervisor' });
    expect(estate.definition('front').timeoutSeconds).toBe(5);
  });

  it('leaves nothing behind when the port is taken', async () => {
    const { port } = new URL(estate.url);
    await expect(start({ port: Number(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('runs on an endpoint that the user brought, where it creates what is missing', async () => {
    const foreign = { url: estate.loopbackUrl, credentials: { accessKeyId: 'AKIAFOREIGN', secretAccessKey: 's' } };
    const fresh = await start();
    const target = { ...foreign, url: fresh.loopbackUrl };
    const before = calls.length;
    const second = await start({ foreign: target });
    try {
      expect((await fetch(`${second.url}/items/b1`, { method: 'POST' })).status).toBe(201);
      expect((await fetch(`${fresh.url}/items/b1`)).status).toBe(200);
      const operations = calls.slice(before).filter(({ accessKeyId }) => accessKeyId === 'AKIAFOREIGN').map(({ operation }) => operation);
      expect(operations).toEqual(expect.arrayContaining(['CreateTable', 'CreateQueue', 'CreateKey', 'PutItem', 'ReceiveMessage']));
    } finally {
      await second.close();
      await fresh.close();
    }
  });
});
