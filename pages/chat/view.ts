import type { MessageResponse, Reply, Transcript } from '../../lambda/contracts/api.ts';
import type { ConversationState } from '../../lambda/contracts/states.ts';
import { giveBack } from './draft.ts';
import type { Strings } from './strings.ts';

/** Where one exchange stands. */
export type ExchangeStatus = 'sending' | 'writing' | 'waiting' | 'answered' | 'failed';

/** A question and what became of it. */
export interface ExchangeView {
  /** Idempotency-Key of a message sent from this page, or its turn when it was restored. */
  readonly id: string;
  readonly question: string;
  readonly status: ExchangeStatus;
  readonly turn?: number;
  readonly messageId?: string;
  /** Text streamed so far. */
  readonly partial: string;
  readonly reply?: Reply;
  /** What became of the visitor's rating. */
  readonly rating?: 'sending' | 'sent' | 'failed';
}

/** What a notice offers to do. */
export type NoticeAction = 'retry' | 'new' | 'keep';

/** A line above the composer. */
export interface Notice {
  readonly tone: 'info' | 'warning';
  readonly sentence: string;
  /** Epoch milliseconds of the automatic repeat. */
  readonly retryAt?: number;
  readonly actions: readonly NoticeAction[];
}

/** Everything that the window shows. */
export interface ChatState {
  /** `ended`: this conversation takes no more messages. */
  readonly phase: 'opening' | 'ready' | 'ended';
  readonly disclosure?: string;
  readonly conversationState: ConversationState;
  readonly exchanges: readonly ExchangeView[];
  /** A message is under way: no other may be sent. */
  readonly busy: boolean;
  readonly draft: string;
  readonly notice?: Notice;
  /** The visitor asked for a new conversation and has not confirmed yet. */
  readonly confirming: boolean;
}

/** What can happen. */
export type ChatAction =
  | { readonly type: 'reset' }
  | { readonly type: 'opened'; readonly disclosure: string }
  | { readonly type: 'restored'; readonly transcript: Transcript }
  | { readonly type: 'asked'; readonly id: string; readonly question: string }
  | { readonly type: 'accepted'; readonly id: string; readonly turn: number; readonly messageId?: string }
  | { readonly type: 'delta'; readonly id: string; readonly text: string }
  | { readonly type: 'pending'; readonly id: string }
  | { readonly type: 'answered'; readonly id: string; readonly response: MessageResponse & { readonly reply: Reply } }
  | { readonly type: 'failed'; readonly id: string }
  | { readonly type: 'withdrawn'; readonly id: string }
  | { readonly type: 'rated'; readonly id: string; readonly rating: NonNullable<ExchangeView['rating']> }
  | { readonly type: 'drafted'; readonly text: string }
  | { readonly type: 'ended' }
  | { readonly type: 'confirming'; readonly on: boolean }
  | { readonly type: 'notice'; readonly notice: Notice | undefined };

/** The window before anything happened. */
export function initialState(draft = ''): ChatState {
  return { phase: 'opening', conversationState: 'bot', exchanges: [], busy: false, draft, confirming: false };
}

function restore(state: ChatState, transcript: Transcript): ChatState {
  const exchanges = transcript.turns.map((turn): ExchangeView => ({
    id: `turn-${turn.turn}`,
    question: turn.text,
    status: turn.reply ? 'answered' : turn.status === 'failed' ? 'failed' : 'waiting',
    turn: turn.turn,
    messageId: turn.messageId,
    partial: '',
    ...(turn.reply && { reply: turn.reply }),
  }));
  return {
    ...state,
    phase: transcript.state === 'closed' ? 'ended' : 'ready',
    disclosure: transcript.disclosure,
    conversationState: transcript.state,
    exchanges,
    busy: exchanges.at(-1)?.status === 'waiting',
  };
}

function change(state: ChatState, id: string, change: Partial<ExchangeView>, rest: Partial<ChatState> = {}): ChatState {
  return { ...state, ...rest, exchanges: state.exchanges.map((exchange) => (exchange.id === id ? { ...exchange, ...change } : exchange)) };
}

