import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock.ts';
import { messageOf } from '../json.ts';
import { Authorizers } from './authorizer.ts';
import { BodyTooLarge, readBody } from './body.ts';
import type { ApiDefinition } from './definition.ts';
import type { AuthorizerContext } from './authorizer-context.ts';
import type { RoutedRequest } from './event.ts';
import { gatewayResponse } from './gateway-response.ts';
import type { GatewayFailure } from './gateway-response.ts';
import { integrate } from './lambda-integration.ts';
import type { Invoke } from './lambda-integration.ts';
import { answerMock } from './mock.ts';
import { sendAnswer } from './reply.ts';
import { parameterOf, requestOf } from './request.ts';
import type { GatewayRequest } from './request.ts';
import { Router } from './router.ts';
import { Throttles } from './throttle.ts';
import { answerUnreadable } from './unreadable.ts';

/** Options of {@link Gateway}. */
export interface GatewayOptions {
  readonly api: ApiDefinition;
  readonly invoke: Invoke;
  readonly clock: Clock;
  /** Told, in one line, what the developer should know and the client must not. */
  readonly report: (line: string) => void;
  /** Milliseconds that a client has to send a whole request. @default 30000 */
  readonly requestMilliseconds?: number;
}

/** Milliseconds that a client has to send a whole request: Node would wait for five minutes; API Gateway gives a request about half a minute. */
const REQUEST_MILLISECONDS = 30_000;
/** Milliseconds that requests under way get to end when the gateway closes. */
const CLOSE_MILLISECONDS = 3_000;

/** The REST API of the environment as an HTTP server, as behind a custom domain: no stage in the path. */
export class Gateway {
  private readonly options: GatewayOptions;
  private readonly router: Router;
  private readonly throttles: Throttles;
  private readonly authorizers: Authorizers;
  private readonly server: Server;

  constructor(options: GatewayOptions) {
    const { api, clock, invoke, report } = options;
    this.options = options;
    this.router = new Router(api.methods);
    this.throttles = new Throttles(clock);
    this.authorizers = new Authorizers({ clock, report, call: async (functionArn, event) => (await invoke(functionArn, event)).payload });
    const requestTimeout = options.requestMilliseconds ?? REQUEST_MILLISECONDS;
    // Node looks every half minute otherwise, which may double the time.
    const connectionsCheckingInterval = Math.ceil(requestTimeout / 20);
    this.server = createServer({ requestTimeout, headersTimeout: requestTimeout, connectionsCheckingInterval }, (message, response) => void this.handle(message, response));
    answerUnreadable(this.server, api.responses, clock);
  }

  /** Starts to listen. @throws Error with `code` EADDRINUSE when the port is taken */
  async listen(host: string, port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.removeListener('error', reject);
        resolve();
      });
    });
    return `http://${host}:${(this.server.address() as AddressInfo).port}`;
  }

  /** Takes no new request, lets those under way end for a moment, then cuts them off. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeIdleConnections();
    const cancel = this.options.clock.after(CLOSE_MILLISECONDS, () => this.server.closeAllConnections());
    await closed;
    cancel();
  }

  private async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = requestOf(message, randomUUID(), this.options.clock.now());
    // A client that goes away is no error of ours.
    response.on('error', () => undefined);
    message.on('error', () => undefined);
    try {
      const failure = await this.serve(message, request, response);
      if (failure !== undefined) await this.refuse(message, response, failure);
    } catch (error) {
      if (message.errored !== null || response.destroyed) return;
      this.options.report(`${request.httpMethod} ${request.path}: ${messageOf(error)}`);
      await this.refuse(message, response, { type: 'API_CONFIGURATION_ERROR', request });
    }
  }

  /** Serves the request; what it returns is still to be answered. */
  private async serve(message: IncomingMessage, request: GatewayRequest, response: ServerResponse): Promise<GatewayFailure | undefined> {
    const { api } = this.options;
    const match = this.router.match(request.httpMethod, request.path);
    if (match === undefined) return { type: 'MISSING_AUTHENTICATION_TOKEN', request };
    const { method, pathParameters } = match;
    const routed: RoutedRequest = { api, method, request, pathParameters };
    const failure = (rest: Omit<GatewayFailure, 'request'>): GatewayFailure =>
      ({ ...rest, request, pathParameters, context: { resourcePath: method.path, stage: api.stage, apiId: api.apiId } });
    if (method.throttle !== undefined && !this.throttles.allows(`${method.httpMethod} ${method.path}`, method.throttle)) return failure({ type: 'THROTTLED' });
    let authorizer: AuthorizerContext | undefined;
    if (method.authorizer !== undefined) {
      const authorization = await this.authorizers.authorize(method.authorizer, routed);
      if (!authorization.allowed) return failure({ type: authorization.type, authorizer: authorization.context, ...(authorization.message === undefined ? {} : { message: authorization.message }) });
      authorizer = authorization.context;
    }
    const missing = method.requiredParameters.filter((name) => (parameterOf(name, request, pathParameters) ?? '') === '');
    if (missing.length > 0) {
      const names = missing.map((name) => name.split('.').slice(3).join('.')).join(', ');
      return failure({ type: 'BAD_REQUEST_PARAMETERS', message: `Missing required request parameters: [${names}]`, authorizer });
    }
    let body: Buffer;
    try {
      body = await readBody(message);
    } catch (error) {
      if (error instanceof BodyTooLarge) return failure({ type: 'REQUEST_TOO_LARGE', authorizer });
      throw error;
    }
    if (method.integration.type === 'lambda') {
      const outcome = await integrate(this.options, method.integration, routed, body, authorizer, response);
      return outcome === undefined ? undefined : failure({ ...outcome, authorizer });
    }
    const outcome = answerMock(method.integration, routed, body);
    if ('failure' in outcome) {
      this.options.report(`${request.httpMethod} ${method.path}: ${outcome.reason}.`);
      return failure({ type: outcome.failure, authorizer });
    }
    await sendAnswer(response, outcome.answer, { requestId: request.requestId });
    return undefined;
  }

  private async refuse(message: IncomingMessage, response: ServerResponse, failure: GatewayFailure): Promise<void> {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    // What is left of the body is not read: the connection cannot be used again.
    if (!message.complete) response.setHeader('Connection', 'close');
    await sendAnswer(response, gatewayResponse(this.options.api.responses, failure), { requestId: failure.request.requestId });
  }
}
