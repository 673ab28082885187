import { connect } from 'node:net';
import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy';
import { DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeSecretCommand, GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../../local/aws/index.ts';
import { keyArn, secretArn, startLoopback, tableArn } from '../../../local/aws/index.ts';
import { PLACE, clientsFor, failure } from './support/clients.ts';
import { tableNamed, withFolder, withLoopback } from './support/loopback.ts';

const byOwner = {
  gsis: [{ name: 'byOwner', keySchema: [{ attributeName: 'keeper', keyType: 'HASH' as const }], projection: { type: 'ALL' as const } }],
  attributeDefinitions: [...tableNamed('t').attributeDefinitions, { attributeName: 'keeper', attributeType: 'S' as const }],
};

describe('declared resources', () => {
  it('keep their data when they are declared again, and take a new index', () =>
    withFolder(async (dataDir) => {
      await withLoopback({ dataDir, resources: { tables: [tableNamed('t')] } }, ({ clients }) =>
        clients.dynamodb.send(new PutItemCommand({ TableName: 't', Item: { pk: { S: 'p' }, sk: { S: 's' }, keeper: { S: 'ann' } } })),
      );
      await withLoopback({ dataDir, resources: { tables: [tableNamed('t', byOwner)] } }, async ({ clients }) => {
        const query = { TableName: 't', IndexName: 'byOwner', KeyConditionExpression: 'keeper = :k', ExpressionAttributeValues: { ':k': { S: 'ann' } } };
        expect((await clients.dynamodb.send(new QueryCommand(query))).Count).toBe(1);
      });
    }));

  it('refuse another primary key for a table with items, and say what to do', () =>
    withFolder(async (dataDir) => {
      await withLoopback({ dataDir, resources: { tables: [tableNamed('t')] } }, ({ clients }) =>
        clients.dynamodb.send(new PutItemCommand({ TableName: 't', Item: { pk: { S: 'p' }, sk: { S: 's' } } })),
      );
      const tables = [{ ...tableNamed('t'), keySchema: [{ attributeName: 'pk', keyType: 'HASH' as const }] }];
      await expect(startLoopback({ ...PLACE, dataDir, resources: { tables } })).rejects.toThrow(/holds 1 items under the key.*delete the data directory/);
    }));

  it('get their first secret value once', () =>
    withFolder(async (dataDir) => {
      const generated = { name: 'signing', generateSecretString: { secretStringTemplate: '{"alg":"HS256"}', generateStringKey: 'key', passwordLength: 48, excludePunctuation: true } };
      const resources = { secrets: [generated, { name: 'vendor', secretString: 'given', rotationEnabled: true }, { name: 'empty' }] };
      const read = (): Promise<(string | undefined)[]> =>
        withLoopback({ dataDir, resources }, async ({ clients }) => {
          await failure(clients.secrets.send(new GetSecretValueCommand({ SecretId: 'empty' })), 'ResourceNotFoundException', /staging label: AWSCURRENT/);
          const vendor = await clients.secrets.send(new DescribeSecretCommand({ SecretId: secretArn(PLACE, 'vendor') }));
          expect(vendor).toMatchObject({ RotationEnabled: true, ARN: secretArn(PLACE, 'vendor') });
          return Promise.all(['signing', 'vendor'].map(async (SecretId) => (await clients.secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString));
        });
      const [signing, vendor] = await read();
      expect(JSON.parse(signing ?? '')).toEqual({ alg: 'HS256', key: expect.stringMatching(/^[A-Za-z0-9]{48}$/) as unknown });
      expect(vendor).toBe('given');
      expect(await read()).toEqual([signing, vendor]);
    }));

  it('announce a rotation as RotateSecret does', () =>
    withLoopback({ resources: { secrets: [{ name: 's', secretString: 'old' }] } }, async ({ loopback, clients }) => {
      const ClientRequestToken = loopback.beginRotation('s');
      const { VersionIdsToStages } = await clients.secrets.send(new DescribeSecretCommand({ SecretId: 's' }));
      expect(VersionIdsToStages?.[ClientRequestToken]).toEqual(['AWSPENDING']);
      await failure(clients.secrets.send(new GetSecretValueCommand({ SecretId: 's', VersionStage: 'AWSPENDING' })), 'ResourceNotFoundException');
      await clients.secrets.send(new PutSecretValueCommand({ SecretId: 's', ClientRequestToken, SecretString: 'new', VersionStages: ['AWSPENDING'] }));
      expect((await clients.secrets.send(new GetSecretValueCommand({ SecretId: 's' }))).SecretString).toBe('old');
    }));

  it('keep key material over a restart; a changed declaration disables a key', () =>
    withFolder(async (dataDir) => {
      const keys = [{ keyId: 'key-1', alias: 'alias/text' }];
      const { CiphertextBlob } = await withLoopback({ dataDir, resources: { keys } }, ({ clients }) =>
        clients.kms.send(new EncryptCommand({ KeyId: 'alias/text', Plaintext: Buffer.from('x') })),
      );
      await withLoopback({ dataDir, resources: { keys } }, async ({ clients }) => {
        const { Plaintext, KeyId } = await clients.kms.send(new DecryptCommand({ CiphertextBlob }));
        expect(Buffer.from(Plaintext ?? []).toString()).toBe('x');
        expect(KeyId).toBe(keyArn(PLACE, 'key-1'));
      });
      await withLoopback({ dataDir, resources: { keys: [{ keyId: 'key-1', enabled: false }] } }, async ({ clients }) => {
        await failure(clients.kms.send(new DecryptCommand({ CiphertextBlob })), 'DisabledException');
      });
    }));

  it('remember client tokens for ten minutes, over a restart too', () =>
    withFolder(async (dataDir) => {
      let clock = 1_800_000_000_000;
      const options = { dataDir, now: () => clock, resources: { tables: [tableNamed('t')] } };
      const Key = { pk: { S: 'p' }, sk: { S: 's' } };
      const add = (): Promise<string | undefined> =>
        withLoopback(options, async ({ clients }) => {
          const Update = { TableName: 't', Key, UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } };
          await clients.dynamodb.send(new TransactWriteItemsCommand({ ClientRequestToken: 'token', TransactItems: [{ Update }] }));
          return (await clients.dynamodb.send(new GetItemCommand({ TableName: 't', Key }))).Item?.['n']?.N;
        });
      expect(await add()).toBe('1');
      clock += 599_000;
      expect(await add()).toBe('1');
      clock += 1_000;
      expect(await add()).toBe('2');
    }));
});

describe('the endpoint', () => {
  it('records each call with what a policy must allow, failures too', async () => {
    const calls: CallRecord[] = [];
    const resources = { tables: [tableNamed('t', byOwner)] };
    await withLoopback({ resources, onCall: (call) => calls.push(call), now: () => 5000 }, async ({ loopback }) => {
      const chat = clientsFor(loopback.url, 'AKIACHAT');
      const { dynamodb } = chat;
      const key = { pk: { S: 'p' }, sk: { S: 's' } };
      await dynamodb.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName: 't', Item: key } },
            { ConditionCheck: { TableName: 't', Key: { ...key, sk: { S: 'x' } }, ConditionExpression: 'attribute_not_exists(pk)' } },
          ],
        }),
      );
      await dynamodb.send(new QueryCommand({ TableName: 't', IndexName: 'byOwner', KeyConditionExpression: 'keeper = :k', ExpressionAttributeValues: { ':k': { S: 'a' } } }));
      await failure(dynamodb.send(new PutItemCommand({ TableName: 't', Item: key, ConditionExpression: 'attribute_not_exists(pk)' })), 'ConditionalCheckFailedException');
      chat.destroy();
    });
    const resource = tableArn(PLACE, 't');
    expect(calls).toEqual([
      {
        service: 'dynamodb',
        operation: 'TransactWriteItems',
        accessKeyId: 'AKIACHAT',
        body: expect.stringContaining('"TransactItems"'),
        at: 5000,
        permissions: [{ action: 'dynamodb:PutItem', resource }, { action: 'dynamodb:ConditionCheckItem', resource }],
        resources: [resource],
      },
      expect.objectContaining({ operation: 'Query', permissions: [{ action: 'dynamodb:Query', resource: `${resource}/index/byOwner` }] }),
      expect.objectContaining({ operation: 'PutItem', error: 'ConditionalCheckFailedException' }),
    ]);
  });

  it('is found by the unmodified SDK through AWS_ENDPOINT_URL', () =>
    withLoopback({ resources: { tables: [tableNamed('t')] } }, async ({ loopback }) => {
      const before = process.env['AWS_ENDPOINT_URL'];
      process.env['AWS_ENDPOINT_URL'] = loopback.url;
      const client = new DynamoDBClient({ region: PLACE.region, credentials: { accessKeyId: 'a', secretAccessKey: 's' } });
      try {
        expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(['t']);
      } finally {
        client.destroy();
        if (before === undefined) delete process.env['AWS_ENDPOINT_URL'];
        else process.env['AWS_ENDPOINT_URL'] = before;
      }
    }));

  it('names what it does not emulate', () =>
    withLoopback({}, async ({ loopback }) => {
      const config = { endpoint: loopback.url, region: PLACE.region, credentials: { accessKeyId: 'a', secretAccessKey: 's' }, maxAttempts: 1 };
      const codedeploy = new CodeDeployClient(config);
      const lambda = new LambdaClient(config);
      const unknown = 'UnknownOperationException';
      await failure(codedeploy.send(new PutLifecycleEventHookExecutionStatusCommand({ deploymentId: 'd' })), unknown, /does not emulate codedeploy:PutLifecycleEventHookExecutionStatus/);
      await failure(lambda.send(new InvokeCommand({ FunctionName: 'f' })), unknown, /does not emulate lambda:POST \/2015-03-31\/functions\/f\/invocations/);
      const form = await raw(loopback.url, 'Action=Publish&Version=2010-03-31', { authorization: signed('sns'), 'content-type': 'application/x-www-form-urlencoded' });
      expect(form).toMatchObject({ status: 400, text: expect.stringMatching(/<Code>UnknownOperationException<\/Code>.*sns:Publish/) as unknown });
      codedeploy.destroy();
      lambda.destroy();
    }));

  it('answers malformed requests, and stays up', () =>
    withLoopback({ resources: { tables: [tableNamed('t')] } }, async ({ loopback, clients }) => {
      const headers = { authorization: signed('dynamodb'), 'x-amz-target': 'DynamoDB_20120810.GetItem', 'content-type': 'application/x-amz-json-1.0' };
      const bodies = ['{', '[]', 'null', '"x"', '{"TableName":1}', '{"TableName":"t","Key":[]}', '{"TableName":"t","Key":{"pk":"x"}}', `{"TableName":${'['.repeat(200_000)}`];
      for (const body of bodies) {
        const answer = await raw(loopback.url, body, headers);
        expect([answer.status, answer.text], body.slice(0, 40)).toEqual([400, expect.stringContaining('SerializationException')]);
      }
      const deep = `{"TableName":"t","Key":{"pk":${'{"M":{"a":'.repeat(5000)}{"S":"x"}${'}}'.repeat(5000)}}}`;
      expect(await raw(loopback.url, deep, headers)).toMatchObject({ status: 400, text: expect.stringContaining('ValidationException') as unknown });
      expect(await raw(loopback.url, '{"TableName":"t","Key":{"pk":{},"sk":{"S":"x"}}}', headers)).toMatchObject({ status: 400 });
      expect((await raw(loopback.url, '{}', { ...headers, authorization: 'Bearer x' })).status).toBe(403);
      expect((await fetch(loopback.url, { method: 'POST', body: '{}' })).status).toBe(403);
      expect((await fetch(`${loopback.url}/nowhere`)).status).toBe(403);
      expect((await clients.dynamodb.send(new ListTablesCommand({}))).TableNames).toEqual(['t']);
    }));

  it('tells HTTP/1 from HTTP/2 though the first bytes come one by one, and outlives garbage', () =>
    withLoopback({}, async ({ loopback, clients }) => {
      const request = 'PUT / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';
      expect(await exchange(loopback.port, Array.from(request))).toMatch(/^HTTP\/1\.1 403 .*MissingAuthenticationTokenException/s);
      expect(await exchange(loopback.port, ['\u0000\u0001garbage\r\n\r\n'])).toMatch(/^HTTP\/1\.1 400/);
      await exchange(loopback.port, ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'garbage'.repeat(20)]);
      expect((await clients.dynamodb.send(new ListTablesCommand({}))).TableNames).toEqual([]);
    }));

  it('answers though a hook throws', async () => {
    const told: unknown[] = [];
    const onCall = (): void => {
      throw new Error('hook');
    };
    await withLoopback({ onCall, onError: (error) => told.push(error) }, async ({ clients }) => {
      expect((await clients.dynamodb.send(new ListTablesCommand({}))).TableNames).toEqual([]);
    });
    expect(told).toMatchObject([{ message: 'hook' }]);
  });

  it('refuses a body over 16 MB', () =>
    withLoopback({}, async ({ loopback }) => {
      const headers = { authorization: signed('dynamodb'), 'x-amz-target': 'DynamoDB_20120810.PutItem', 'content-type': 'application/x-amz-json-1.0' };
      // The connection may end before the client has sent all; either way the body is refused and the endpoint lives.
      const answer = await raw(loopback.url, 'x'.repeat(16 * 1024 * 1024 + 1), headers).catch(() => ({ status: 413 }));
      expect(answer.status).toBe(413);
      expect((await raw(loopback.url, '{}', { ...headers, 'x-amz-target': 'DynamoDB_20120810.ListTables' })).status).toBe(200);
    }));

  it('says which port is taken', () =>
    withLoopback({}, async ({ loopback }) => {
      await expect(startLoopback({ ...PLACE, port: loopback.port, resources: {} })).rejects.toMatchObject({ code: 'EADDRINUSE', port: loopback.port });
    }));

  it('ends open connections when it closes', async () => {
    const loopback = await startLoopback({ ...PLACE, resources: { queues: [{ queueName: 'q' }] } });
    const body = JSON.stringify({ QueueUrl: `${loopback.url}/${PLACE.accountId}/q`, WaitTimeSeconds: 20 });
    const poll = raw(loopback.url, body, { authorization: signed('sqs'), 'x-amz-target': 'AmazonSQS.ReceiveMessage' });
    await raw(loopback.url, '{}', { authorization: signed('dynamodb'), 'x-amz-target': 'DynamoDB_20120810.ListTables' });
    const ended = expect(poll).rejects.toThrow();
    await loopback.close();
    await ended;
  });
});

/** Sends chunks over a bare socket, each in a packet of its own; gives back all until the end. */
async function exchange(port: number, chunks: readonly string[]): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const received: Buffer[] = [];
  socket.on('data', (data: Buffer) => received.push(data));
  const closed = new Promise((resolve) => void socket.once('close', resolve));
  socket.on('error', () => socket.destroy());
  for (const chunk of chunks) await new Promise((resolve) => void socket.write(chunk, resolve));
  await closed;
  return Buffer.concat(received).toString();
}

const signed = (service: string): string => `AWS4-HMAC-SHA256 Credential=AKIARAW/20260501/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=00`;
async function raw(url: string, body: string, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  const response = await fetch(url, { method: 'POST', body, headers });
  return { status: response.status, text: await response.text() };
}
