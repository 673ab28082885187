import type { ConversationToken, Transcript } from '../../lambda/contracts/api.ts';
import type { Outcome, Sent } from './outcome.ts';
import { parseRetryAfter } from './retry.ts';
import { isConversationCreated, isConversationToken, isMessageResponse, isTranscript, parseJson } from './shapes.ts';
import type { OpenedConversation } from './shapes.ts';
import { readStream } from './stream.ts';
import type { StreamProgress } from './stream.ts';
import { watchSilence } from './silence.ts';

/** Rights to one conversation. */
export interface Access {
  readonly conversationId: string;
  readonly token: string;
}

/** What the client is given. */
export interface ClientOptions {
  /** Base URL of the API, with a slash at its end. */
  readonly base: URL;
  readonly fetch: (url: URL, init: RequestInit) => Promise<Response>;
  /** Called with the renewed token of each response that carries one. */
  readonly onToken: (conversationId: string, token: string) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Ends every call. */
  readonly signal: AbortSignal;
}

const NETWORK_FAILURE = { ok: false, failure: { kind: 'network' } } as const;
/** Header that carries the renewed token (`TOKEN_HEADER` of the contract; importing it would bundle the schema library). */
const TOKEN_HEADER = 'Conversation-Token';

/** The conversation API as this page uses it. Nothing here throws: what goes wrong is an outcome. */
export class ChatClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** Opens a conversation. */
  open(locale: string, channel: string): Promise<Outcome<OpenedConversation>> {
    return this.#json('v1/conversations', { method: 'POST', body: { locale, channel } }, isConversationCreated);
  }

  /** Exchanges the resume token for a new token. It goes without the expired one, which would be refused. */
  resume(conversationId: string, resumeToken: string): Promise<Outcome<ConversationToken>> {
    return this.#json(`v1/conversations/${encodeURIComponent(conversationId)}/token`, { method: 'POST', body: { resumeToken } }, isConversationToken);
  }

  /** Reads the transcript, or the turns after `after`. */
  transcript(access: Access, after?: number): Promise<Outcome<Transcript>> {
    const query = after === undefined ? '' : `?after=${after}`;
    return this.#json(`v1/conversations/${encodeURIComponent(access.conversationId)}${query}`, { method: 'GET', access }, isTranscript);
  }

  /** Rates a reply. */
  feedback(access: Access, body: { rating: number; resolved?: boolean; messageId?: string }): Promise<Outcome<true>> {
    const path = `v1/conversations/${encodeURIComponent(access.conversationId)}/feedback`;
    return this.#call(path, { method: 'POST', access, body }, () => Promise.resolve({ ok: true, value: true }));
  }

  /** Sends a message and follows its stream. */
  send(access: Access, text: string, key: string, progress: StreamProgress): Promise<Outcome<Sent>> {
    const path = `v1/conversations/${encodeURIComponent(access.conversationId)}/messages`;
    const headers = { Accept: 'text/event-stream', 'Idempotency-Key': key };
    return this.#call<Sent>(path, { method: 'POST', access, body: { text }, headers }, async (response, heard) => {
      if (response.headers.get('Content-Type')?.startsWith('text/event-stream') && response.body) return readStream(response.body, progress, heard);
      const value = parseJson(await response.text());
      if (!isMessageResponse(value)) return NETWORK_FAILURE;
      return { ok: true, value: value.reply.kind === 'pending' ? { done: false, turn: value.turn } : { done: true, response: value } };
    });
  }

  /** A call whose answer is JSON of a shape. */
  #json<T>(path: string, call: Call, shape: (value: unknown) => value is T): Promise<Outcome<T>> {
    return this.#call<T>(path, call, async (response) => {
      const value = parseJson(await response.text());
      return shape(value) ? { ok: true, value } : NETWORK_FAILURE;
    });
  }

  async #call<T>(path: string, call: Call, read: (response: Response, heard: () => void) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const { base, fetch, signal, onToken } = this.#options;
    const silence = watchSilence(signal);
    try {
      const response = await fetch(new URL(path, base), {
        method: call.method,
        headers: {
          ...(call.access && { Authorization: `Bearer ${call.access.token}` }),
          ...(call.body !== undefined && { 'Content-Type': 'application/json' }),
          ...call.headers,
        },
        ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
        credentials: 'omit',
        cache: 'no-store',
        signal: silence.signal,
      });
      silence.heard();
      if (!response.ok) return this.#failure(response);
      const token = response.headers.get(TOKEN_HEADER);
      if (call.access && token) onToken(call.access.conversationId, token);
      return await read(response, silence.heard);
    } catch {
      return NETWORK_FAILURE;
    } finally {
      silence.end();
    }
  }

  #failure(response: Response): Outcome<never> {
    const retryAfterSeconds = parseRetryAfter(response.headers.get('Retry-After'), this.#options.now());
    return { ok: false, failure: { kind: 'problem', status: response.status, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) } };
  }
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly access?: Access;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
