import { SendMessageRequest, TOKEN_HEADER, type StreamEvent } from '../../contracts/api.ts';
import { SHED_RETRY_SECONDS } from '../../contracts/budgets.ts';
import { METRICS } from '../../contracts/metrics.ts';
import { isIdempotencyKey } from '../../domain/conversation/idempotency.ts';
import { internalError, invalidIdempotencyKey, unavailable } from '../../domain/conversation/problems.ts';
import { inTime } from '../../domain/turn/in-time.ts';
import { sendMessage, type SentMessage } from '../../domain/turn/send-message.ts';
import type { TurnOutput } from '../../domain/turn/types.ts';
import { deadlineOf } from '../../runtime/deadline.ts';
import { failedRequest, isFailure } from '../../runtime/failed-request.ts';
import { parseBody } from '../../runtime/http/body.ts';
import { header, type FunctionContext } from '../../runtime/http/event.ts';
import { json, problemResult, SECURITY_HEADERS, type HttpResult } from '../../runtime/http/response.ts';
import type { Operation } from '../../runtime/http/router.ts';
import { acceptsStream, encodeEvent, STREAM_HEADERS } from '../../runtime/http/server-sent-events.ts';
import type { LazyObserver } from '../../runtime/observe.ts';
import { participantOf } from './caller.ts';
import type { ChatDependencies } from './dependencies.ts';
import { arrival, isTooLate } from './shed.ts';
import { Stopwatch } from './stopwatch.ts';

/** Where a stream reports, and for which call. */
interface Reporting {
  readonly observe: LazyObserver;
  readonly context: FunctionContext;
}

/** `POST /v1/conversations/{id}/messages`: one message and its reply, whole or as a stream. */
export function sendMessageOperation(deps: ChatDependencies): Operation {
  return async (event, context) => {
    const receivedAt = arrival(event, deps.now());
    const caller = participantOf(event);
    if (caller.kind === 'refused') return caller.result;
    const key = header(event, 'idempotency-key');
    if (!isIdempotencyKey(key)) return problemResult(invalidIdempotencyKey());
    const body = parseBody(event, SendMessageRequest);
    if (body.kind === 'problem') return problemResult(body.problem);
    const deadline = deadlineOf(context, deps.now());
    if (isTooLate({ receivedAt, deadline }, deps.now())) return problemResult(unavailable(), SHED_RETRY_SECONDS);
    const { conversationId, subject } = caller.principal;
    const stream = acceptsStream(event);
    const watch = new Stopwatch(receivedAt, deps.now);
    deps.prefetch?.();
    const sent = sendMessage(deps, {
      conversationId,
      subject,
      text: body.value.text,
      idempotencyKey: key,
      mode: stream ? 'stream' : 'json',
      receivedAt,
      deadline,
    });
    // Made while the turn runs: the headers leave with the first content. Without it the old token simply lives on to its end.
    const token = inTime(deps, receivedAt + deps.settings.interimAfterMilliseconds, deps.tokens.issue({ conversationId, subject })).catch(() => undefined);
    const after = (): Promise<void> => finish(sent, watch, deps.observe, conversationId);
    return stream ? streamed(sent, watch, token, after, { observe: deps.observe, context }) : whole(sent, watch, token, after);
  };
}

async function whole(sent: SentMessage, watch: Stopwatch, token: Promise<string | undefined>, after: () => Promise<void>): Promise<HttpResult> {
  for await (const output of sent.outputs) {
    if (output.type === 'accepted') watch.accepted(output);
    if (output.type === 'refused') return { ...problemResult(output.problem, output.retryAfterSeconds), after };
    if (output.type === 'done') {
      watch.content(output.status === 202);
      return { ...json(output.status, output.response, tokenHeaders(await token)), after };
    }
  }
  throw new Error('A turn ended without an outcome.');
}

/** The status is decided by the first output: a refusal is a plain problem, whatever the client accepts. */
async function streamed(sent: SentMessage, watch: Stopwatch, token: Promise<string | undefined>, after: () => Promise<void>, reporting: Reporting): Promise<HttpResult> {
  const first = await sent.outputs.next();
  if (first.done === true) throw new Error('A turn ended without an outcome.');
  if (first.value.type === 'refused') return { ...problemResult(first.value.problem, first.value.retryAfterSeconds), after };
  return {
    status: 200,
    headers: { ...SECURITY_HEADERS, ...STREAM_HEADERS, ...tokenHeaders(await token) },
    body: events(first.value, sent, watch, reporting),
    after,
  };
}

/** A stream whose status has left as 200 tells of its failures itself: they count as requests that failed, like any 5xx. */
async function* events(first: TurnOutput, sent: SentMessage, watch: Stopwatch, { observe, context }: Reporting): AsyncGenerator<string> {
  try {
    for (let output: TurnOutput | undefined = first; output !== undefined; ) {
      if (output.type === 'accepted') watch.accepted(output);
      else watch.content(output.type === 'interim');
      if (output.type === 'refused' && isFailure(output.problem.status)) (await observe()).metric(failedRequest(context));
      yield encodeEvent(toEvent(output));
      const next = await sent.outputs.next();
      output = next.done === true ? undefined : next.value;
    }
  } catch (error) {
    const observer = await observe();
    observer.error('A stream failed', error, { operation: 'sendMessage' });
    observer.metric(failedRequest(context));
    yield encodeEvent({ event: 'error', data: internalError() });
  }
}

function toEvent(output: TurnOutput): StreamEvent {
  if (output.type === 'delta') return { event: 'delta', data: { text: output.text } };
  if (output.type === 'done') return { event: 'reply', data: output.response };
  if (output.type === 'refused') return { event: 'error', data: { ...output.problem, ...(output.retryAfterSeconds !== undefined && { retryAfterSeconds: output.retryAfterSeconds }) } };
  const { messageId, turn } = output;
  return { event: output.type === 'accepted' ? 'turn' : 'pending', data: { messageId, turn } };
}

const tokenHeaders = (token: string | undefined): Readonly<Record<string, string>> => (token === undefined ? {} : { [TOKEN_HEADER]: token });

/** Waits for the turn's work and reports its figures. The answer has left: no user waits for this. */
async function finish(sent: SentMessage, watch: Stopwatch, observe: LazyObserver, conversationId: string): Promise<void> {
  try {
    await sent.finished;
  } finally {
    const { firstContent, pending, synthetic, missing } = watch;
    for (const part of missing) (await observe()).warn(`A turn was answered without its ${part}, which cannot be read`, { operation: 'sendMessage', conversationId });
    if (firstContent !== undefined) {
      const observer = await observe();
      if (!synthetic) observer.metric({ name: METRICS.firstContentMilliseconds, unit: 'Milliseconds', value: firstContent });
      if (pending && !synthetic) observer.metric({ name: METRICS.pendingTurns, unit: 'Count', value: 1 });
      observer.info('turn', { operation: 'sendMessage', conversationId, milliseconds: firstContent, outcome: pending ? 'pending' : 'answered' });
    }
  }
}
