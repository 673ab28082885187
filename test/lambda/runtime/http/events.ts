import type { FunctionContext, ProxyEvent } from '../../../../lambda/runtime/http/event.ts';

/** A request as API Gateway sends it, with what a test changes. */
export const proxyEvent = (over: Partial<ProxyEvent> = {}): ProxyEvent => ({
  httpMethod: 'GET',
  resource: '/v1/health',
  path: '/v1/health',
  headers: {},
  pathParameters: null,
  queryStringParameters: null,
  body: null,
  isBase64Encoded: false,
  requestContext: { requestId: 'r1' },
  ...over,
});

/** A request with a JSON body. */
export const jsonEvent = (body: unknown, over: Partial<ProxyEvent> = {}): ProxyEvent =>
  proxyEvent({ httpMethod: 'POST', ...over, headers: { 'Content-Type': 'application/json', ...over.headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });

/** What Lambda gives beside the event. */
export const CONTEXT: FunctionContext = { functionName: 'chat', functionVersion: '7', awsRequestId: 'r1', getRemainingTimeInMillis: () => 29_000 };
