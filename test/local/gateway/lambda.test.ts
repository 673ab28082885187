import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { FunctionError, TooManyRequests } from '../../../local/runtime/errors.ts';
import type { StreamSink } from '../../../local/runtime/function-worker.ts';
import { declaredResponse, echo, lambdaMethod, pathResource, returned, startGateway } from '../support/api.ts';
import { deferred } from '../support/deferred.ts';
import type { RunningGateway } from '../support/api.ts';

const resources = {
  V1: pathResource('v1'),
  Id: pathResource('{id}', 'V1'),
  GetId: lambdaMethod('GET', 'Id', 'chat'),
  PostId: lambdaMethod('POST', 'Id', 'chat'),
  Streams: pathResource('streams'),
  PostStreams: lambdaMethod('POST', 'Streams', 'chat', { stream: true, timeout: 60_000 }),
};

describe('a Lambda proxy integration', () => {
  let gateway: RunningGateway | undefined;
  afterEach(async () => {
    await gateway?.close();
    gateway = undefined;
  });

  it('hands over the event of payload format 1.0', async () => {
    gateway = await startGateway(resources, echo);
    const response = await fetch(`${gateway.url}/v1/a%20b?x=1&x=2&y=%C3%A9+z`, { method: 'POST', body: '{"text":"hi"}', headers: { 'Content-Type': 'application/json', 'User-Agent': 'test', 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https' } });
    const { event, functionArn } = (await response.json()) as { event: Record<string, Record<string, unknown>>; functionArn: string };
    expect(functionArn).toBe('arn:aws:lambda:eu-central-1:111122223333:function:chat:live');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(event).toMatchObject({
      resource: '/v1/{id}', path: '/v1/a%20b', httpMethod: 'POST', body: '{"text":"hi"}', isBase64Encoded: false, stageVariables: null,
      pathParameters: { id: 'a%20b' },
      queryStringParameters: { x: '2', y: 'é z' },
      multiValueQueryStringParameters: { x: ['1', '2'], y: ['é z'] },
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': '192.0.2.1, 127.0.0.1', 'X-Forwarded-Proto': 'http' },
      multiValueHeaders: { 'Content-Type': ['application/json'] },
      requestContext: {
        accountId: '111122223333', stage: 'live', resourcePath: '/v1/{id}', httpMethod: 'POST', path: '/v1/a%20b', protocol: 'HTTP/1.1', domainName: '127.0.0.1',
        requestTimeEpoch: Date.UTC(2026, 0, 5, 10), requestTime: '05/Jan/2026:10:00:00 +0000', identity: { sourceIp: '127.0.0.1', userAgent: 'test', cognitoIdentityId: null },
        requestId: response.headers.get('x-amzn-requestid'),
      },
    });
    expect(event['requestContext']).not.toHaveProperty('authorizer');
  });

  it('gives null for what is absent, and base64 for binary bodies', async () => {
    gateway = await startGateway(resources, echo, { api: { BinaryMediaTypes: ['image/*'] } });
    const plain = (await (await fetch(`${gateway.url}/v1/1`)).json()) as { event: object };
    expect(plain.event).toMatchObject({ body: null, isBase64Encoded: false, queryStringParameters: null });
    const image = (await (await fetch(`${gateway.url}/v1/1`, { method: 'POST', body: new Uint8Array([255, 0]), headers: { 'content-type': 'image/png; q=1' } })).json()) as { event: object };
    expect(image.event).toMatchObject({ body: '/wA=', isBase64Encoded: true });
  });

  it('passes on status, headers and cookies, and renames what the gateway owns', async () => {
    gateway = await startGateway(resources, () => returned({ statusCode: '201', headers: { 'X-A': 'one', Server: 'mine', 'Retry-After': 3 }, multiValueHeaders: { 'x-a': ['two', 'three'], 'Set-Cookie': ['a=1', 'b=2'] }, body: 'text' }));
    const response = await fetch(`${gateway.url}/v1/1`);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-a')).toBe('two, three');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('x-amzn-remapped-server')).toBe('mine');
    expect(response.headers.get('retry-after')).toBe('3');
  });

  it('decodes base64 for binary answers and compresses large ones', async () => {
    const bodies = { binary: { statusCode: 200, headers: { 'content-type': 'image/png' }, body: '/wA=', isBase64Encoded: true }, large: { statusCode: 200, headers: { 'content-type': 'text/plain' }, body: 'x'.repeat(2000) } };
    gateway = await startGateway(resources, (_, event) => returned(bodies[(event as { pathParameters: { id: 'binary' | 'large' } }).pathParameters.id]), { api: { BinaryMediaTypes: ['image/*'], MinimumCompressionSize: 1024 } });
    expect([...new Uint8Array(await (await fetch(`${gateway.url}/v1/binary`)).arrayBuffer())]).toEqual([255, 0]);
    const large = await fetch(`${gateway.url}/v1/large`, { headers: { 'accept-encoding': 'gzip' } });
    expect(large.headers.get('content-encoding')).toBe('gzip');
    expect(await large.text()).toBe('x'.repeat(2000));
    expect((await fetch(`${gateway.url}/v1/large`, { headers: { 'accept-encoding': 'identity' } })).headers.get('content-encoding')).toBeNull();
  });

  it.each([
    ['no object', 'oops'],
    ['no status', { body: 'x' }],
    ['a status that is none', { statusCode: 20 }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['a header with a line feed', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['a header name that is none', { statusCode: 200, headers: { 'a b': 'c' } }],
    ['headers that are no object', { statusCode: 200, headers: 'x' }],
    ['nothing', null],
  ])('an answer with %s is a 502, and the reason is reported', async (_, value) => {
    gateway = await startGateway(resources, () => returned(value));
    const response = await fetch(`${gateway.url}/v1/1`);
    expect([response.status, await response.text()]).toEqual([502, '{"message":"Internal server error"}']);
    expect(gateway.reports.join()).toMatch(/cannot be passed on/);
  });

  it('answers a failed function with 502 and a throttled one with 500, by the declared gateway response', async () => {
    const declared = { R: declaredResponse('DEFAULT_5XX', { ResponseTemplates: { 'application/problem+json': '{"status":$context.error.message}' } }) };
    gateway = await startGateway({ ...resources, ...declared }, (_, event) => Promise.reject((event as { httpMethod: string }).httpMethod === 'GET' ? new FunctionError({ errorType: 'E', errorMessage: 'secret detail' }) : new TooManyRequests('chat', 1)));
    const failed = await fetch(`${gateway.url}/v1/1`);
    expect([failed.status, failed.headers.get('content-type')]).toEqual([502, 'application/problem+json']);
    expect(await failed.text()).not.toContain('secret');
    expect((await fetch(`${gateway.url}/v1/1`, { method: 'POST' })).status).toBe(500);
  });

  it('gives up after the time of the method', async () => {
    const called = deferred<void>();
    gateway = await startGateway(resources, () => { called.resolve(); return new Promise(() => undefined); });
    const response = fetch(`${gateway.url}/v1/1`);
    await called.promise;
    gateway.clock.advance(29_000);
    expect([(await response).status, await (await response).text()]).toEqual([504, '{"message":"Endpoint request timed out"}']);
  });

  it('streams: status and headers first, chunks as they come', async () => {
    const sinks: StreamSink[] = [];
    const done = deferred<{ requestId: string; payload: string; streamed: boolean }>();
    gateway = await startGateway(resources, (_, __, sink) => { if (sink) { sinks.push(sink); sink.metadata({ statusCode: 200, headers: { 'Content-Type': 'text/event-stream' } }); void sink.chunk(Buffer.from('one ')); } return done.promise; });
    const response = await fetch(`${gateway.url}/streams`, { method: 'POST' });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('one ');
    await sinks[0]?.chunk(Buffer.from('two'));
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('two');
    done.resolve({ requestId: 'r', payload: '', streamed: true });
    expect((await reader?.read())?.done).toBe(true);
  });

  it.each([
    ['that sends no metadata', (sink?: StreamSink) => { void sink?.chunk(Buffer.from('x')); }, /without a write/, true],
    ['that is not made for streams', () => undefined, /streamifyResponse/, false],
    ['whose metadata is wrong', (sink?: StreamSink) => { sink?.metadata({ statusCode: 'x' }); void sink?.chunk(Buffer.from('x')); }, /statusCode is "x"/, true],
  ])('a stream %s is a 502', async (_, act, message, streamed) => {
    gateway = await startGateway(resources, (__, ___, sink) => { act(sink); return Promise.resolve({ requestId: 'r', payload: '{"statusCode":200}', streamed }); });
    expect((await fetch(`${gateway.url}/streams`, { method: 'POST' })).status).toBe(502);
    expect(gateway.reports.join()).toMatch(message);
  });

  it('breaks the connection off when a stream fails half way', async () => {
    gateway = await startGateway(resources, (_, __, sink) => { sink?.metadata({ statusCode: 200 }); void sink?.chunk(Buffer.from('half')); return Promise.reject(new FunctionError({ errorType: 'E', errorMessage: 'x' })); });
    await expect(fetch(`${gateway.url}/streams`, { method: 'POST' }).then((response) => response.text())).rejects.toThrow();
  });

  it('ends the answer with the stream, not with the invocation', async () => {
    gateway = await startGateway(resources, (_, __, sink) => { sink?.metadata({ statusCode: 200 }); void sink?.chunk(Buffer.from('all')); sink?.end(); return new Promise(() => undefined); });
    expect(await (await fetch(`${gateway.url}/streams`, { method: 'POST' })).text()).toBe('all');
  });

  it('lets the invocation run on when the client goes away', async () => {
    const taken: number[] = [];
    const gone = deferred<void>();
    const finished = deferred<void>();
    gateway = await startGateway(resources, async (_, __, sink) => {
      sink?.metadata({ statusCode: 200 });
      await sink?.chunk(Buffer.from('first'));
      await gone.promise;
      for (let index = 0; index < 100; index += 1) {
        await sink?.chunk(Buffer.alloc(65_536));
        taken.push(index);
      }
      finished.resolve();
      return { requestId: 'r', payload: '', streamed: true };
    });
    const abort = new AbortController();
    const response = await fetch(`${gateway.url}/streams`, { method: 'POST', signal: abort.signal });
    await response.body?.getReader().read();
    abort.abort();
    gone.resolve();
    await finished.promise;
    expect(taken).toHaveLength(100);
  });

  it('holds the function back while the client does not read', async () => {
    let taken = 0;
    gateway = await startGateway(resources, async (_, __, sink) => {
      sink?.metadata({ statusCode: 200 });
      for (let index = 0; index < 1024; index += 1) {
        await sink?.chunk(Buffer.alloc(65_536));
        taken += 1;
      }
      return { requestId: 'r', payload: '', streamed: true };
    });
    const { port } = new URL(gateway.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.pause();
    socket.write('POST /streams HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    await expect.poll(() => taken).toBeGreaterThan(0);
    let before = -1;
    await expect.poll(() => { const still = before === taken; before = taken; return still; }).toBe(true);
    expect(taken).toBeLessThan(1024);
    socket.destroy();
    await expect.poll(() => taken).toBe(1024);
  });
});
