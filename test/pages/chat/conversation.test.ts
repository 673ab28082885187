import { describe, expect, it } from 'vitest';
import { Conversation } from '../../../pages/chat/conversation.ts';
import { chooseLocale } from '../../../pages/chat/locale.ts';
import { SessionStore } from '../../../pages/chat/session.ts';
import type { Session } from '../../../pages/chat/session.ts';

/** Answer of the scripted API: a response, or a connection that fails. */
type Scripted = (request: Seen) => Response | Promise<Response>;

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

const created = (): Response => Response.json({ conversationId: 'c1', token: 't0', disclosure: 'I am an AI.', expiresAt: '2026-06-01T00:00:00Z' }, { status: 201 });
const problem = (status: number, headers: Record<string, string> = {}): Response => Response.json({ type: 'about:blank', title: 'x', status }, { status, headers });
const reply = { kind: 'answer', text: 'Yes.', sources: [] };
const frame = (event: string, data: unknown): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
const TURN = frame('turn', { messageId: 'm1', turn: 1 });
const ANSWER = frame('reply', { messageId: 'm1', turn: 1, reply, state: 'bot' });
const stream = (text: string, token = 't1'): Response => new Response(text, { headers: { 'Content-Type': 'text/event-stream', 'Conversation-Token': token } });
const transcript = (...turns: readonly object[]): Response =>
  Response.json({ conversationId: 'c1', state: 'bot', locale: 'en', disclosure: 'I am an AI.', expiresAt: '2026-06-01T00:00:00Z', turns }, { headers: { 'Conversation-Token': 't9' } });
const turn = (rest: object): object => ({ turn: 1, messageId: 'm1', at: '2026-05-01T10:00:00Z', text: 'Open on Sunday?', ...rest });
const broken: Scripted = () => Promise.reject(new TypeError('Failed to fetch'));

/** A conversation against a script: each call takes the next answer. Pauses pass at once; the visitor presses "try again" when asked. */
function play(script: readonly Scripted[], session: Session = {}, connected = true) {
  let online = connected;
  const seen: Seen[] = [];
  const pauses: number[] = [];
  const notices: (string | undefined)[] = [];
  const answers = [...script];
  let keys = 0;
  let asked = 0;
  const store = new SessionStore(undefined, 'x');
  store.save(session);
  const conversation = new Conversation({
    base: new URL('https://api.example/dev/'),
    fetch: async (url, init) => {
      const request = { method: init.method ?? 'GET', url: url.href, headers: new Headers(init.headers), body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined };
      seen.push(request);
      const next = answers.shift();
      if (!next) throw new Error(`No answer scripted for ${request.method} ${request.url}`);
      return next(request);
    },
    now: () => 0,
    session: store,
    newKey: () => `key-${(keys += 1)}`,
    locale: chooseLocale(['en']),
    channel: 'web',
    patience: (signal, tell) => ({
      signal,
      online: () => online,
      pause: (milliseconds) => Promise.resolve(void pauses.push(milliseconds)),
      untilOnline: () => Promise.resolve(void (online = true)),
      untilAsked: () => Promise.resolve(void (asked += 1)),
      tell,
    }),
    onChange: ({ notice }) => {
      if (notice?.sentence !== notices.at(-1)) notices.push(notice?.sentence);
    },
  });
  return { conversation, seen, pauses, notices, store, asked: () => asked };
}

describe('opening and sending', () => {
  it('discloses, streams, answers, and renews the token', async () => {
    const { conversation, seen, store } = play([created, () => stream(TURN + frame('delta', { text: 'Yes.' }) + ANSWER)]);
    await conversation.start();
    expect(conversation.state).toMatchObject({ phase: 'ready', disclosure: 'I am an AI.' });
    await conversation.send('Open on Sunday?');
    expect(conversation.state).toMatchObject({ busy: false, draft: '', exchanges: [{ status: 'answered', reply, messageId: 'm1' }] });
    expect(seen[0]).toMatchObject({ method: 'POST', url: 'https://api.example/dev/v1/conversations', body: { locale: 'en', channel: 'web' } });
    expect(seen[1]).toMatchObject({ url: 'https://api.example/dev/v1/conversations/c1/messages', body: { text: 'Open on Sunday?' } });
    expect(Object.fromEntries(seen[1]?.headers ?? [])).toMatchObject({ accept: 'text/event-stream', 'idempotency-key': 'key-1', authorization: 'Bearer t0' });
    expect(store.current).toEqual({ conversationId: 'c1', token: 't1' });
  });

  it('takes a JSON answer as well', async () => {
    const { conversation } = play([created, () => Response.json({ messageId: 'm1', turn: 1, reply, state: 'bot' })]);
    await conversation.start();
    await conversation.send('Hello');
    expect(conversation.state.exchanges).toMatchObject([{ status: 'answered', reply }]);
  });

  it('tries to open again when the visitor asks, whatever the refusal was', async () => {
    const { conversation, asked, notices } = play([() => problem(403), created]);
    await conversation.start();
    expect(asked()).toBe(1);
    expect(notices).toContain('Messages from this page are not accepted at the moment.');
    expect(conversation.state.phase).toBe('ready');
  });
});

