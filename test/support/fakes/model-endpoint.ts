import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that an endpoint got. */
export interface EndpointRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
  /** Settles when the caller has gone or has the whole answer. */
  readonly closed: Promise<void>;
}

/** What an endpoint does with a request. */
export type Play = (request: EndpointRequest, response: ServerResponse) => unknown;

/** An endpoint of chat completions that a test plays. */
export interface ModelEndpoint {
  /** Base URL, version included. */
  readonly url: string;
  readonly requests: EndpointRequest[];
  play(next: Play): void;
  close(): Promise<void>;
}

/** Starts an endpoint on 127.0.0.1. */
export async function startModelEndpoint(): Promise<ModelEndpoint> {
  let current: Play = (_, response) => response.writeHead(500).end();
  const requests: EndpointRequest[] = [];
  const server = createServer((incoming, response) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => {
      const closed = new Promise<void>((resolve) => response.once('close', () => resolve()));
      const request = { path: incoming.url ?? '', headers: incoming.headers, body: JSON.parse(Buffer.concat(pieces).toString() || '{}') as Record<string, unknown>, closed };
      requests.push(request);
      current(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    play: (next) => {
      current = next;
      requests.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with a stream of events. @param events texts, or objects that become JSON */
export function stream(...events: readonly (object | string)[]): Play {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    for (const event of events) response.write(`data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`);
    response.end();
  };
}

/** A chunk with a piece of the first choice. */
export const chunk = (delta: object, finishReason: string | null = null): object => ({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finishReason }] });
/** The chunk that ends a stream with its usage. */
export const usage = (promptTokens: unknown, completionTokens: unknown): object => ({ id: 'c', object: 'chat.completion.chunk', choices: [], usage: { prompt_tokens: promptTokens, completion_tokens: completionTokens } });
/** A whole reply, in pieces. */
export const says = (...texts: readonly string[]): Play => stream(chunk({ role: 'assistant', content: '' }), ...texts.map((content) => chunk({ content })), chunk({}, 'stop'), usage(40, 8), '[DONE]');
