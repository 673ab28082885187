import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request was. */
export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** What is answered: a status, a body, headers. Text is sent as it is, anything else as JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** An estate on this machine that answers what a test says. */
export class FakeEstate {
  readonly requests: Request[] = [];
  readonly #server: Server;

  private constructor(answer: (request: Request) => Answer) {
    this.#server = createServer((incoming, outgoing) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (part: string) => (text += part)).on('end', () => {
        const request: Request = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body: text === '' ? undefined : JSON.parse(text) };
        this.requests.push(request);
        const { status, body, headers = {} } = answer(request);
        outgoing.writeHead(status, { connection: 'close', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
      });
    });
  }

  static async open(answer: (request: Request) => Answer): Promise<FakeEstate> {
    const estate = new FakeEstate(answer);
    await new Promise<void>((resolve) => {
      estate.#server.listen(0, '127.0.0.1', resolve);
    });
    return estate;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}

/** 201 of a new conversation. */
export const CREATED: Answer = { status: 201, body: { conversationId: 'c1', token: 'first', disclosure: 'I am an AI.', expiresAt: '2026-01-01T00:00:00.000Z' } };

/** 200 of a message, with a reply. */
export function replied(text: string, change: object = {}): Answer {
  return { status: 200, body: { messageId: 'm1', turn: 1, state: 'bot', reply: { kind: 'answer', text, sources: [] }, ...change } };
}