describe('trouble', () => {
  it('repeats once by itself with the same key after the time that the server named, then when asked', async () => {
    const script = [created, () => problem(429, { 'Retry-After': '7' }), () => problem(503, { 'Retry-After': '3' }), () => stream(TURN + ANSWER)];
    const { conversation, seen, pauses, asked } = play(script);
    await conversation.start();
    await conversation.send('Hello');
    expect(pauses).toEqual([7_000]);
    expect(asked()).toBe(1);
    expect(seen.slice(1).map(({ headers }) => headers.get('Idempotency-Key'))).toEqual(['key-1', 'key-1', 'key-1']);
    expect(conversation.state).toMatchObject({ exchanges: [{ status: 'answered' }] });
    expect(conversation.state.notice).toBeUndefined();
  });

  it('keeps the message and its key through a connection that fails before anything was accepted', async () => {
    const { conversation, seen } = play([created, broken, () => stream(''), () => stream(TURN + ANSWER)]);
    await conversation.start();
    await conversation.send('Hello');
    expect(new Set(seen.slice(1).map(({ headers }) => headers.get('Idempotency-Key')))).toEqual(new Set(['key-1']));
    expect(conversation.state.exchanges).toMatchObject([{ question: 'Hello', status: 'answered' }]);
  });

  it('waits for the network while offline', async () => {
    const { conversation, seen, notices } = play([() => transcript(), broken, () => stream(TURN + ANSWER)], { conversationId: 'c1', token: 't5' }, false);
    await conversation.start();
    await conversation.send('Hello');
    expect(conversation.state.exchanges).toMatchObject([{ status: 'answered' }]);
    expect(notices).toEqual(['You are offline. Your message is kept and goes out as soon as you are connected again.', undefined]);
    expect(seen[2]?.headers.get('Idempotency-Key')).toBe('key-1');
  });

  it('asks for the turn, and does not send again, when the stream broke after it was accepted', async () => {
    const { conversation, seen, pauses } = play([created, () => stream(TURN + frame('delta', { text: 'Ye' })), () => transcript(turn({ status: 'pending' })), () => transcript(turn({ status: 'answered', reply }))]);
    await conversation.start();
    await conversation.send('Open on Sunday?');
    expect(seen.slice(2).map(({ method, url }) => `${method} ${url}`)).toEqual(Array(2).fill('GET https://api.example/dev/v1/conversations/c1?after=0'));
    expect(pauses).toEqual([1_000, 1_500]);
    expect(conversation.state.exchanges).toMatchObject([{ status: 'answered', reply }]);
  });

  it('waits honestly for a pending turn and says so when it failed', async () => {
    const pending = frame('pending', { messageId: 'm1', turn: 1 }) + frame('reply', { messageId: 'm1', turn: 1, reply: { kind: 'pending' }, state: 'bot' });
    const { conversation, store } = play([created, () => stream(TURN + pending), () => transcript(turn({ status: 'failed' })), () => stream(TURN.replace('1}', '2}') + ANSWER.replace('"turn":1', '"turn":2'))]);
    await conversation.start();
    await conversation.send('Open on Sunday?');
    expect(conversation.state).toMatchObject({ busy: false, exchanges: [{ status: 'failed', question: 'Open on Sunday?' }] });
    expect(store.current.outgoing).toBeUndefined();
    await conversation.askAgain('key-1');
    expect(conversation.state.exchanges.map(({ id, status }) => [id, status])).toEqual([['key-1', 'failed'], ['key-2', 'answered']]);
  });

  it.each([413, 400, 422])('gives the text back on %i', async (status) => {
    const { conversation, store } = play([created, () => problem(status)]);
    await conversation.start();
    await conversation.send('Hello');
    expect(conversation.state).toMatchObject({ phase: 'ready', busy: false, draft: 'Hello', exchanges: [], notice: { actions: [] } });
    expect(store.current).toMatchObject({ draft: 'Hello' });
  });

  it.each([401, 404])('on %i ends the conversation, keeps the text and begins a new one', async (status) => {
    const { conversation, store } = play([created, () => problem(status), created]);
    await conversation.start();
    await conversation.send('Hello');
    expect(conversation.state).toMatchObject({ phase: 'ended', draft: 'Hello', notice: { actions: ['new'] } });
    await conversation.requestNew();
    expect(conversation.state).toMatchObject({ phase: 'ready', draft: 'Hello', exchanges: [] });
    expect(store.current).toEqual({ conversationId: 'c1', token: 't0', draft: 'Hello' });
  });

  it('treats an error event of the stream like an error response', async () => {
    const { conversation } = play([created, () => stream(frame('error', { type: 'about:blank', title: 'x', status: 413 }))]);
    await conversation.start();
    await conversation.send('Hello');
    expect(conversation.state).toMatchObject({ draft: 'Hello', exchanges: [] });
  });
});

