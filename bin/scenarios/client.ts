import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConversationCreated, MessageResponse, Problem, Reply, Transcript } from '../../lambda/contracts/api.ts';
import { TOKEN_HEADER } from '../../lambda/contracts/api.ts';

/** The estate answered with an error, or not at all. */
export class ChatError extends Error {
  override readonly name = 'ChatError';
}

/** How long a pending turn is waited for, in milliseconds. */
const PATIENCE = 120_000;

/** How time passes for a client that waits. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

const REAL: Clock = { now: Date.now, wait: sleep };

/** A conversation over the public HTTP API, marked synthetic. */
export class ChatClient {
  readonly #base: string;
  readonly #clock: Clock;
  #token: string;
  readonly conversationId: string;

  private constructor(base: string, created: ConversationCreated, clock: Clock) {
    this.#base = base;
    this.#clock = clock;
    this.#token = created.token;
    this.conversationId = created.conversationId;
  }

  /** Opens a conversation. @throws ChatError when the estate does not answer as it should */
  static async open(base: string, clock = REAL): Promise<ChatClient> {
    const response = await request(`${base}/v1/conversations`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ synthetic: true, channel: 'scenario' }) });
    return new ChatClient(base, (await body(response, 201)) as ConversationCreated, clock);
  }

  /** Sends a message and waits for the reply, also when it comes as pending. @throws ChatError likewise */
  async say(text: string): Promise<Reply> {
    const response = await request(`${this.#base}/v1/conversations/${this.conversationId}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#token}`, 'idempotency-key': randomUUID() },
      body: JSON.stringify({ text }),
    });
    this.#token = response.headers.get(TOKEN_HEADER) ?? this.#token;
    const message = (await body(response, 200, 202)) as MessageResponse;
    return message.reply.kind === 'pending' ? this.#await(message.turn) : message.reply;
  }

  async #await(turn: number): Promise<Reply> {
    const { now, wait } = this.#clock;
    for (const started = now(); now() - started < PATIENCE; await wait(1_000)) {
      const response = await request(`${this.#base}/v1/conversations/${this.conversationId}?after=${turn - 1}`, { headers: { authorization: `Bearer ${this.#token}` } });
      const transcript = (await body(response, 200)) as Transcript;
      const found = transcript.turns.find((entry) => entry.turn === turn);
      if (found?.reply) return found.reply;
      if (found?.status === 'failed') throw new ChatError(`turn ${turn} failed`);
    }
    throw new ChatError(`turn ${turn} was still pending after ${PATIENCE / 1_000} s`);
  }
}

async function request(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new ChatError(`${url} cannot be reached (${cause}); start the estate with npm start, or name another one with --url`);
  }
}

async function body(response: Response, ...expected: number[]): Promise<unknown> {
  const content: unknown = await response.json().catch(() => undefined);
  if (expected.includes(response.status)) return content;
  throw new ChatError(`answered ${response.status}: ${(content as Problem | undefined)?.title ?? 'no problem+json'}`);
}
