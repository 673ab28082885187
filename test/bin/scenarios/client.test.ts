import { afterEach, describe, expect, it } from 'vitest';
import { ChatClient, ChatError } from '../../../bin/scenarios/client.ts';
import type { Clock } from '../../../bin/scenarios/client.ts';
import { CREATED, FakeEstate, replied } from './fake-estate.ts';
import type { Answer, Request } from './fake-estate.ts';

let estate: FakeEstate | undefined;
afterEach(async () => {
  await estate?.close();
  estate = undefined;
});

/** A client of an estate that answers messages and reads as told. */
async function clientOf(answers: { readonly message?: Answer; readonly read?: (request: Request, reads: number) => Answer }, clock?: Clock) {
  let reads = 0;
  const opened = await FakeEstate.open((request) => {
    if (request.url === '/v1/conversations') return CREATED;
    if (request.method === 'POST') return answers.message ?? replied('Hello.');
    reads += 1;
    return answers.read?.(request, reads) ?? { status: 404, body: { title: 'Not found' } };
  });
  estate = opened;
  return { client: await ChatClient.open(opened.url, clock), requests: opened.requests };
}

/** A clock on which a second passes for every wait. */
function clock(): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  return { waits, now: () => waits.reduce((sum, wait) => sum + wait, 0), wait: async (milliseconds) => void waits.push(milliseconds) };
}

const pending: Answer = { status: 202, body: { messageId: 'm1', turn: 4, reply: { kind: 'pending' }, state: 'bot' } };
const transcript = (turns: object[]): Answer => ({ status: 200, body: { conversationId: 'c1', state: 'bot', turns } });

describe('a conversation', () => {
  it('is opened as synthetic', async () => {
    const { client, requests } = await clientOf({});
    expect(client.conversationId).toBe('c1');
    expect(requests[0]).toMatchObject({ method: 'POST', url: '/v1/conversations', body: { synthetic: true, channel: 'scenario' } });
  });

  it('sends messages with its token, each under a key of its own, and takes renewed tokens', async () => {
    const { client, requests } = await clientOf({ message: { ...replied('Hello.'), headers: { 'Conversation-Token': 'second' } } });
    expect(await client.say('Hi')).toEqual({ kind: 'answer', text: 'Hello.', sources: [] });
    await client.say('Again');
    const [, one, two] = requests;
    expect(one).toMatchObject({ url: '/v1/conversations/c1/messages', body: { text: 'Hi' }, headers: { authorization: 'Bearer first' } });
    expect(two?.headers.authorization).toBe('Bearer second');
    expect(one?.headers['idempotency-key']).toMatch(/^[\da-f-]{36}$/);
    expect(two?.headers['idempotency-key']).not.toBe(one?.headers['idempotency-key']);
  });
});

describe('a pending turn', () => {
  const reply = { kind: 'answer', text: 'At last.', sources: [] };

  it('is asked for every second until it is answered', async () => {
    const time = clock();
    const { client, requests } = await clientOf({ message: pending, read: (_, reads) => transcript(reads < 3 ? [{ turn: 4, status: 'pending' }] : [{ turn: 4, status: 'answered', reply }]) }, time);
    expect(await client.say('Hard one')).toEqual(reply);
    expect(time.waits).toEqual([1_000, 1_000]);
    expect(requests.slice(2).map(({ url }) => url)).toEqual(Array.from({ length: 3 }, () => '/v1/conversations/c1?after=3'));
  });

  it('that failed is an error', async () => {
    const { client } = await clientOf({ message: pending, read: () => transcript([{ turn: 4, status: 'failed' }]) }, clock());
    await expect(client.say('Hard one')).rejects.toThrow(new ChatError('turn 4 failed'));
  });

  it('is given up after two minutes', async () => {
    const time = clock();
    const { client } = await clientOf({ message: pending, read: () => transcript([]) }, time);
    await expect(client.say('Hard one')).rejects.toThrow(new ChatError('turn 4 was still pending after 120 s'));
    expect(time.now()).toBe(120_000);
  });
});

describe('an estate that does not answer as it should', () => {
  it('is told by its problem', async () => {
    const { client } = await clientOf({ message: { status: 429, body: { type: 'about:blank', title: 'Too many messages', status: 429 } } });
    await expect(client.say('Hi')).rejects.toThrow(new ChatError('answered 429: Too many messages'));
  });

  it('is told by its status when there is no problem', async () => {
    estate = await FakeEstate.open(() => ({ status: 502, body: '<html>' }));
    await expect(ChatClient.open(estate.url)).rejects.toThrow(new ChatError('answered 502: no problem+json'));
  });

  it('is told by its address when it cannot be reached', async () => {
    const gone = await FakeEstate.open(() => CREATED);
    const { url } = gone;
    await gone.close();
    await expect(ChatClient.open(url)).rejects.toThrow(/^http:\/\/127\.0\.0\.1:\d+\/v1\/conversations cannot be reached \(.*\); start the estate with npm start, or name another one with --url$/);
  });
});
