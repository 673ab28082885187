import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../../../lambda/adapters/aws/client-options.ts';
import { DynamoCalls } from '../../../../lambda/adapters/dynamodb/table.ts';
import { StoreUnavailable, WriteRefused } from '../../../../lambda/domain/errors.ts';

/** Answers in turn with what a test has laid ready: status and body. */
const answers: { status: number; body: object }[] = [];
const requests: { target: string; body: Record<string, unknown> }[] = [];
let server: Server;
let time = 0;
const waits: number[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk)).on('end', () => {
      requests.push({ target: String(request.headers['x-amz-target']), body: JSON.parse(text) });
      const { status, body } = answers.shift() ?? { status: 200, body: {} };
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function calls(): DynamoCalls {
  answers.length = 0;
  requests.length = 0;
  waits.length = 0;
  time = 0;
  const { port } = server.address() as AddressInfo;
  return new DynamoCalls({
    client: clientOptions('interactive', { attempts: 1, region: 'eu-central-1', endpoint: `http://127.0.0.1:${port}`, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }),
    now: () => time,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      time += milliseconds;
    },
  });
}

const key = (id: string) => ({ pk: { S: id } });
const cancelled = (...codes: string[]) => ({ status: 400, body: { __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException', Message: 'cancelled', CancellationReasons: codes.map((Code) => ({ Code })) } });
const put = [{ Put: { TableName: 't', Item: key('a') } }];

describe('DynamoDB calls', () => {
  it('asks again for the keys that a batch left out, until all are there', async () => {
    const dynamo = calls();
    answers.push(
      { status: 200, body: { Responses: { t: [key('a')] }, UnprocessedKeys: { u: { Keys: [key('b')], ConsistentRead: true } } } },
      { status: 200, body: { Responses: { u: [key('b')] }, UnprocessedKeys: {} } },
    );
    const found = await dynamo.batchGet({ t: [key('a')], u: [key('b')] });
    expect(Object.fromEntries(found)).toEqual({ t: [key('a')], u: [key('b')] });
    expect(requests.map(({ body }) => Object.keys(Object(body['RequestItems'])))).toEqual([['t', 'u'], ['u']]);
  });

  it('gives up on a batch that stays incomplete, within its time', async () => {
    const dynamo = calls();
    for (let i = 0; i < 50; i += 1) answers.push({ status: 200, body: { Responses: {}, UnprocessedKeys: { t: { Keys: [key('a')] } } } });
    await expect(dynamo.batchGet({ t: [key('a')] })).rejects.toBeInstanceOf(StoreUnavailable);
    expect(time).toBeLessThanOrEqual(1_700);
    expect(requests.length).toBeLessThan(12);
  });

  it('follows the pages of a query, up to the limit', async () => {
    const dynamo = calls();
    const page = (items: object[], next?: object) => ({ status: 200, body: { Items: items, ...(next === undefined ? {} : { LastEvaluatedKey: next }) } });
    answers.push(page([key('a')], key('a')), page([], key('b')), page([key('c')]));
    expect(await dynamo.query({ TableName: 't' })).toEqual([key('a'), key('c')]);
    answers.push(page([key('a'), key('b')], key('b')), page([key('c')]));
    expect(await dynamo.query({ TableName: 't', Limit: 2 })).toEqual([key('a'), key('b')]);
  });

  it('tells which conditions of a transaction failed', async () => {
    const dynamo = calls();
    answers.push(cancelled('None', 'ConditionalCheckFailed', 'None'));
    expect(await dynamo.transact(put)).toEqual({ done: false, failed: [1] });
  });

  it('repeats a write that met another one, with the same token, and then calls the store unavailable', async () => {
    const dynamo = calls();
    answers.push(cancelled('TransactionConflict', 'None'));
    expect(await dynamo.transact(put)).toEqual({ done: true });
    for (let i = 0; i < 3; i += 1) answers.push(cancelled('TransactionConflict'));
    await expect(dynamo.transact(put)).rejects.toThrow(StoreUnavailable);
    expect(waits).toEqual([20, 20, 60]);
    expect(new Set(requests.map(({ body }) => body['ClientRequestToken'])).size).toBe(1);
    expect(String(requests[0]?.body['ClientRequestToken'])).toHaveLength(36);
  });

  it('gives other content another token', async () => {
    const dynamo = calls();
    await dynamo.transact(put);
    await dynamo.transact([{ Put: { TableName: 't', Item: { ...key('a'), b: { B: 'AQ==' } } } }]);
    await dynamo.transact([{ Put: { TableName: 't', Item: { ...key('a'), b: { B: 'Ag==' } } } }]);
    expect(new Set(requests.map(({ body }) => body['ClientRequestToken'])).size).toBe(3);
  });

  it.each([
    ['a throttled transaction', cancelled('ThrottlingError')],
    ['a conflict beside a throttle', cancelled('TransactionConflict', 'ThrottlingError')],
    ['a refusal', { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } }],
    ['a failure', { status: 500, body: { __type: 'InternalServerError' } }],
  ])('calls the store unavailable after %s: the write may or may not have happened', async (_name, answer) => {
    const dynamo = calls();
    answers.push(answer);
    await expect(dynamo.transact(put)).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it.each([
    ['an item over 400 KB in a transaction', cancelled('None', 'ValidationError')],
    ['a request that is not valid', { status: 400, body: { __type: 'com.amazon.coral.validate#ValidationException', message: 'Item size has exceeded the maximum allowed size' } }],
  ])('says that %s will never be taken: no other try is worth it', async (_name, answer) => {
    const dynamo = calls();
    answers.push(answer, answer);
    await expect(dynamo.transact(put)).rejects.toBeInstanceOf(WriteRefused);
    await expect(dynamo.update({ TableName: 't', Key: key('a') })).rejects.toBeInstanceOf(WriteRefused);
    expect([requests.length, waits]).toEqual([2, []]);
  });

  it('reads on from a validation beside a condition as a condition: the item must be read anew', async () => {
    const dynamo = calls();
    answers.push(cancelled('ConditionalCheckFailed', 'ValidationError'));
    expect(await dynamo.transact(put)).toEqual({ done: false, failed: [0] });
  });

  it('maps the condition and the conflict of a single update', async () => {
    const dynamo = calls();
    answers.push({ status: 400, body: { __type: 'ConditionalCheckFailedException' } });
    expect(await dynamo.update({ TableName: 't', Key: key('a') })).toEqual({ done: false, failed: [] });
    answers.push({ status: 400, body: { __type: 'TransactionConflictException' } });
    expect(await dynamo.update({ TableName: 't', Key: key('a') })).toEqual({ done: true });
  });
});
