import { withAccess } from './access.ts';
import { ChatClient } from './client.ts';
import type { ClientOptions } from './client.ts';
import type { Failure } from './outcome.ts';
import { failureSentence } from './errors.ts';
import type { ChosenLocale } from './locale.ts';
import { persist } from './persist.ts';
import type { Patience, Trouble } from './persist.ts';
import type { Outgoing, SessionStore } from './session.ts';
import { callWithAccess, pollTurn, runTurn } from './turn.ts';
import type { TurnContext, TurnEnd } from './turn.ts';
import { initialState, reduce } from './view.ts';
import type { ChatAction, ChatState } from './view.ts';

/** What a conversation is given: no clock, id, storage or network is looked up. */
export interface ConversationPorts extends Pick<ClientOptions, 'base' | 'fetch' | 'now'> {
  readonly session: SessionStore;
  /** A fresh Idempotency-Key. */
  readonly newKey: () => string;
  readonly locale: ChosenLocale;
  /** Where the visitor writes from, as the API counts it. */
  readonly channel: string;
  /** Makes the patience of one conversation. */
  readonly patience: (signal: AbortSignal, tell: (trouble: Trouble | undefined) => void) => Patience;
  /** Called with each new state. */
  readonly onChange: (state: ChatState) => void;
}

/** One conversation from its opening to its end, and the next. Changes its state and tells `onChange`; never throws. */
export class Conversation {
  readonly #ports: ConversationPorts;
  #state: ChatState;
  #stop = new AbortController();
  #context: TurnContext;
  #ready: Promise<boolean> = Promise.resolve(false);

  constructor(ports: ConversationPorts) {
    this.#ports = ports;
    this.#state = initialState(ports.session.current.draft);
    this.#context = this.#equip();
  }

  /** The state as it is now. */
  get state(): ChatState {
    return this.#state;
  }

