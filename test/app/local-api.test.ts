import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { signingKeyBytes } from '../../lambda/adapters/secrets/key-material.ts';
import { jwtConversationTokens } from '../../lambda/adapters/secrets/tokens.ts';
import { ConversationCreated, MessageResponse, TOKEN_HEADER, Transcript } from '../../lambda/contracts/api.ts';
import { ENV } from '../../lambda/contracts/env.ts';
import type { CallRecord } from '../../local/aws/index.ts';
import { temporaryFolder } from '../local/support/folder.ts';
import { Chat, answered, bodyOf, problemOf } from './support/chat.ts';
import { sortKeysOf, stored, useEstate } from './support/estate.ts';

const QUESTION = 'How many days do I have to send something back?';
const DAY = 86_400_000;

/** The bundles of dev behind its own API, from the first request to what is left on disk. */
describe('the API of dev on this machine', () => {
  const calls: CallRecord[] = [];
  const logsDir = temporaryFolder();
  const estate = useEstate('dev', () => ({ onCall: (call) => void calls.push(call), logsDir }));
  const open = (body: object = {}): Promise<Chat> => Chat.open(estate().url, body);
  const get = (path: string, token?: string): Promise<Response> => fetch(`${estate().url}${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });

  it('opens a conversation: the disclosure says that this is an AI, and until when it can be read', async () => {
    const { created } = await open();
    expect(created.disclosure).toMatch(/\bAI\b/);
    expect(Math.abs(Date.parse(created.expiresAt) - Date.now() - 14 * DAY)).toBeLessThan(DAY);
  });

  it('opens one without a body, and in another language', async () => {
    const bare = await fetch(`${estate().url}/v1/conversations`, { method: 'POST' });
    expect((await bodyOf(bare, 201, ConversationCreated)).disclosure).toMatch(/\bAI\b/);
    expect((await open({ locale: 'de-CH' })).created.disclosure).toMatch(/KI-Assistent/);
  });

  it('forgets a conversation of a check within a day', async () => {
    const { created } = await open({ synthetic: true });
    expect(Date.parse(created.expiresAt) - Date.now()).toBeLessThanOrEqual(DAY);
  });

  it('answers a message with its sources, and renews the token', async () => {
    const chat = await open();
    const response = await chat.send(QUESTION, { key: 'first' });
    const message = answered(await bodyOf(response, 200, MessageResponse));
    expect(message).toMatchObject({ turn: 1, state: 'bot', reply: { kind: 'answer', sources: [expect.objectContaining({ id: 'return-window' })] } });
    expect(message.reply.text).toContain('30 days');
    const renewed = response.headers.get(TOKEN_HEADER) ?? '';
    expect((await chat.transcript(undefined, renewed)).turns).toHaveLength(1);
  });

  it('streams a message: accepted, text, and the whole reply at last', async () => {
    const chat = await open();
    const events = await chat.stream(QUESTION);
    expect(events.map(({ event }) => event).join(' ')).toMatch(/^turn( delta)+ reply$/);
    const reply = answered(MessageResponse.parse(events.at(-1)?.data));
    const { messageId, turn } = reply;
    expect(events[0]?.data).toEqual({ messageId, turn });
    expect(events.filter(({ event }) => event === 'delta').map(({ data }) => (data as { text: string }).text).join('')).toBe(reply.reply.text);
    expect((await chat.transcript()).turns).toHaveLength(1);
  });

  it('keeps what was said in order, and shows only the newer turns when asked', async () => {
    const chat = await open({ locale: 'en' });
    const first = await chat.say(QUESTION);
    const second = await chat.say('How long does standard delivery take?');
    const transcript = await chat.transcript();
    expect(transcript).toMatchObject({ conversationId: chat.id, state: 'bot', locale: 'en', disclosure: chat.created.disclosure, expiresAt: chat.created.expiresAt });
    expect(transcript.turns.map(({ turn, status, messageId, reply }) => ({ turn, status, messageId, reply }))).toEqual(
      [first, second].map(({ turn, messageId, reply }) => ({ turn, status: 'answered', messageId, reply })),
    );
    expect((await chat.transcript(1)).turns.map(({ turn }) => turn)).toEqual([2]);
    expect((await chat.transcript(2)).turns).toEqual([]);
  });

  it('offers a human when asked, and when the question is none of ours', async () => {
    const chat = await open();
    expect((await chat.say('I want to talk to a real person, please.')).reply).toMatchObject({ kind: 'handoff', text: expect.stringContaining('help@ottermoss.example') });
    expect((await chat.say('Who won the chess world championship in 1972?')).reply).toMatchObject({ kind: 'fallback', sources: [], text: expect.stringContaining('help@ottermoss.example') });
  });

  it('answers a repeated key with the same status and body, whole or streamed', async () => {
    const chat = await open();
    const key = randomUUID();
    const first = await chat.send(QUESTION, { key });
    const again = await chat.send(QUESTION, { key });
    const whole = await first.text();
    expect([again.status, await again.text()]).toEqual([first.status, whole]);
    expect(await chat.stream(QUESTION, { key })).toEqual([{ event: 'reply', data: JSON.parse(whole) as unknown }]);
    expect((await chat.transcript()).turns).toHaveLength(1);
  });

  it('refuses a key with another body, also as a stream', async () => {
    const chat = await open();
    await chat.say(QUESTION, { key: 'k' });
    expect((await problemOf(await chat.send('Another question', { key: 'k' }), 422)).type).toBe('/problems/idempotency-key-reused');
    await problemOf(await chat.send('Another question', { key: 'k', accept: 'text/event-stream' }), 422);
    expect((await chat.transcript()).turns).toHaveLength(1);
  });

  it('answers the same key sent many times at once with one turn', async () => {
    const chat = await open();
    const responses = await Promise.all(Array.from({ length: 6 }, () => chat.send(QUESTION, { key: 'same' })));
    for (const response of responses.filter(({ status }) => status !== 200)) {
      await problemOf(response, 409);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    const bodies = await Promise.all(responses.filter(({ status }) => status === 200).map((response) => response.text()));
    expect(bodies.length).toBeGreaterThanOrEqual(1);
    expect(new Set(bodies).size).toBe(1);
    expect((await chat.transcript()).turns).toHaveLength(1);
  });

  it('takes feedback', async () => {
    const chat = await open();
    const { messageId } = await chat.say(QUESTION);
    const response = await chat.feedback({ rating: 4, resolved: true, comment: 'Bluebird remark', messageId });
    expect([response.status, await response.text()]).toEqual([204, '']);
    const problem = await problemOf(await chat.feedback({ rating: 4, messageId: randomUUID() }), 400);
    expect(problem.errors).toEqual([{ field: 'messageId', rule: expect.any(String) }]);
  });

  it('says that it lives, and nothing else', async () => {
    const response = await get('/v1/health');
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('lets staff read by role; for the others the conversation is not there', async () => {
    const chat = await open();
    await chat.say(QUESTION);
    for (const role of ['support-agent', 'supervisor', 'privacy'] as const) {
      const transcript = await bodyOf(await get(`/v1/conversations/${chat.id}`, await estate().staffToken(role)), 200, Transcript);
      expect(transcript.turns).toHaveLength(1);
    }
    const analyst = await estate().staffToken('analyst');
    const unknown = await problemOf(await get(`/v1/conversations/${randomUUID()}`, analyst), 404);
    expect(await problemOf(await get(`/v1/conversations/${chat.id}`, analyst), 404)).toEqual(unknown);
    const expired = await estate().staffToken('support-agent', { expiresInSeconds: -60 });
    await problemOf(await get(`/v1/conversations/${chat.id}`, expired), 401);
  });

  it('shows nobody whether somebody else’s conversation exists', async () => {
    const [mine, theirs] = [await open(), await open()];
    await theirs.say(QUESTION);
    const unknown = randomUUID();
    for (const act of [
      (id: string) => get(`/v1/conversations/${id}`, mine.token),
      (id: string) => fetch(`${estate().url}/v1/conversations/${id}/messages`, { method: 'POST', headers: { authorization: `Bearer ${mine.token}`, 'content-type': 'application/json', 'idempotency-key': 'k' }, body: '{"text":"Hi"}' }),
      (id: string) => fetch(`${estate().url}/v1/conversations/${id}/feedback`, { method: 'POST', headers: { authorization: `Bearer ${mine.token}`, 'content-type': 'application/json' }, body: '{"rating":1}' }),
    ]) {
      const [foreign, missing] = [await act(theirs.id), await act(unknown)];
      expect([...foreign.headers.keys()].toSorted()).toEqual([...missing.headers.keys()].toSorted());
      expect(await problemOf(foreign, 404)).toEqual(await problemOf(missing, 404));
    }
    expect((await theirs.transcript()).turns).toHaveLength(1);
  });

  it('refuses a missing, wrong, foreign and expired token alike', async () => {
    const chat = await open();
    const { environment } = estate().definition('chat');
    const client = new SecretsManagerClient({ endpoint: estate().awsUrl, region: 'eu-central-1', credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' } });
    const { VersionId: kid = '', SecretString: secret = '' } = await client.send(new GetSecretValueCommand({ SecretId: environment[ENV.signingSecret] }));
    client.destroy();
    const key = { kid, key: signingKeyBytes(secret) };
    const tokens = (now: number, bytes = key.key) => jwtConversationTokens({ keys: { current: async () => ({ kid, key: bytes }), find: async () => key }, tokenMinutes: 60, now: () => now });
    const grant = { conversationId: chat.id, subject: 'nobody' };
    const [header = '', claims = '', signature = ''] = chat.token.split('.');
    const refused: Record<string, string | undefined> = {
      missing: undefined,
      empty: '',
      garbage: 'garbage',
      'not signed': `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${claims}.`,
      'signed by another key': await tokens(Date.now(), new Uint8Array(32)).issue(grant),
      expired: await tokens(Date.now() - 61 * 60_000).issue(grant),
      altered: `${header}.${Buffer.from(JSON.stringify({ ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), sub: 'x' })).toString('base64url')}.${signature}`,
    };
    const bodies = new Set<string>();
    for (const [, token] of Object.entries(refused)) {
      const response = await get(`/v1/conversations/${chat.id}`, token);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      bodies.add(JSON.stringify(await problemOf(response, 401)));
    }
    expect(bodies.size).toBe(1);
    // A good signature in time, but of another subject: it is not that subject's conversation.
    await problemOf(await get(`/v1/conversations/${chat.id}`, await tokens(Date.now()).issue(grant)), 404);
    await problemOf(await fetch(`${estate().url}/v1/conversations`, { method: 'POST', headers: { authorization: 'Bearer garbage' } }), 401);
  });

  it('needs three calls of DynamoDB for a warm turn, and no other', async () => {
    const chat = await open();
    const { accessKeyId } = estate().definition('chat');
    const turns: string[][] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      const before = calls.length;
      await chat.say('How long does standard delivery take?');
      turns.push(calls.slice(before).filter((call) => call.accessKeyId === accessKeyId).map(({ operation }) => operation));
    }
    // A thread that meets the visitor for the first time asks for the key as well, and a thread that has just begun for the signing keys.
    const first = new Set(['Decrypt', 'GetSecretValue']);
    const warm = ['BatchGetItem', 'TransactWriteItems', 'TransactWriteItems'];
    expect(turns).toContainEqual(warm);
    expect(turns.map((operations) => operations.filter((operation) => !first.has(operation)))).toEqual(turns.map(() => warm));
  });

  it('keeps no word of a conversation in clear, and lets all of it expire', async () => {
    const chat = await open();
    await chat.say('Marmalade zeppelin: how do I return it?');
    await chat.feedback({ rating: 1, comment: 'Marmalade zeppelin again' });
    const all = await stored(estate());
    const own = all.conversations.filter(({ pk }) => pk?.S === chat.id);
    const text = JSON.stringify(own, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value));
    expect(text).not.toMatch(/marmalade|zeppelin/i);
    expect(sortKeysOf(all, chat.id).map((key) => key.split('#')[0])).toEqual(['FEEDBACK', 'HEAD', 'IDEM', 'TURN']);
    expect([...own, ...all.keys].filter(({ expiresAt }) => !(Number(expiresAt?.N) > Date.now() / 1000))).toEqual([]);
  });

  it('brings every event to the interaction recorder, and takes it out of the outbox', async () => {
    const chat = await open({ channel: 'outbox-check' });
    await chat.say(QUESTION);
    await chat.feedback({ rating: 5 });
    const recorded = (): string[] => readFileSync(join(logsDir, `${estate().definition('interactions').name}.log`), 'utf8').split('\n').filter((line) => line.includes(chat.id));
    await expect.poll(recorded, { timeout: 10_000 }).toHaveLength(3);
    await expect.poll(async () => (await stored(estate())).conversations.filter(({ pk, sk }) => pk?.S === chat.id && sk?.S?.startsWith('OUTBOX#'))).toEqual([]);
    expect(recorded().join('\n')).not.toContain('send something back');
  });
});
