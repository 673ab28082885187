import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type * as z from 'zod/mini';
import { ConversationCreated, MessageResponse, Problem, TOKEN_HEADER, Transcript } from '../../../lambda/contracts/api.ts';

/** Anything that a response may be checked against. */
type Schema<T> = z.ZodMiniType<T>;

/** Reads a response whose body must be JSON of that schema. */
export async function bodyOf<T>(response: Response, status: number, schema: Schema<T>): Promise<T> {
  const text = await response.text();
  expect({ status: response.status, type: response.headers.get('content-type') }, text).toEqual({ status, type: 'application/json' });
  return schema.parse(JSON.parse(text));
}

/** Reads a response that must be a problem of that status. */
export async function problemOf(response: Response, status: number): Promise<Problem> {
  const text = await response.text();
  return problemIn({ status: response.status, type: response.headers.get('content-type'), text }, status);
}

/** The problem in an answer, however it was fetched. */
export function problemIn(answer: { readonly status: number; readonly type: string | null | undefined; readonly text: string }, status: number): Problem {
  expect(answer, answer.text).toMatchObject({ status, type: 'application/problem+json' });
  const problem = Problem.parse(JSON.parse(answer.text));
  expect(problem.status).toBe(status);
  return problem;
}

/** How a request differs from the usual one. */
export interface Sending {
  readonly key?: string;
  readonly token?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

/** A conversation over the public API, as a client of it: it takes each renewed token. */
export class Chat {
  /** Where the API is; another one after a restart. */
  base: string;
  readonly created: ConversationCreated;
  token: string;

  private constructor(base: string, created: ConversationCreated) {
    this.base = base;
    this.created = created;
    this.token = created.token;
  }

  /** Opens a conversation. */
  static async open(base: string, body: object = {}): Promise<Chat> {
    return Chat.of(base, await Chat.ask(base, body));
  }

  /** Asks for a conversation and returns whatever comes back. */
  static ask(base: string, body: object = {}): Promise<Response> {
    return fetch(`${base}/v1/conversations`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  }

  /** The conversation that was opened. */
  static async of(base: string, response: Response): Promise<Chat> {
    return new Chat(base, await bodyOf(response, 201, ConversationCreated));
  }

  get id(): string {
    return this.created.conversationId;
  }

  get url(): string {
    return `${this.base}/v1/conversations/${this.id}`;
  }

  /** Sends a message and returns whatever comes back. */
  async send(text: string, { key = randomUUID(), token = this.token, accept, signal }: Sending = {}): Promise<Response> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': key, ...(accept === undefined ? {} : { accept }) };
    const response = await fetch(`${this.url}/messages`, { method: 'POST', headers, body: JSON.stringify({ text }), ...(signal === undefined ? {} : { signal }) });
    this.token = response.headers.get(TOKEN_HEADER) ?? this.token;
    return response;
  }

  /** Sends a message that must be answered at once. */
  async say(text: string, sending: Sending = {}): Promise<Answered> {
    return answered(await bodyOf(await this.send(text, sending), 200, MessageResponse));
  }

  /** Sends a message and reads its stream to the end. */
  async stream(text: string, sending: Sending = {}): Promise<StreamedEvent[]> {
    const events: StreamedEvent[] = [];
    for await (const event of eventsOf(await this.send(text, { accept: 'text/event-stream', ...sending }))) events.push(event);
    return events;
  }

  /** Reads the transcript. */
  async transcript(after?: number, token = this.token): Promise<Transcript> {
    const response = await fetch(after === undefined ? this.url : `${this.url}?after=${after}`, { headers: { authorization: `Bearer ${token}` } });
    return bodyOf(response, 200, Transcript);
  }

  /** Gives feedback. */
  feedback(body: object): Promise<Response> {
    return fetch(`${this.url}/feedback`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` }, body: JSON.stringify(body) });
  }
}

/** A message that has its reply. */
export type Answered = MessageResponse & { readonly reply: Exclude<MessageResponse['reply'], { kind: 'pending' }> };

/** Expects a reply instead of `pending`. */
export function answered(response: MessageResponse): Answered {
  if (response.reply.kind === 'pending') throw new Error('The reply is still pending.');
  return { ...response, reply: response.reply };
}

/** A server-sent event. */
export interface StreamedEvent {
  readonly event: string;
  readonly data: unknown;
}

/** Events of a stream, as they come. */
export async function* eventsOf(response: Response): AsyncGenerator<StreamedEvent> {
  expect(response.headers.get('content-type'), `status ${response.status}`).toBe('text/event-stream; charset=utf-8');
  let text = '';
  for await (const piece of (response.body ?? new ReadableStream<Uint8Array>()).pipeThrough(new TextDecoderStream())) {
    text += piece;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, event = '', data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? expect.fail(`No event: ${block}`);
      yield { event, data: JSON.parse(data) as unknown };
    }
  }
  expect(text).toBe('');
}
