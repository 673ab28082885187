import { internalError, unavailable } from '../domain/conversation/problems.ts';
import { isUnavailable } from '../domain/errors.ts';
import { failedRequest, isFailure } from './failed-request.ts';
import { isProxyEvent, type FunctionContext, type ProxyEvent } from './http/event.ts';
import { corsHeaders, problemResult, withHeaders, type HttpResult } from './http/response.ts';
import { operationOf, type Operation } from './http/router.ts';
import { writeResult, type LambdaStreaming, type ResponseStream } from './http/write.ts';
import type { LazyObserver } from './observe.ts';
import { answerCheck, isPreTrafficCheck, type Readiness } from './pre-traffic.ts';

/** What a streaming function is made of. */
export interface StreamHandlerOptions {
  readonly operation: Operation;
  readonly readiness: Readiness;
  readonly observe: LazyObserver;
  /** Origins whose pages may read the answers. */
  readonly origins: readonly string[];
}

/** Seconds after which a client may try again when something that we depend on did not answer. */
const RETRY_SECONDS = 2;

/** The runtime's streaming interface. @throws Error outside Lambda (and outside of what emulates it) */
export function lambdaStreaming(): LambdaStreaming {
  const found: LambdaStreaming | undefined = Reflect.get(globalThis, 'awslambda');
  if (found === undefined) throw new Error('globalThis.awslambda is not there: this bundle runs in a Lambda Node.js runtime, or in the local estate.');
  return found;
}

/** A streaming function behind API Gateway; answers the pre-traffic check as well. */
export function streamHandler(options: StreamHandlerOptions, streaming: LambdaStreaming = lambdaStreaming()): unknown {
  return streaming.streamifyResponse((event, stream, context) => handleStream(options, streaming, event, stream, context));
}

async function handleStream(options: StreamHandlerOptions, streaming: LambdaStreaming, event: unknown, stream: ResponseStream, context: FunctionContext): Promise<void> {
  if (isPreTrafficCheck(event)) {
    stream.end(JSON.stringify(await answerCheck(options.readiness)));
    return;
  }
  if (!isProxyEvent(event)) throw new TypeError('The event is neither a request of API Gateway nor the pre-traffic check.');
  const result = withHeaders(await answer(options, event, context), corsHeaders(event, options.origins));
  let failed = isFailure(result.status);
  try {
    await writeResult(result, stream, streaming);
  } catch (error) {
    failed = true;
    await report(options.observe, 'An answer broke off', error, event);
    stream.destroy();
  }
  // After the answer has left, and only then: a good request does not load what publishes metrics.
  if (failed) (await options.observe()).metric(failedRequest(context));
  await result.after?.().catch((error: unknown) => report(options.observe, 'Work behind an answer failed', error, event));
}

/** Never throws: what nobody foresaw becomes a 500 that says nothing about the inside, and an error in the log. */
async function answer({ operation, observe }: StreamHandlerOptions, event: ProxyEvent, context: FunctionContext): Promise<HttpResult> {
  try {
    return await operation(event, context);
  } catch (error) {
    await report(observe, 'A request failed', error, event);
    return isUnavailable(error) ? problemResult(unavailable(), RETRY_SECONDS) : problemResult(internalError());
  }
}

async function report(observe: LazyObserver, message: string, error: unknown, event: ProxyEvent): Promise<void> {
  const operation = operationOf(event);
  (await observe()).error(message, error, operation === undefined ? {} : { operation });
}
