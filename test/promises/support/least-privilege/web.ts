import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { ConversationCreated, TOKEN_HEADER, Transcript } from '../../../../lambda/contracts/api.ts';
import type { Planted, Seen } from './planted.ts';

/** A request to the API. */
export interface Asking {
  /** Who asks, for the record: `owner`, `staff`, `nobody`. */
  readonly by: string;
  readonly token?: string;
  readonly body?: object;
  readonly key?: string;
  readonly accept?: string;
}

/** What came back, read to its end. */
export interface Came {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A conversation that was opened. */
export interface Opened {
  readonly id: string;
  readonly token: string;
  readonly resumeToken: string;
}

/** Answers after which a client asks again: a machine that is busy answers late. */
const ASK_AGAIN: ReadonlySet<number> = new Set([202, 409, 429, 502, 503, 504]);
/** Milliseconds for which it does. */
const PATIENCE = 60_000;

/** The API as its clients see it; every answer and every token that it gave is kept. */
export class Web {
  readonly seen: Seen[] = [];
  readonly planted: Planted[] = [];
  readonly #base: string;

  constructor(base: string) {
    this.#base = base;
  }

  /** Asks, again while it is told to come back, and reads the whole answer. @throws Error for a status that is not among the expected ones */
  async ask(method: 'GET' | 'POST', path: string, expected: readonly number[], asking: Asking): Promise<Came> {
    let came: Came | undefined;
    const ends = (status: number): boolean => expected.includes(status) || !ASK_AGAIN.has(status);
    await expect.poll(async () => ends((came = await this.#once(method, path, asking)).status), { timeout: PATIENCE }).toBe(true);
    if (came === undefined || !expected.includes(came.status)) throw new Error(`${method} ${path} by ${asking.by} answered ${came?.status} instead of ${expected.join(' or ')}: ${came?.text.slice(0, 500)}`);
    return came;
  }

  async #once(method: 'GET' | 'POST', path: string, { by, token, body, key, accept }: Asking): Promise<Came> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(accept === undefined ? {} : { accept }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const renewed = response.headers.get(TOKEN_HEADER);
    if (renewed !== null) this.#plantToken(renewed);
    // The renewed token is for whoever holds the conversation already: its header is looked at by itself.
    const headers = [...response.headers].filter(([name]) => name !== TOKEN_HEADER.toLowerCase());
    this.seen.push({ kind: 'answer', what: `${method} ${path.replace(/\/[0-9a-f-]{36}/, '/{id}')} by ${by}`, text: `${JSON.stringify(headers)}\n${text}` });
    return { status: response.status, headers: response.headers, text };
  }

  /** Opens a conversation. @param options token of whom it is for, nobody without; `synthetic` for one that is gone within a day */
  async open({ token, ...body }: { readonly token?: string; readonly synthetic?: true } = {}): Promise<Opened> {
    const { text } = await this.ask('POST', '/v1/conversations', [201], { by: 'nobody', body, ...(token === undefined ? {} : { token }) });
    const created = ConversationCreated.parse(JSON.parse(text));
    this.#plantToken(created.token);
    this.planted.push({ name: 'resume token', value: created.resumeToken, belongs: /^answer POST \/v1\/conversations by/ });
    return { id: created.conversationId, token: created.token, resumeToken: created.resumeToken };
  }

  /** Says something in a conversation. */
  say({ id, token }: Opened, text: string, { expected = [200], key = randomUUID(), accept }: { readonly expected?: readonly number[]; readonly key?: string; readonly accept?: string } = {}): Promise<Came> {
    return this.ask('POST', `/v1/conversations/${id}/messages`, expected, { by: 'owner', token, key, body: { text }, ...(accept === undefined ? {} : { accept }) });
  }

  /** Reads a transcript. */
  async transcript(id: string, by: string, token: string): Promise<Transcript> {
    return Transcript.parse(JSON.parse((await this.ask('GET', `/v1/conversations/${id}`, [200], { by, token })).text));
  }

  /** Gets a new conversation token for a resume token. */
  async resume({ id, resumeToken }: Opened): Promise<void> {
    const { text } = await this.ask('POST', `/v1/conversations/${id}/token`, [200], { by: 'owner', body: { resumeToken } });
    this.#plantToken((JSON.parse(text) as { token: string }).token);
  }

  /** Keeps a token of somebody's as planted: it is for its bearer alone. */
  #plantToken(value: string): void {
    this.planted.push({ name: 'conversation token', value: signatureOf(value), belongs: /^answer POST \/v1\/conversations(\/\{id\}\/token)? by/ });
  }
}

/** The part of a token that makes it one: header and claims are no secret by themselves. */
export function signatureOf(token: string): string {
  return token.split('.').at(-1) ?? token;
}
