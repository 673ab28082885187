import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import { messageOf, objectOf } from '../json.ts';
import { TooManyRequests } from '../runtime/errors.ts';
import type { InvocationResult, StreamSink } from '../runtime/function-worker.ts';
import type { LambdaIntegration } from './definition.ts';
import { proxyEvent } from './event.ts';
import type { AuthorizerContext } from './authorizer-context.ts';
import type { RoutedRequest } from './event.ts';
import type { GatewayErrorType } from './gateway-response.ts';
import { isOneOf } from './media-type.ts';
import { MalformedResponse, headOf } from './proxy-response.ts';
import { sendAnswer, sendChunk, sendHead } from './reply.ts';
import { header } from './request.ts';

/** Invokes a function; see `Fleet.invoke`. */
export type Invoke = (functionArn: string, event: unknown, sink?: StreamSink) => Promise<InvocationResult>;

/** What the integration needs from the gateway. */
export interface IntegrationTools {
  readonly invoke: Invoke;
  readonly clock: Clock;
  readonly report: (line: string) => void;
}

/** An error that the gateway has to answer; undefined: the answer is sent. */
export type IntegrationOutcome = { readonly type: GatewayErrorType; readonly status?: number } | undefined;

/** Hands the request to the function and its answer to the client. Never rejects. */
export async function integrate(tools: IntegrationTools, integration: LambdaIntegration, routed: RoutedRequest, body: Buffer, authorizer: AuthorizerContext | undefined, response: ServerResponse): Promise<IntegrationOutcome> {
  const event = proxyEvent(routed, body, authorizer);
  const exchange = new Exchange(tools, routed, response);
  // The invocation outlives a client that goes away, and the gateway's own time-out: so it does in AWS.
  const invocation = tools.invoke(integration.functionArn, event, exchange.sink(integration.stream));
  const answered = invocation.then(
    (result) => exchange.finish(result, integration.stream),
    (error: unknown) => exchange.fail(error),
  );
  let cancel: (() => void) | undefined;
  const timeout = new Promise<IntegrationOutcome>((resolve) => {
    cancel = tools.clock.after(routed.method.timeoutMilliseconds, () => resolve(exchange.timeOut()));
  });
  try {
    return await Promise.race([answered, timeout]);
  } finally {
    cancel?.();
  }
}

/** One request's way from the function to the client. */
class Exchange {
  private readonly tools: IntegrationTools;
  private readonly routed: RoutedRequest;
  private readonly response: ServerResponse;
  private malformed: string | undefined;
  private started = false;
  private over = false;

  constructor(tools: IntegrationTools, routed: RoutedRequest, response: ServerResponse) {
    this.tools = tools;
    this.routed = routed;
    this.response = response;
  }

  sink(stream: boolean): StreamSink {
    return {
      metadata: (metadata) => {
        if (this.over || !stream) return;
        try {
          sendHead(this.response, headOf(metadata), this.routed.request.requestId);
          this.started = true;
        } catch (error) {
          this.malformed = messageOf(error);
        }
      },
      // What comes after a mistake, or when nobody listens any more, is taken and dropped.
      chunk: (data) => (this.started && !this.over ? sendChunk(this.response, data) : undefined),
      // The client need not wait for what the function does afterwards.
      end: () => {
        if (this.started && !this.over) this.response.end();
        this.over ||= this.started;
      },
    };
  }

  async finish(result: InvocationResult, stream: boolean): Promise<IntegrationOutcome> {
    if (this.over) return undefined;
    this.over = true;
    if (stream) {
      if (!this.started) return this.refuse(this.malformed ?? (result.streamed
        ? 'it ended its stream without a write: AWS sends status and headers with the first write, so write \'\' at least'
        : 'the method streams, and the function is not made by awslambda.streamifyResponse'));
      this.response.end();
      return undefined;
    }
    try {
      await this.buffered(result);
      return undefined;
    } catch (error) {
      return this.refuse(messageOf(error));
    }
  }

  fail(error: unknown): IntegrationOutcome {
    if (this.over) return undefined;
    this.over = true;
    if (this.started) {
      this.response.destroy();
      return undefined;
    }
    // A throttled function behind a REST API is an internal error to the client.
    return { type: 'INTEGRATION_FAILURE', status: error instanceof TooManyRequests ? 500 : 502 };
  }

  timeOut(): IntegrationOutcome {
    if (this.over) return undefined;
    this.over = true;
    if (!this.started) return { type: 'INTEGRATION_TIMEOUT' };
    this.response.destroy();
    return undefined;
  }

  private async buffered(result: InvocationResult): Promise<void> {
    const { api, request } = this.routed;
    const value: unknown = result.streamed ? undefined : JSON.parse(result.payload);
    const head = headOf(value);
    const { body, isBase64Encoded } = objectOf(value);
    if (body !== undefined && body !== null && typeof body !== 'string') throw new MalformedResponse('the body is no text');
    // API Gateway decodes for clients that accept a binary type first, or when the answer is of one.
    const contentType = head.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
    const binary = isBase64Encoded === true && (isOneOf(header(request.headers, 'accept'), api.binaryMediaTypes) || isOneOf(contentType, api.binaryMediaTypes));
    await sendAnswer(this.response, { ...head, body: Buffer.from(body ?? '', binary ? 'base64' : 'utf8') }, {
      requestId: request.requestId,
      compressFrom: api.minimumCompressionBytes,
      acceptEncoding: header(request.headers, 'accept-encoding'),
    });
  }

  private refuse(reason: string): IntegrationOutcome {
    this.tools.report(`${this.routed.request.httpMethod} ${this.routed.method.path}: the function's answer cannot be passed on: ${reason}.`);
    return { type: 'INTEGRATION_FAILURE', status: 502 };
  }
}
