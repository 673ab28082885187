import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientOptions } from '../../../../lambda/adapters/aws/client-options.ts';
import { jsonClient, type JsonClient, type JsonClientParts } from '../../../../lambda/adapters/aws/json-client.ts';
import { JSON_SERVICES } from '../../../../lambda/adapters/aws/json-service.ts';
import { isServiceFault } from '../../../../lambda/adapters/aws/service-fault.ts';
import type { Answer } from '../../../../lambda/adapters/aws/transport.ts';

type Reply = (response: ServerResponse, request: IncomingMessage) => void;

/** Replies in turn with what a test has laid ready, and keeps what it was sent. */
const replies: Reply[] = [];
const seen: { headers: IncomingMessage['headers']; body: string; port: number | undefined }[] = [];
let server: Server;
let endpoint = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk)).on('end', () => {
      seen.push({ headers: request.headers, body, port: request.socket.remotePort });
      (replies.shift() ?? json(200, {}))(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  replies.length = 0;
  seen.length = 0;
});

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => (response) => void response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers }).end(JSON.stringify(body));
const plain = (status: number, body: string): Reply => (response) => void response.writeHead(status).end(body);
const silence: Reply = () => undefined;

/** A client whose pauses are none, and whose time-outs are short where a test waits for them. */
function client(parts: JsonClientParts = {}, limits: { attempts?: number; requestTimeout?: number } = {}): JsonClient {
  const options = clientOptions('background', { attempts: limits.attempts ?? 3, random: () => 0, region: 'eu-central-1', endpoint, credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example', sessionToken: 'session' } });
  const requestHandler = limits.requestTimeout === undefined ? options.requestHandler : { ...options.requestHandler, requestTimeout: limits.requestTimeout };
  return jsonClient(JSON_SERVICES.dynamodb, { ...options, requestHandler }, parts);
}

const failure = (call: Promise<unknown>): Promise<unknown> => call.then(() => 'no error', (error: unknown) => error);

describe('a call', () => {
  it('posts JSON with the target, signed, and gives the answer', async () => {
    replies.push(json(200, { Item: { pk: { S: 'ä' } } }));
    expect(await client().call('GetItem', { TableName: 'tä' })).toEqual({ Item: { pk: { S: 'ä' } } });
    const [{ headers, body } = { headers: {}, body: '' }] = seen;
    expect(JSON.parse(body)).toEqual({ TableName: 'tä' });
    expect(headers).toMatchObject({ 'x-amz-target': 'DynamoDB_20120810.GetItem', 'content-type': 'application/x-amz-json-1.0', 'x-amz-security-token': 'session', 'content-length': String(Buffer.byteLength(body)) });
    expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/eu-central-1\/dynamodb\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/);
  });

  it('keeps its connection for the next one', async () => {
    const one = client();
    for (let i = 0; i < 3; i += 1) await one.call('GetItem', {});
    expect(new Set(seen.map(({ port }) => port)).size).toBe(1);
  });

  it('takes an empty answer for an empty object', async () => {
    replies.push(plain(200, ''));
    expect(await client().call('DeleteItem', {})).toEqual({});
  });

  it.each([
    ['the namespace of a model', json(400, { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', message: 'no' }), 'ConditionalCheckFailedException', 'no'],
    ['a bare name, and a message in upper case', json(400, { __type: 'DisabledException', Message: 'off' }), 'DisabledException', 'off'],
    ['a header with an address', json(400, { message: 'x' }, { 'x-amzn-errortype': 'AccessDeniedException:http://internal.amazon.com/' }), 'AccessDeniedException', 'x'],
    ['a proxy that speaks no JSON', plain(403, '<html>'), 'HTTP 403', 'The service gave no reason.'],
    ['JSON that is no object', plain(400, '"x"'), 'HTTP 400', 'The service gave no reason.'],
  ])('names a refusal by %s, and does not repeat it', async (_name, reply, name, message) => {
    replies.push(reply);
    const error = await failure(client().call('PutItem', {}));
    expect(error).toMatchObject({ name, message, $metadata: { httpStatusCode: expect.any(Number) } });
    expect([seen.length, isServiceFault(error)]).toEqual([1, false]);
  });

  it.each(['[]', 'null', '"text"', '{', '1'])('does not take %s for an answer', async (body) => {
    replies.push(plain(200, body));
    await expect(client({}, { attempts: 1 }).call('GetItem', {})).rejects.toThrow('The answer is no JSON object.');
  });

  it('gives the reasons of a cancelled transaction', async () => {
    const reasons = [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }];
    replies.push(json(400, { __type: 'x#TransactionCanceledException', CancellationReasons: reasons }, { 'x-amzn-requestid': 'r-1' }));
    expect(await failure(client().call('TransactWriteItems', {}))).toMatchObject({ fields: { CancellationReasons: reasons }, $metadata: { requestId: 'r-1' } });
  });
});

describe('another attempt', () => {
  it.each([
    ['a failure', json(500, { __type: 'InternalServerError' })],
    ['a gateway in between', plain(503, 'busy')],
    ['a throttle', json(400, { __type: 'x#ProvisionedThroughputExceededException' })],
    ['too many requests', json(429, {})],
    ['a transaction that is still running', json(400, { __type: 'TransactionInProgressException' })],
    ['a connection that breaks', ((_response, request) => void request.socket.destroy()) satisfies Reply],
    ['an answer that is cut off', ((response, request) => {
      response.writeHead(200, { 'content-length': '100' }).write('{');
      setImmediate(() => request.socket.destroy());
    }) satisfies Reply],
    ['an answer that is no JSON', plain(200, '<html>')],
  ])('follows %s, with the same content', async (_name, reply) => {
    replies.push(reply, json(200, { done: true }));
    expect(await client().call('PutItem', { a: 1 })).toEqual({ done: true });
    expect(seen.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
  });

  it('is not made without end: the last error is thrown, and counts as the service’s fault', async () => {
    for (let i = 0; i < 5; i += 1) replies.push(json(500, { __type: 'InternalServerError' }));
    const error = await failure(client().call('GetItem', {}));
    expect(error).toMatchObject({ name: 'InternalServerError' });
    expect([seen.length, isServiceFault(error)]).toEqual([3, true]);
  });

  it.each([
    ['retry-after', '30'],
    ['x-amz-retry-after', '30000'],
  ])('is not made when the service wants a longer pause (%s)', async (header, value) => {
    replies.push(json(503, {}, { [header]: value }));
    expect(await failure(client().call('GetItem', {}))).toMatchObject({ name: 'HTTP 503' });
    expect(seen.length).toBe(1);
  });

  it('signs with the service’s time when its clock and ours differ', async () => {
    const theirs = Date.UTC(2026, 0, 1, 12);
    const refusal: Answer = { status: 403, headers: { date: new Date(theirs).toUTCString() }, body: '{"__type":"InvalidSignatureException"}' };
    const dates: (string | undefined)[] = [];
    const transport = async (headers: Readonly<Record<string, string>>): Promise<Answer> => {
      dates.push(headers['x-amz-date']);
      return dates.length === 1 ? refusal : { status: 200, headers: {}, body: '{}' };
    };
    const one = client({ transport, now: () => theirs + 3_600_000 });
    await one.call('GetItem', {});
    await one.call('GetItem', {});
    expect(dates).toEqual(['20260101T130000Z', '20260101T120000Z', '20260101T120000Z']);
  });

  it('is not made for a refusal while the clocks agree', async () => {
    let sent = 0;
    const transport = async (): Promise<Answer> => {
      sent += 1;
      return { status: 403, headers: { date: new Date(60_000).toUTCString() }, body: '{"__type":"InvalidSignatureException"}' };
    };
    expect(await failure(client({ transport, now: () => 0 }).call('GetItem', {}))).toMatchObject({ name: 'InvalidSignatureException' });
    expect(sent).toBe(1);
  });
});

describe('a call that is given up', () => {
  it('ends an attempt that gets no answer, and one whose body never ends', async () => {
    const half: Reply = (response) => void response.writeHead(200, { 'content-length': '100' }).write('{');
    for (const reply of [silence, half]) {
      replies.push(reply);
      const error = await failure(client({}, { attempts: 1, requestTimeout: 40 }).call('GetItem', {}));
      expect(error).toMatchObject({ name: 'TimeoutError', message: 'No answer within 40 ms.' });
      expect(isServiceFault(error)).toBe(true);
    }
  });

  it('throws the reason of the signal, before, while and between attempts', async () => {
    const reason = new Error('enough');
    expect(await failure(client().call('GetItem', {}, AbortSignal.abort(reason)))).toBe(reason);
    expect(seen.length).toBe(0);
    const during = new AbortController();
    replies.push(() => during.abort(reason));
    expect(await failure(client().call('GetItem', {}, during.signal))).toBe(reason);
    const late = new AbortController();
    replies.push((response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{');
      setImmediate(() => late.abort(reason));
    });
    expect(await failure(client().call('GetItem', {}, late.signal))).toBe(reason);
    expect(seen.length).toBe(2);
  });

  it('reports what nobody listens on, and a host that nobody knows', async () => {
    const options = clientOptions('background', { attempts: 1, region: 'eu-central-1', endpoint: 'http://127.0.0.1:1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
    const error = await failure(jsonClient(JSON_SERVICES.kms, options).call('Decrypt', {}));
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    expect(isServiceFault(error)).toBe(true);
  });
});

describe('a client', () => {
  const given = { region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  it('is not made without region, credentials or an endpoint that can be used', () => {
    expect(() => jsonClient(JSON_SERVICES.sqs, clientOptions('background', { credentials: given.credentials }))).toThrow('AWS_REGION');
    expect(() => jsonClient(JSON_SERVICES.sqs, clientOptions('background', { region: given.region }))).toThrow('AWS_ACCESS_KEY_ID');
    for (const wrong of ['localhost', 'ftp://host', 'http://host/path', 'http://host/?query']) {
      expect(() => jsonClient(JSON_SERVICES.sqs, clientOptions('background', { ...given, endpoint: wrong }))).toThrow(`'${wrong}' is no endpoint`);
    }
  });
  it('calls the public endpoint when it is given none', async () => {
    let host: string | undefined;
    const transport = async (headers: Readonly<Record<string, string>>): Promise<Answer> => {
      host = headers['host'];
      return { status: 200, headers: {}, body: '{}' };
    };
    await jsonClient(JSON_SERVICES.events, clientOptions('background', given), { transport }).call('PutEvents', {});
    expect(host).toBe('events.eu-central-1.amazonaws.com');
  });
});
