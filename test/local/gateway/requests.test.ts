import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { declaredResponse, echo, lambdaMethod, pathResource, startGateway } from '../support/api.ts';
import type { RunningGateway } from '../support/api.ts';

const problem = (status: string): object => ({
  StatusCode: status,
  ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'", 'gatewayresponse.header.X-Request': 'context.requestId', 'gatewayresponse.header.X-Origin': 'method.request.header.Origin' },
  ResponseTemplates: { 'application/problem+json': '{"title":$context.error.messageString,"type":"$context.error.responseType","path":"$context.resourcePath","id":"${context.requestId}"}' },
});
const resources = {
  V1: pathResource('v1'),
  Get: lambdaMethod('GET', 'V1', 'chat'),
  Post: lambdaMethod('POST', 'V1', 'chat', { rest: { RequestValidatorId: { Ref: 'Validator' }, RequestParameters: { 'method.request.header.Idempotency-Key': true, 'method.request.querystring.q': false } } }),
  Validator: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { ValidateRequestParameters: true, RestApiId: { Ref: 'Api' } } },
  Unknown: declaredResponse('MISSING_AUTHENTICATION_TOKEN', problem('404')),
  Missing: declaredResponse('BAD_REQUEST_PARAMETERS', problem('400')),
  Other: declaredResponse('DEFAULT_4XX', { ResponseTemplates: { 'application/problem+json': '{"title":$context.error.messageString}' } }),
};

/** Sends bytes as they are, and reads what comes until the connection closes. */
function raw(url: string, ...parts: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => { for (const part of parts) socket.write(part); });
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('close', () => resolve(text)).on('error', reject);
  });
}

describe('the gateway itself', () => {
  let gateway: RunningGateway;
  afterEach(() => gateway.close());

  it('answers an unknown route as declared', async () => {
    gateway = await startGateway(resources, echo);
    const response = await fetch(`${gateway.url}/v2?x=1`, { headers: { Origin: 'https://a.example' } });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('x-origin')).toBe('https://a.example');
    const body = (await response.json()) as Record<string, string>;
    expect(body).toMatchObject({ title: 'Missing Authentication Token', type: 'MISSING_AUTHENTICATION_TOKEN', path: '' });
    expect(body['id']).toBe(response.headers.get('x-request'));
  });

  it('asks for required headers, whatever the case of their names', async () => {
    gateway = await startGateway(resources, echo);
    const missing = await fetch(`${gateway.url}/v1`, { method: 'POST', body: '{}' });
    expect(missing.status).toBe(400);
    expect(await missing.json()).toMatchObject({ title: 'Missing required request parameters: [Idempotency-Key]', path: '/v1' });
    expect((await fetch(`${gateway.url}/v1`, { method: 'POST', body: '{}', headers: { 'idempotency-key': 'k' } })).status).toBe(200);
  });

  it('answers what is no HTTP in the form of the API, and hangs up', async () => {
    gateway = await startGateway(resources, echo);
    for (const bytes of ['HELLO\r\n\r\n', 'GET /v1 HTTP/1.1\r\nHost x\r\n\r\n', `GET /v1 HTTP/1.1\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`]) {
      expect(await raw(gateway.url, bytes)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json\r\nx-amzn-ErrorType: BadRequestException\r\n[\s\S]*\r\n\r\n\{"title":"Bad Request"\}$/);
    }
  });

  it.each([
    ['headers', 'POST /v1 HTTP/1.1\r\nHost: x\r\n'],
    ['a body', 'POST /v1 HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\nContent-Length: 100\r\n\r\n{"half":'],
    ['a chunk', 'POST /v1 HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"ha'],
  ])('waits for the rest of %s for a limited time, then says so and hangs up', async (_name, bytes) => {
    gateway = await startGateway(resources, echo, { requestMilliseconds: 40 });
    const answer = await raw(gateway.url, bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\nContent-Type: application\/problem\+json\r\nx-amzn-ErrorType: RequestTimeoutException\r\n[\s\S]*\r\n\r\n\{"title":"Request Timeout"\}$/);
    expect(gateway.reports).toEqual([]);
  });

  it('does not mix a second answer into one that has begun', async () => {
    gateway = await startGateway(
      { V1: pathResource('v1'), Get: lambdaMethod('GET', 'V1', 'chat', { stream: true }) },
      (_, __, sink) => new Promise(() => {
        sink?.metadata({ statusCode: 200, headers: {} });
        void sink?.chunk(Buffer.from('first'));
      }),
    );
    const text = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1', () => void socket.write('GET /v1 HTTP/1.1\r\nHost: x\r\n\r\n'));
      let seen = '';
      socket.setEncoding('utf8').on('error', () => undefined).on('close', () => resolve(seen)).on('data', (chunk: string) => {
        seen += chunk;
        if (chunk.includes('first')) socket.write('HELLO\r\n\r\n');
      });
    });
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(text).not.toContain('400');
  });

  it('refuses a body over 10 MB, announced or not', async () => {
    gateway = await startGateway(resources, echo);
    const announced = await raw(gateway.url, 'POST /v1 HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\nContent-Length: 10485761\r\n\r\n');
    expect(announced).toMatch(/^HTTP\/1\.1 413 [\s\S]*\{"title":"Request Too Long"\}$/);
    const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
    const chunked = await raw(gateway.url, 'POST /v1 HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\nTransfer-Encoding: chunked\r\n\r\n', ...Array.from({ length: 11 }, () => chunk)).catch((error: unknown) => String(error));
    expect(chunked).toMatch(/413|ECONNRESET|EPIPE/);
    expect((await fetch(`${gateway.url}/v1`)).status).toBe(200);
  });

  it('limits the rate of each method by itself', async () => {
    const Stage = { Type: 'AWS::ApiGateway::Stage', Properties: { StageName: 'live', MethodSettings: [
      { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 3 },
      { HttpMethod: 'POST', ResourcePath: '/~1v1', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 },
    ] } };
    gateway = await startGateway({ ...resources, Stage }, echo);
    const get = async (): Promise<number> => (await fetch(`${gateway.url}/v1`)).status;
    const post = async (): Promise<number> => (await fetch(`${gateway.url}/v1`, { method: 'POST', headers: { 'Idempotency-Key': 'k' } })).status;
    expect([await get(), await get(), await get(), await get()]).toEqual([200, 200, 200, 429]);
    expect([await post(), await post()]).toEqual([200, 429]);
    gateway.clock.advance(1_000);
    expect([await get(), await get(), await post()]).toEqual([200, 429, 200]);
    expect(await (await fetch(`${gateway.url}/v1`)).json()).toEqual({ title: 'Too Many Requests' });
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['a wrong length', 'GET /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
    ['both lengths', 'POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ])('outlives %s', async (_, bytes) => {
    gateway = await startGateway(resources, echo);
    expect(await raw(gateway.url, bytes)).toMatch(/^HTTP\/1\.1 400/);
    expect((await fetch(`${gateway.url}/v1`)).status).toBe(200);
  });

  it('takes odd paths and queries without falling over', async () => {
    gateway = await startGateway(resources, echo);
    for (const target of ['/%zz', '//v1', '/v1?%zz=%', '/v1?&&=&a', 'http://else.example/v1', '/v1/../v1', `/${'a/'.repeat(2000)}`]) {
      expect(await raw(gateway.url, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 (200|404)/);
    }
  });
});