/** The state after an action. */
export function reduce(state: ChatState, action: ChatAction): ChatState {
  switch (action.type) {
    case 'reset':
      return initialState(state.draft);
    case 'opened':
      return { ...state, phase: 'ready', disclosure: action.disclosure };
    case 'restored':
      return restore(state, action.transcript);
    case 'asked': {
      const fresh: ExchangeView = { id: action.id, question: action.question, status: 'sending', partial: '' };
      const known = state.exchanges.some(({ id }) => id === action.id);
      return known ? change(state, action.id, { status: 'sending', partial: '' }, { busy: true }) : { ...state, busy: true, exchanges: [...state.exchanges, fresh] };
    }
    case 'accepted': {
      // A message that is repeated after a reload may already stand in the restored transcript.
      const exchanges = state.exchanges.filter(({ id, turn }) => id === action.id || turn !== action.turn);
      const ids = action.messageId === undefined ? { turn: action.turn } : { turn: action.turn, messageId: action.messageId };
      return change({ ...state, exchanges }, action.id, ids);
    }
    case 'delta': {
      const partial = state.exchanges.find(({ id }) => id === action.id)?.partial ?? '';
      return change(state, action.id, { status: 'writing', partial: partial + action.text });
    }
    case 'pending':
      return change(state, action.id, { status: 'waiting' });
    case 'answered': {
      const { reply, turn, messageId, state: conversationState } = action.response;
      const phase = conversationState === 'closed' ? 'ended' : state.phase;
      return change(state, action.id, { status: 'answered', partial: '', reply, turn, messageId }, { busy: false, conversationState, phase });
    }
    case 'failed':
      return change(state, action.id, { status: 'failed', partial: '' }, { busy: false });
    case 'withdrawn': {
      const question = state.exchanges.find(({ id }) => id === action.id)?.question;
      if (question === undefined) return state;
      return { ...state, busy: false, draft: giveBack(state.draft, question), exchanges: state.exchanges.filter(({ id }) => id !== action.id) };
    }
    case 'rated':
      return change(state, action.id, { rating: action.rating });
    case 'drafted':
      return { ...state, draft: action.text };
    case 'ended':
      return { ...state, phase: 'ended', busy: false };
    case 'confirming':
      return { ...state, confirming: action.on };
    case 'notice':
      break;
  }
  const { notice: _replaced, ...rest } = state;
  return action.notice ? { ...rest, notice: action.notice } : rest;
}

/** The line to show above the composer: the question before a new conversation first, then trouble, then that this one is over. */
export function shownNotice(state: ChatState, strings: Strings): Notice | undefined {
  if (state.confirming) return { tone: 'info', sentence: strings.confirmNew, actions: ['new', 'keep'] };
  if (state.notice) return state.notice;
  return state.phase === 'ended' ? { tone: 'info', sentence: strings.errors.closed, actions: ['new'] } : undefined;
}

/** The line under the heading. */
export function statusLine(state: ChatState, strings: Strings): string {
  return state.conversationState === 'bot' ? strings.assistant : strings.states[state.conversationState];
}

/** What the transcript says about the running turn; undefined when none runs. */
export function activity(state: ChatState, strings: Strings): { readonly text: string; readonly kind: 'opening' | 'writing' | 'waiting' } | undefined {
  const last = state.exchanges.at(-1);
  if (last?.status === 'waiting') return { text: strings.waiting, kind: 'waiting' };
  if (state.phase === 'opening') return state.notice ? undefined : { text: strings.opening, kind: 'opening' };
  if (state.notice) return undefined;
  return last?.status === 'sending' || last?.status === 'writing' ? { text: strings.writing, kind: 'writing' } : undefined;
}

/** The exchange whose reply may be rated: the last one, once it is answered. */
export function ratable(state: ChatState): ExchangeView | undefined {
  const last = state.exchanges.at(-1);
  return last?.status === 'answered' && last.messageId !== undefined ? last : undefined;
}
