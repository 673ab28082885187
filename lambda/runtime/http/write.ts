import type { Writable } from 'node:stream';
import type { FunctionContext } from './event.ts';
import type { HttpResult } from './response.ts';

/** The stream that Lambda gives a streaming function. */
export type ResponseStream = Writable;

/** What the runtime adds to the global scope for streaming functions. */
export interface LambdaStreaming {
  streamifyResponse(handler: (event: unknown, stream: ResponseStream, context: FunctionContext) => Promise<void>): unknown;
  readonly HttpResponseStream: {
    /** Stream whose first write sends status and headers. */
    from(stream: ResponseStream, prelude: { readonly statusCode: number; readonly headers: Readonly<Record<string, string>> }): ResponseStream;
  };
}

/**
 * Writes an answer, waiting whenever the client reads slower than we write. A client that goes away ends the writing, not the
 * work: pieces are still read to the end, so that whatever makes them runs to its end.
 */
export async function writeResult(result: HttpResult, stream: ResponseStream, streaming: Pick<LambdaStreaming, 'HttpResponseStream'>): Promise<void> {
  const out = new Outlet(streaming.HttpResponseStream.from(stream, { statusCode: result.status, headers: result.headers }));
  if (typeof result.body === 'string') {
    // The prelude leaves with the first write, so an answer without body needs an empty one.
    await out.write(result.body);
  } else {
    let first = true;
    for await (const piece of result.body) {
      if (piece !== '' || first) await out.write(piece);
      first = false;
    }
    if (first) await out.write('');
  }
  await out.end();
}

/** A stream that may close under the writer's hands. */
class Outlet {
  private readonly stream: ResponseStream;
  private open = true;
  private readonly closed: Promise<void>;

  constructor(stream: ResponseStream) {
    this.stream = stream;
    this.closed = new Promise((resolve) => {
      const close = (): void => {
        this.open = false;
        resolve();
      };
      // An error here is the client's connection: there is nobody left to tell.
      stream.once('error', close);
      stream.once('close', close);
    });
  }

  async write(text: string): Promise<void> {
    if (!this.open || this.stream.write(text)) return;
    await Promise.race([new Promise<void>((resolve) => this.stream.once('drain', resolve)), this.closed]);
  }

  async end(): Promise<void> {
    if (!this.open) return;
    await Promise.race([new Promise<void>((resolve) => this.stream.end(resolve)), this.closed]);
  }
}
