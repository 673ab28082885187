import { describe, expect, it } from 'vitest';
import type { Transcript } from '../../../lambda/contracts/api.ts';
import { STRINGS } from '../../../pages/chat/strings.ts';
import { activity, initialState, ratable, reduce, shownNotice, statusLine } from '../../../pages/chat/view.ts';
import type { ChatAction, ChatState } from '../../../pages/chat/view.ts';

const strings = STRINGS.en;
const reply = { kind: 'answer' as const, text: 'Yes.', sources: [] };
const after = (...actions: readonly ChatAction[]): ChatState => actions.reduce(reduce, initialState());
const opened: ChatAction = { type: 'opened', disclosure: 'I am an AI.' };
const asked: ChatAction = { type: 'asked', id: 'k', question: 'Open on Sunday?' };
const answered: ChatAction = { type: 'answered', id: 'k', response: { messageId: 'm', turn: 1, reply, state: 'bot' } };
const transcript = (turns: Transcript['turns'], state: Transcript['state'] = 'bot'): ChatAction => ({
  type: 'restored',
  transcript: { conversationId: 'c', state, locale: 'en', disclosure: 'I am an AI.', expiresAt: '2026-06-01T00:00:00Z', turns },
});
const turn = (number: number, rest: Partial<Transcript['turns'][number]>): Transcript['turns'][number] => ({ turn: number, messageId: `m${number}`, at: '2026-05-01T10:00:00Z', status: 'answered', text: `q${number}`, ...rest });

describe('reduce', () => {
  it('gathers the streamed text and puts the finished reply in its place', () => {
    const writing = after(opened, asked, { type: 'delta', id: 'k', text: 'Ye' }, { type: 'delta', id: 'k', text: 's' });
    expect(writing).toMatchObject({ busy: true, exchanges: [{ status: 'writing', partial: 'Yes' }] });
    expect(reduce(writing, answered)).toMatchObject({ busy: false, exchanges: [{ status: 'answered', partial: '', reply, turn: 1, messageId: 'm' }] });
  });

  it('begins a repeated message anew instead of showing it twice', () => {
    expect(after(opened, asked, { type: 'delta', id: 'k', text: 'Ye' }, asked).exchanges).toEqual([{ id: 'k', question: 'Open on Sunday?', status: 'sending', partial: '' }]);
  });

  it('gives a withdrawn message back to the composer', () => {
    const state = after(opened, asked, { type: 'drafted', text: 'and Monday?' }, { type: 'withdrawn', id: 'k' });
    expect(state).toMatchObject({ busy: false, exchanges: [], draft: 'Open on Sunday?\nand Monday?' });
  });

  it('restores a transcript with its answered, failed and pending turns', () => {
    const state = after(transcript([turn(1, { reply }), turn(2, { status: 'failed' }), turn(3, { status: 'pending' })]));
    expect(state.exchanges.map(({ status }) => status)).toEqual(['answered', 'failed', 'waiting']);
    expect(state).toMatchObject({ phase: 'ready', busy: true });
  });

  it('shows a message once that was restored and is then accepted under its key', () => {
    const state = after(transcript([turn(1, { status: 'pending' })]), asked, { type: 'accepted', id: 'k', turn: 1, messageId: 'm1' });
    expect(state.exchanges.map(({ id }) => id)).toEqual(['k']);
  });

  it('keeps the draft through a new conversation', () => {
    expect(after(opened, asked, { type: 'drafted', text: 'kept' }, { type: 'reset' })).toEqual(initialState('kept'));
  });

  it('ends with a reply that closes the conversation', () => {
    const closed = after(opened, asked, { ...answered, response: { messageId: 'm', turn: 1, reply, state: 'closed' } });
    expect(closed.phase).toBe('ended');
    expect(shownNotice(closed, strings)).toMatchObject({ sentence: strings.errors.closed, actions: ['new'] });
    expect(statusLine(closed, strings)).toBe(strings.states.closed);
  });
});

describe('what is shown', () => {
  it('says what happens: opening, writing, waiting, nothing', () => {
    expect(activity(initialState(), strings)?.kind).toBe('opening');
    expect(activity(after(opened), strings)).toBeUndefined();
    expect(activity(after(opened, asked), strings)?.kind).toBe('writing');
    expect(activity(after(opened, asked, { type: 'pending', id: 'k' }), strings)).toEqual({ kind: 'waiting', text: strings.waiting });
    expect(activity(after(opened, asked, answered), strings)).toBeUndefined();
  });

  it('does not claim that somebody writes while a message waits to be sent again', () => {
    const notice: ChatAction = { type: 'notice', notice: { tone: 'warning', sentence: 'x', actions: [] } };
    expect(activity(after(opened, asked, notice), strings)).toBeUndefined();
  });

  it('asks before a new conversation without losing sight of trouble', () => {
    const trouble = after(opened, asked, { type: 'notice', notice: { tone: 'warning', sentence: 'x', actions: ['retry'] } });
    const confirming = reduce(trouble, { type: 'confirming', on: true });
    expect(shownNotice(confirming, strings)?.actions).toEqual(['new', 'keep']);
    expect(shownNotice(reduce(confirming, { type: 'confirming', on: false }), strings)?.actions).toEqual(['retry']);
  });

  it('lets only the last reply be rated', () => {
    expect(ratable(after(opened))).toBeUndefined();
    expect(ratable(after(opened, asked))).toBeUndefined();
    expect(ratable(after(opened, asked, answered))?.id).toBe('k');
    expect(ratable(after(opened, asked, answered, { type: 'asked', id: 'k2', question: 'q' }))).toBeUndefined();
  });
});