describe('after a reload', () => {
  const session: Session = { conversationId: 'c1', token: 't5' };

  it('restores the transcript', async () => {
    const { conversation, seen, store } = play([() => transcript(turn({ status: 'answered', reply }))], { ...session, draft: 'half a' });
    await conversation.start();
    expect(seen[0]?.headers.get('Authorization')).toBe('Bearer t5');
    expect(conversation.state).toMatchObject({ phase: 'ready', draft: 'half a', exchanges: [{ status: 'answered', reply }] });
    expect(store.current.token).toBe('t9');
  });

  it('sends a message again, with its key, that may never have arrived, and shows it once', async () => {
    const script = [() => transcript(turn({ status: 'answered', reply })), () => stream(TURN + ANSWER)];
    const { conversation, seen } = play(script, { ...session, outgoing: { key: 'old-key', text: 'Open on Sunday?' } });
    await conversation.start();
    expect(seen[1]?.headers.get('Idempotency-Key')).toBe('old-key');
    expect(conversation.state.exchanges).toMatchObject([{ id: 'old-key', status: 'answered' }]);
  });

  it('waits for a turn that was accepted', async () => {
    const script = [() => transcript(turn({ status: 'pending' })), () => transcript(turn({ status: 'answered', reply }))];
    const { conversation, seen, store } = play(script, { ...session, outgoing: { key: 'old-key', text: 'Open on Sunday?', turn: 1 } });
    await conversation.start();
    expect(seen.map(({ method }) => method)).toEqual(['GET', 'GET']);
    expect(conversation.state.exchanges).toMatchObject([{ status: 'answered' }]);
    expect(store.current.outgoing).toBeUndefined();
  });

  it('keeps an unsent message when the conversation is gone', async () => {
    const { conversation } = play([() => problem(404)], { ...session, outgoing: { key: 'old-key', text: 'Open on Sunday?' } });
    await conversation.start();
    expect(conversation.state).toMatchObject({ phase: 'ended', draft: 'Open on Sunday?', exchanges: [] });
  });
});

