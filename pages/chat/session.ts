import { giveBack } from './draft.ts';
import { isFields, parseJson } from './shapes.ts';

/** A message that was sent and whose turn is not done yet. */
export interface Outgoing {
  /** Its Idempotency-Key, the same for every repeat. */
  readonly key: string;
  readonly text: string;
  /** Its turn, once the server accepted it. From 1. */
  readonly turn?: number;
}

/** What survives a reload of the page. */
export interface Session {
  readonly conversationId?: string;
  readonly token?: string;
  /** Gets another token once this one has expired. @default - the conversation ends with its token */
  readonly resumeToken?: string;
  /** Text typed and not sent. */
  readonly draft?: string;
  readonly outgoing?: Outgoing;
}

/** The part of `Storage` that a session needs. */
export interface SessionStorageLike {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function readOutgoing(value: unknown): Outgoing | undefined {
  if (!isFields(value)) return undefined;
  const { key, text: message, turn } = value;
  if (typeof key !== 'string' || typeof message !== 'string') return undefined;
  return { key, text: message, ...(typeof turn === 'number' && { turn }) };
}

/** Reads a stored session; whatever does not fit is left out, so that an old or broken record never stops the page. */
export function readSession(stored: string | null): Session {
  const fields = stored === null ? undefined : parseJson(stored);
  if (!isFields(fields)) return {};
  const conversationId = text(fields['conversationId']);
  const token = text(fields['token']);
  const resumeToken = text(fields['resumeToken']);
  const typed = text(fields['draft']);
  // An id without its token opens nothing; a message without a conversation becomes a draft again.
  const open = conversationId !== undefined && token !== undefined;
  const message = readOutgoing(fields['outgoing']);
  const outgoing = open ? message : undefined;
  const draft = open || !message ? typed : giveBack(typed ?? '', message.text);
  return { ...(open && { conversationId, token, ...(resumeToken !== undefined && { resumeToken }) }), ...(draft !== undefined && { draft }), ...(outgoing && { outgoing }) };
}

/**
 * Keeps the session of one API in the tab's storage: never in the URL, gone with the tab. Where storage is forbidden
 * (some embedded or private windows) it lives in memory.
 */
export class SessionStore {
  readonly #storage: SessionStorageLike | undefined;
  readonly #name: string;
  #session: Session;

  /** @param api Base URL of the API, so that two chats on one origin do not meet. */
  constructor(storage: SessionStorageLike | undefined, api: string) {
    this.#storage = storage;
    this.#name = `chatbot:${api}`;
    this.#session = readSession(this.#read());
  }

  /** The session as it is now. */
  get current(): Session {
    return this.#session;
  }

  /** Replaces the session. */
  save(session: Session): void {
    this.#session = session;
    try {
      this.#storage?.setItem(this.#name, JSON.stringify(session));
    } catch {
      // Full or forbidden: the session still lives in memory.
    }
  }

  /** Changes some of it. A field set to undefined is removed. */
  update(changes: { readonly [Field in keyof Session]?: Session[Field] | undefined }): void {
    const merged = Object.entries({ ...this.#session, ...changes }).filter(([, value]) => value !== undefined);
    this.save(Object.fromEntries(merged));
  }

  #read(): string | null {
    try {
      return this.#storage?.getItem(this.#name) ?? null;
    } catch {
      return null;
    }
  }
}
