import type { BedrockService } from '../bedrock/service.ts';
import { AwsError, messageOf, unknownOperation } from '../errors.ts';
import type { Call, Service } from '../service.ts';
import type { CallRecord, JsonObject, Permission } from '../types.ts';
import type { Protocol } from './answer.ts';
import { sendError, sendJson, sendStream } from './answer.ts';
import type { AnyRequest, AnyResponse } from './listener.ts';
import { headerOf, parseBody, readBody, readCredentials } from './request.ts';

/** What the router sends requests to. */
export interface Routes {
  /** Services with JSON protocols by the name in the credential scope. */
  readonly services: ReadonlyMap<string, Service>;
  readonly bedrock: BedrockService;
  /** Answers to GETs without credentials: user pools and the endpoint's own identity. */
  readonly document: (path: string) => Promise<JsonObject | undefined>;
  readonly now: () => number;
  readonly onCall: (call: CallRecord) => void;
  /** Told what a hook threw, or what could not be answered because the client is gone. */
  readonly onError: (error: unknown) => void;
}

/** A request on its way, and what is known about it for the record and for an error. */
class Exchange {
  readonly request: AnyRequest;
  readonly response: AnyResponse;
  readonly path: string;
  readonly at: number;
  readonly abort = new AbortController();
  readonly permissions = new Map<string, Permission>();
  service = '';
  operation = '';
  accessKeyId = '';
  body = '';
  protocol: Protocol = 'json';

  constructor(request: AnyRequest, response: AnyResponse, at: number) {
    this.request = request;
    this.response = response;
    this.path = (request.url ?? '/').split('?')[0] ?? '/';
    this.at = at;
    (response as { once(event: string, listener: () => void): unknown }).once('close', () => this.abort.abort());
  }

  /** The request's own JSON type: 1.0 and 1.1 answer in kind. */
  get contentType(): string {
    const asked = headerOf(this.request, 'content-type') ?? '';
    return asked.startsWith('application/x-amz-json') ? asked : 'application/json';
  }

  call(): Call {
    return {
      accessKeyId: this.accessKeyId,
      signal: this.abort.signal,
      needs: (action, resource) => void this.permissions.set(`${action} ${resource}`, { action, resource }),
    };
  }

  record(error?: string): CallRecord {
    const permissions = [...this.permissions.values()];
    const { service, operation, accessKeyId, body, at } = this;
    const resources = [...new Set(permissions.map((each) => each.resource))];
    return { service, operation, accessKeyId, body, at, permissions, resources, ...(error !== undefined && { error }) };
  }
}

/** Makes the request handler. It answers every request, and never throws. */
export function router(routes: Routes): (request: AnyRequest, response: AnyResponse) => void {
  return (request, response) => {
    const exchange = new Exchange(request, response, routes.now());
    serve(routes, exchange)
      .then(
        () => exchange.service !== '' && routes.onCall(exchange.record()),
        (error: unknown) => fail(routes, exchange, error),
      )
      .catch(routes.onError);
  };
}

async function serve(routes: Routes, exchange: Exchange): Promise<void> {
  const { request, response, path } = exchange;
  if (request.method === 'GET' && request.headers.authorization === undefined) {
    const document = await routes.document(path);
    if (document) {
      sendJson(response, 200, document, 'application/json', { 'cache-control': 'no-store' });
      return;
    }
  }
  const text = await readBody(request);
  exchange.body = text;
  const { accessKeyId, service } = readCredentials(request);
  exchange.service = service;
  exchange.accessKeyId = accessKeyId;
  if (service === 'bedrock') return serveBedrock(routes, exchange, text);
  const operation = operationOf(routes, exchange, text);
  const answer = await operation(parseBody(text), exchange.call());
  sendJson(response, 200, answer, exchange.contentType);
}

function operationOf(routes: Routes, exchange: Exchange, text: string): (input: JsonObject, call: Call) => unknown {
  const { request, service, path } = exchange;
  const target = headerOf(request, 'x-amz-target');
  const form = (headerOf(request, 'content-type') ?? '').startsWith('application/x-www-form-urlencoded');
  if (form) exchange.protocol = 'query';
  else if (target === undefined) exchange.protocol = 'rest';
  exchange.operation = target?.split('.').at(-1) ?? (form ? new URLSearchParams(text).get('Action') : undefined) ?? `${request.method} ${path}`;
  const operation = target === undefined ? undefined : routes.services.get(service)?.operations.get(exchange.operation);
  if (!operation) throw unknownOperation(service, exchange.operation);
  return operation;
}

async function serveBedrock(routes: Routes, exchange: Exchange, text: string): Promise<void> {
  exchange.protocol = 'rest';
  exchange.operation = `${exchange.request.method} ${exchange.path}`;
  const operation = routes.bedrock.operation(exchange.request.method ?? '', exchange.path);
  exchange.operation = operation.name;
  const answer = await routes.bedrock.answer(operation, parseBody(text), exchange.call());
  if ('stream' in answer) await sendStream(exchange.response, answer.stream);
  else sendJson(exchange.response, 200, answer.json, 'application/json');
}

function fail(routes: Routes, exchange: Exchange, thrown: unknown): void {
  const { response, request, protocol, service } = exchange;
  const error = thrown instanceof AwsError ? thrown : new AwsError('InternalServerError', `The loop-back endpoint failed: ${messageOf(thrown)}`, { status: 500 });
  if (exchange.service !== '') routes.onCall(exchange.record(error.code));
  // Begun, or nobody is left to read it.
  if (response.headersSent || response.writableEnded || exchange.abort.signal.aborted) {
    request.destroy();
    return;
  }
  // What is left of a refused body is not read: the connection ends with the answer.
  if (error.status === 413 && request.httpVersionMajor === 1) response.setHeader('connection', 'close');
  sendError(response, error, protocol, service, exchange.contentType);
}
