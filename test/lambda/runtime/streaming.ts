import { Writable } from 'node:stream';
import type { FunctionContext } from '../../../lambda/runtime/http/event.ts';
import type { LambdaStreaming, ResponseStream } from '../../../lambda/runtime/http/write.ts';
import type { LazyObserver, LogFields, MetricSample, Observer } from '../../../lambda/runtime/observe.ts';

/** What a streaming function sent. */
export interface Sent {
  status?: number;
  headers: Readonly<Record<string, string>>;
  /** Pieces as they were written. */
  readonly pieces: string[];
  ended: boolean;
}

/** A runtime's streaming interface that keeps what was sent; the prelude leaves with the first write, as in Lambda. */
export function fakeStreaming(stream: (sent: Sent) => Writable = plainStream) {
  const sent: Sent = { headers: {}, pieces: [], ended: false };
  const response = stream(sent);
  const streaming: LambdaStreaming = {
    streamifyResponse: (handler) => (event: unknown, context: FunctionContext) => handler(event, response, context),
    HttpResponseStream: {
      from(to, { statusCode, headers }) {
        const write = to.write.bind(to) as (chunk: unknown) => boolean;
        to.write = ((chunk: unknown) => {
          sent.status = statusCode;
          sent.headers = headers;
          return write(chunk);
        }) as ResponseStream['write'];
        return to;
      },
    },
  };
  return { sent, streaming, response, call: (handler: unknown, event: unknown, context: FunctionContext) => (handler as (event: unknown, context: FunctionContext) => Promise<void>)(event, context) };
}

function plainStream(sent: Sent): Writable {
  return new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      sent.pieces.push(String(chunk));
      done();
    },
    final(done) {
      sent.ended = true;
      done();
    },
  });
}

/** An observer that keeps what it was told. */
export function fakeObserver() {
  const lines: { level: string; message: string; fields: LogFields; error?: unknown }[] = [];
  const metrics: MetricSample[] = [];
  const observer: Observer = {
    info: (message, fields = {}) => void lines.push({ level: 'info', message, fields }),
    warn: (message, fields = {}, error) => void lines.push({ level: 'warn', message, fields, error }),
    error: (message, error, fields = {}) => void lines.push({ level: 'error', message, fields, error }),
    metric: (sample) => void metrics.push(sample),
  };
  const observe: LazyObserver = async () => observer;
  return { lines, metrics, observe };
}