  /** Opens a conversation, or restores the one of this tab and goes on with what was under way. */
  async start(): Promise<void> {
    const { conversationId, outgoing } = this.#ports.session.current;
    this.#ready = conversationId === undefined ? this.#open() : this.#restore(outgoing);
    if ((await this.#ready) && conversationId !== undefined) await this.#resume(outgoing);
  }

  /** Sends a message. Does nothing while another one is under way, or when the conversation is over. */
  async send(text: string): Promise<void> {
    if (this.#state.busy || this.#state.phase === 'ended' || text.trim() === '') return;
    const { session, newKey } = this.#ports;
    const outgoing = { key: newKey(), text };
    this.#dispatch({ type: 'drafted', text: '' });
    this.#dispatch({ type: 'notice', notice: undefined });
    session.update({ outgoing, draft: undefined });
    this.#dispatch({ type: 'asked', id: outgoing.key, question: text });
    if (await this.#ready) this.#end(outgoing.key, await runTurn(this.#context, outgoing));
  }

  /** Sends the question of a failed turn as a new message. */
  async askAgain(id: string): Promise<void> {
    const failed = this.#state.exchanges.find((exchange) => exchange.id === id && exchange.status === 'failed');
    if (failed) await this.send(failed.question);
  }

  /** Keeps what is typed. */
  draft(text: string): void {
    this.#ports.session.update({ draft: text === '' ? undefined : text });
    this.#dispatch({ type: 'drafted', text });
  }

  /** Asks whether a new conversation should begin; begins it when that was confirmed, or when nothing would be lost from view. */
  async requestNew(): Promise<void> {
    if (this.#state.confirming || this.#state.exchanges.length === 0 || this.#state.phase === 'ended') await this.#startNew();
    else this.#dispatch({ type: 'confirming', on: true });
  }

  /** Takes the question of {@link requestNew} back. */
  keep(): void {
    this.#dispatch({ type: 'confirming', on: false });
  }

  /** Rates a reply. @param rating 1-5, 5 is best. */
  async rate(id: string, rating: number, resolved?: boolean): Promise<void> {
    const messageId = this.#state.exchanges.find((exchange) => exchange.id === id)?.messageId;
    if (messageId === undefined) return;
    const { client, dispatch } = this.#context;
    dispatch({ type: 'rated', id, rating: 'sending' });
    const outcome = await withAccess(this.#context, (access) => client.feedback(access, { rating, messageId, ...(resolved !== undefined && { resolved }) }));
    dispatch({ type: 'rated', id, rating: outcome.ok ? 'sent' : 'failed' });
  }

  /** Ends every call and wait; nothing changes any more. */
  dispose(): void {
    this.#stop.abort();
  }

  /** Everything that belongs to one conversation and dies with it. */
  #equip(): TurnContext {
    const { base, fetch, now, session, patience, locale } = this.#ports;
    const { signal } = this.#stop;
    const dispatch = (action: ChatAction): void => {
      if (!signal.aborted) this.#dispatch(action);
    };
    const onToken = (conversationId: string, token: string): void => {
      if (session.current.conversationId === conversationId) session.update({ token });
    };
    return {
      session,
      dispatch,
      client: new ChatClient({ base, fetch, now, onToken, signal }),
      patience: patience(signal, (trouble) => dispatch({ type: 'notice', notice: trouble && this.#notice(trouble) })),
      stillWaiting: locale.strings.stillWaiting,
    };
  }

  #dispatch(action: ChatAction): void {
    this.#state = reduce(this.#state, action);
    this.#ports.onChange(this.#state);
  }

  #sentence(failure: Failure): string {
    return failureSentence(failure, this.#ports.locale.strings, this.#context.patience.online());
  }

  #notice({ failure, until }: Trouble): NonNullable<ChatState['notice']> {
    const sentence = this.#sentence(failure);
    if (typeof until === 'number') return { tone: 'warning', sentence, actions: ['retry'], retryAt: this.#ports.now() + until * 1000 };
    return { tone: 'warning', sentence, actions: until === 'asked' ? ['retry'] : [] };
  }

  async #open(): Promise<boolean> {
    const { locale, channel, session } = this.#ports;
    const { client, patience, dispatch } = this.#context;
    for (;;) {
      const opened = await persist(() => client.open(locale.tag, channel), patience);
      if (opened.result === 'stopped') return false;
      if (opened.result === 'done') {
        const { conversationId, token, resumeToken, disclosure } = opened.value;
        session.update({ conversationId, token, resumeToken });
        dispatch({ type: 'opened', disclosure });
        return true;
      }
      // Without a conversation there is nothing to give back: the visitor may try again.
      patience.tell({ failure: opened.failure, until: 'asked' });
      await patience.untilAsked();
      if (patience.signal.aborted) return false;
      patience.tell(undefined);
    }
  }

  async #restore(outgoing: Outgoing | undefined): Promise<boolean> {
    const { client, dispatch } = this.#context;
    const restored = await callWithAccess(this.#context, (access) => client.transcript(access));
    if (restored.result === 'done') dispatch({ type: 'restored', transcript: restored.value });
    else if (restored.result !== 'stopped') {
      if (outgoing) dispatch({ type: 'asked', id: outgoing.key, question: outgoing.text });
      this.#end(outgoing?.key ?? '', { result: 'end', failure: restored.failure });
    }
    return restored.result === 'done';
  }

  /** Goes on with what was under way when the page was left. */
  async #resume(outgoing: Outgoing | undefined): Promise<void> {
    const open = this.#state.exchanges.find((exchange) => exchange.status === 'waiting');
    const answered = outgoing?.turn !== undefined || (outgoing !== undefined && open?.question === outgoing.text);
    if (outgoing && !answered) this.#end(outgoing.key, await runTurn(this.#context, outgoing));
    else if (open?.turn !== undefined) this.#end(open.id, await pollTurn(this.#context, open.id, open.turn));
    else if (outgoing) this.#ports.session.update({ outgoing: undefined });
  }

  /** What a turn leaves behind: a message that could not be sent goes back to the composer. */
  #end(id: string, end: TurnEnd): void {
    if (!('failure' in end)) return;
    const { dispatch } = this.#context;
    dispatch({ type: 'withdrawn', id });
    this.#ports.session.update({ outgoing: undefined, draft: this.#state.draft });
    if (end.result === 'end') dispatch({ type: 'ended' });
    dispatch({ type: 'notice', notice: { tone: 'warning', sentence: this.#sentence(end.failure), actions: end.result === 'end' ? ['new'] : [] } });
  }

  async #startNew(): Promise<void> {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#context = this.#equip();
    const unsent = this.#state.exchanges.findLast((exchange) => exchange.turn === undefined && exchange.status === 'sending');
    if (unsent) this.#dispatch({ type: 'withdrawn', id: unsent.id });
    const { draft } = this.#state;
    this.#ports.session.save(draft === '' ? {} : { draft });
    this.#dispatch({ type: 'reset' });
    await this.start();
  }
}