describe('a token that has expired', () => {
  const session: Session = { conversationId: 'c1', token: 'old', resumeToken: 'secret' };
  const renewed = (): Response => Response.json({ token: 'new', expiresAt: '2026-06-01T00:00:00Z' });
  const calls = (seen: readonly Seen[]): string[] => seen.map(({ method, url, headers }) => `${method} ${new URL(url).pathname.replace('/dev/v1/conversations', '')} ${headers.get('Authorization') ?? '-'}`);

  it('is exchanged by the resume token, and the conversation goes on where it was', async () => {
    const { conversation, seen, store, notices } = play([() => problem(401), renewed, () => transcript(turn({ status: 'answered', reply }))], session);
    await conversation.start();
    expect(calls(seen)).toEqual(['GET /c1 Bearer old', 'POST /c1/token -', 'GET /c1 Bearer new']);
    expect(seen[1]?.body).toEqual({ resumeToken: 'secret' });
    expect(conversation.state).toMatchObject({ phase: 'ready', exchanges: [{ status: 'answered' }] });
    expect(store.current).toEqual({ conversationId: 'c1', token: 't9', resumeToken: 'secret' });
    expect(notices).toEqual([]);
  });

  it('keeps what the 201 gave, and sends a message again with its key', async () => {
    const opened = (): Response => Response.json({ conversationId: 'c1', token: 't0', resumeToken: 'secret', disclosure: 'I am an AI.', expiresAt: '2026-06-01T00:00:00Z' }, { status: 201 });
    const { conversation, seen, store } = play([opened, () => problem(401), renewed, () => stream(TURN + ANSWER)]);
    await conversation.start();
    await conversation.send('Open on Sunday?');
    expect(calls(seen).slice(1)).toEqual(['POST /c1/messages Bearer t0', 'POST /c1/token -', 'POST /c1/messages Bearer new']);
    expect(new Set([seen[1], seen[3]].map((request) => request?.headers.get('Idempotency-Key'))).size).toBe(1);
    expect(conversation.state).toMatchObject({ phase: 'ready', exchanges: [{ status: 'answered' }] });
    expect(store.current.resumeToken).toBe('secret');
  });

  it('rates a reply after the exchange too', async () => {
    const { conversation, seen } = play([created, () => stream(TURN + ANSWER), () => problem(401), renewed, () => new Response(null, { status: 204 })]);
    await conversation.start();
    await conversation.send('Hello');
    await conversation.rate('key-1', 5);
    // This conversation was opened by a release that gave no resume token.
    expect(conversation.state.exchanges).toMatchObject([{ rating: 'failed' }]);
    expect(seen).toHaveLength(3);
    const other = play([() => transcript(turn({ status: 'answered', reply })), () => problem(401), renewed, () => new Response(null, { status: 204 })], session);
    await other.conversation.start();
    await other.conversation.rate(other.conversation.state.exchanges[0]?.id ?? '', 5);
    expect(calls(other.seen).at(-1)).toBe('POST /c1/feedback Bearer new');
  });

  it('waits an outage of the exchange out', async () => {
    const { conversation, pauses } = play([() => problem(401), () => problem(503, { 'Retry-After': '3' }), () => problem(401), renewed, () => transcript()], session);
    await conversation.start();
    expect(pauses).toEqual([3_000]);
    expect(conversation.state.phase).toBe('ready');
  });

  it('ends the conversation when the exchange is refused', async () => {
    const { conversation, seen } = play([() => problem(401), () => problem(404)], session);
    await conversation.start();
    expect(conversation.state).toMatchObject({ phase: 'ended', notice: { actions: ['new'] } });
    expect(seen).toHaveLength(2);
  });

  it('is not exchanged without end when the new one is refused too', async () => {
    const { conversation, seen } = play([() => problem(401), renewed, () => problem(401)], session);
    await conversation.start();
    expect(conversation.state.phase).toBe('ended');
    expect(seen).toHaveLength(3);
  });
});

describe('new conversation and rating', () => {
  it('asks first when something is on the screen, and ends what was under way', async () => {
    const { conversation, seen } = play([created, () => stream(TURN + ANSWER), created]);
    await conversation.start();
    await conversation.send('Hello');
    await conversation.requestNew();
    expect(conversation.state.confirming).toBe(true);
    conversation.keep();
    expect(conversation.state.confirming).toBe(false);
    await conversation.requestNew();
    await conversation.requestNew();
    expect(conversation.state).toMatchObject({ confirming: false, exchanges: [], phase: 'ready' });
    expect(seen).toHaveLength(3);
  });

  it('rates a reply by its message, and says when that failed', async () => {
    const { conversation, seen } = play([created, () => stream(TURN + ANSWER), broken, () => new Response(null, { status: 204 })]);
    await conversation.start();
    await conversation.send('Hello');
    await conversation.rate('key-1', 4, false);
    expect(conversation.state.exchanges).toMatchObject([{ rating: 'failed' }]);
    await conversation.rate('key-1', 5);
    expect(conversation.state.exchanges).toMatchObject([{ rating: 'sent' }]);
    expect(seen.slice(2).map(({ body }) => body)).toEqual([{ rating: 4, messageId: 'm1', resolved: false }, { rating: 5, messageId: 'm1' }]);
  });
});
