import { gzipSync } from 'node:zlib';
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../lambda/contracts/api.ts';
import { MAX_BODY_BYTES, MAX_COMMENT_CHARACTERS, MAX_IDEMPOTENCY_KEY_CHARACTERS } from '../../lambda/contracts/limits.ts';
import { Chat, problemIn } from './support/chat.ts';
import { stored, useEstate } from './support/estate.ts';
import type { RawRequest } from './support/raw.ts';
import { parseRaw, rawBytes, rawRequest } from './support/raw.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
/** A JSON object of exactly so many bytes, with a member or two. */
const sized = (bytes: number, members = ''): string => `{${members}${' '.repeat(bytes - members.length - 2)}}`;
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** What is refused: never with a server error, always as a problem that names the fault, and without a trace in the stores. */
describe('bad input', () => {
  const estate = useEstate('dev');
  let chat: Chat;
  let staff = '';
  let before = '';

  /** All keys and values of both stores; the outbox empties itself meanwhile. */
  const snapshot = async (): Promise<string> => {
    const { conversations, keys } = await stored(estate());
    return JSON.stringify([...conversations.filter(({ sk }) => !sk?.S?.startsWith('OUTBOX#')), ...keys]);
  };
  beforeAll(async () => {
    chat = await Chat.open(estate().url);
    await chat.say('How many days do I have to send something back?', { key: 'used' });
    staff = await estate().staffToken('support-agent');
    before = await snapshot();
  });

  const places = {
    conversations: (): RawRequest => ({ method: 'POST', path: '/v1/conversations', headers: JSON_TYPE }),
    messages: (): RawRequest => ({ method: 'POST', path: `/v1/conversations/${chat.id}/messages`, headers: { ...JSON_TYPE, authorization: `Bearer ${chat.token}`, 'idempotency-key': randomUUID() } }),
    feedback: (): RawRequest => ({ method: 'POST', path: `/v1/conversations/${chat.id}/feedback`, headers: { ...JSON_TYPE, authorization: `Bearer ${chat.token}` } }),
  };
  type Place = keyof typeof places;
  const PLACES = Object.keys(places) as Place[];

  const refused = async (status: number, request: RawRequest): Promise<Problem> => problemIn(await rawRequest(estate().url, request), status);
  const refusedBody = (status: number, place: Place, body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Problem> => {
    const usual = places[place]();
    return refused(status, { ...usual, headers: { ...usual.headers, ...headers }, body });
  };

  describe.each(PLACES)('a body for %s', (place) => {
    it.each([
      ['broken JSON', '{"text":'],
      ['a word', 'hello'],
      ['two values', '{} {}'],
      ['a comment', '{/* text */}'],
      ['a byte order mark', '\uFEFF{}'],
      ['a NUL', '{"text":"a"}\0'],
      ['only white space', ' \n '],
    ])('that is %s', async (_, body) => {
      const problem = await refusedBody(400, place, body);
      expect(problem).toMatchObject({ type: '/problems/malformed-body', errors: [{ field: 'body', rule: expect.any(String) }] });
    });

    it.each([
      ['an array', '[]'],
      ['null', 'null'],
      ['a number', '1e999'],
      ['text', '"text"'],
      ['arrays in arrays, as deep as fits', nested(MAX_BODY_BYTES / 2)],
    ])('that is %s', async (_, body) => {
      expect((await refusedBody(400, place, body)).errors).toEqual([{ field: 'body', rule: 'must be an object' }]);
    });

    it.each([
      ['an unknown field', '{"colour":"red"}', 'colour'],
      ['__proto__', '{"__proto__":{"synthetic":true}}', '__proto__'],
      ['constructor', '{"constructor":{"prototype":{"synthetic":true}}}', 'constructor'],
      ['a field with no name', '{"":1}', 'body'],
      ['a field with a broken name', '{"\\ud800":1}', '\uFFFD'],
      ['a field with a long name', `{"${'x'.repeat(5_000)}":1}`, 'x'.repeat(100)],
      ['objects in objects, as deep as fits', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, 'a'],
    ])('with %s', async (_, body, field) => {
      expect((await refusedBody(400, place, body)).errors).toContainEqual({ field, rule: 'is no field of this request' });
    });

    it('with a name that stands twice', async () => {
      expect((await refusedBody(400, place, '{"text":"first","text":"second"}')).errors).toEqual([{ field: 'text', rule: 'must stand there once' }]);
    });

    it('that is one byte too long, or far too deep', async () => {
      expect((await refusedBody(413, place, sized(MAX_BODY_BYTES + 1))).type).toBe('/problems/body-too-large');
      await refusedBody(413, place, nested(100_000));
      await refusedBody(413, place, 'x'.repeat(11 * 1024 * 1024));
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=latin1', 'application/xml', 'application/jsonp', '', ';', 'json'])('of type "%s"', async (type) => {
      expect((await refusedBody(415, place, '{"text":"Hi"}', { 'content-type': type })).type).toBe('/problems/unsupported-media-type');
    });

    it('that is no UTF-8', async () => {
      await refusedBody(400, place, new Uint8Array([0x7b, 0x22, 0x80, 0x22, 0x3a, 0x31, 0x7d]));
      await refusedBody(400, place, Buffer.from('{"colour":"rot"}', 'utf16le'));
    });

    it('that is compressed', async () => {
      await refusedBody(400, place, gzipSync('{"text":"Hi"}'), { 'content-encoding': 'gzip' });
    });
  });

  it('a body that is missing where one is needed', async () => {
    for (const place of ['messages', 'feedback'] as const) expect((await refused(400, places[place]())).errors).toEqual([{ field: 'body', rule: 'it is empty' }]);
  });

  describe('a field', () => {
    it.each<[Place, string, string, string | RegExp]>([
      ['conversations', '{"locale":1}', 'locale', 'must be a string'],
      ['conversations', '{"locale":"not a tag"}', 'locale', /BCP 47/],
      ['conversations', `{"locale":"${'a'.repeat(36)}"}`, 'locale', 'must have at most 35 characters'],
      ['conversations', '{"channel":"Upper"}', 'channel', /lower-case/],
      ['conversations', '{"channel":null}', 'channel', 'must be a string'],
      ['conversations', '{"synthetic":"yes"}', 'synthetic', 'must be a boolean'],
      ['conversations', '{"locale":"\\ud83d"}', 'locale', /surrogate/],
      ['messages', '{}', 'text', 'must be a string'],
      ['messages', '{"text":null}', 'text', 'must be a string'],
      ['messages', '{"text":5}', 'text', 'must be a string'],
      ['messages', '{"text":["a"]}', 'text', 'must be a string'],
      ['messages', '{"text":""}', 'text', 'must have at least 1 characters'],
      ['messages', '{"text":" \\n\\t\\u200b"}', 'text', /white space/],
      ['messages', '{"text":"a\\ud800b"}', 'text', /surrogate/],
      ['messages', '{"text":"\\udc00\\ud800"}', 'text', /surrogate/],
      ['feedback', '{}', 'rating', /^must be a /],
      ['feedback', '{"rating":0}', 'rating', 'must be at least 1'],
      ['feedback', '{"rating":6}', 'rating', 'must be at most 5'],
      ['feedback', '{"rating":2.5}', 'rating', 'must be a whole number'],
      ['feedback', '{"rating":"5"}', 'rating', /^must be a .*number$/],
      ['feedback', '{"rating":1e999}', 'rating', /^must be/],
      ['feedback', '{"rating":-1e999}', 'rating', /^must be/],
      ['feedback', '{"rating":9007199254740993}', 'rating', /^must be/],
      ['feedback', '{"rating":5,"resolved":1}', 'resolved', 'must be a boolean'],
      ['feedback', `{"rating":5,"comment":"${'c'.repeat(MAX_COMMENT_CHARACTERS + 1)}"}`, 'comment', `must have at most ${MAX_COMMENT_CHARACTERS} characters`],
      ['feedback', '{"rating":5,"comment":"\\udfff"}', 'comment', /surrogate/],
      ['feedback', '{"rating":5,"messageId":"nobody-knows"}', 'messageId', /messageId/],
      ['feedback', `{"rating":5,"messageId":"${'m'.repeat(65)}"}`, 'messageId', 'must have at most 64 characters'],
    ])('of %s: %s', async (place, body, field, rule) => {
      expect((await refusedBody(400, place, body)).errors).toContainEqual({ field, rule: typeof rule === 'string' ? rule : expect.stringMatching(rule) });
    });

    it('that is longer than a message may be', async () => {
      const problem = await refusedBody(413, 'messages', JSON.stringify({ text: 'é'.repeat(4_001) }));
      expect(problem).toMatchObject({ type: '/problems/message-too-long', errors: [{ field: 'text', rule: 'must have at most 4000 characters' }] });
    });

    it('of several that are wrong is named with all the others', async () => {
      const { errors } = await refusedBody(400, 'feedback', '{"rating":"x","resolved":"y","comment":3,"more":1}');
      expect(errors?.map(({ field }) => field).toSorted()).toEqual(['comment', 'more', 'rating', 'resolved']);
    });
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['too long', 'k'.repeat(MAX_IDEMPOTENCY_KEY_CHARACTERS + 1)],
    ['very long', 'k'.repeat(9_000)],
    ['not visible', 'a b'],
    ['not ASCII', 'clé'],
  ])('an Idempotency-Key that is %s', async (_, key) => {
    const { 'idempotency-key': _usual, ...headers } = places.messages().headers ?? {};
    const problem = await refused(400, { ...places.messages(), headers: { ...headers, ...(key === undefined ? {} : { 'idempotency-key': key }) }, body: '{"text":"Hi"}' });
    expect(problem.errors).toEqual([{ field: 'Idempotency-Key', rule: expect.stringContaining('1-128 visible ASCII characters') }]);
  });

  describe('a path', () => {
    it.each(['/v1', '/v2/conversations', '/v1/Conversations', '/v1/conversations/a/b/c', '/v1//conversations', '/admin', '/.env', '/v1/health/x', '/v1/%63onversations', '/v1/conversations/../health', '/?a[__proto__]=1/../..', '//evil.example/v1/health'])('%s leads nowhere', async (path) => {
      const answer = await rawRequest(estate().url, { path, method: path.startsWith('/?') ? 'POST' : 'GET' });
      expect(problemIn(answer, 404).type).toBe('/problems/route-not-found');
    });

    it.each(['GET /v1/conversations', 'PUT /v1/conversations', 'DELETE /v1/conversations/x', 'PATCH /v1/conversations/x', 'POST /v1/health', 'GET /v1/conversations/x/messages', 'POST /', 'PROPFIND /v1/health'])('%s: no such method', async (line) => {
      const [method = '', path = ''] = line.split(' ');
      expect((await refused(404, { method, path })).type).toBe('/problems/route-not-found');
    });

    it.each(['%2e%2e', '..%2f..', '%00', '%', '%zz', '%F0%9F%A6%A6', 'a'.repeat(3_000), '__proto__', 'constructor', '{id}', "x'; DROP TABLE", '<script>', 'HEAD', '*', '%20', 'a#HEAD'])('with the id %s shows no conversation, to nobody', async (id) => {
      const path = `/v1/conversations/${id.replaceAll(' ', '%20').replaceAll('#', '%23')}`;
      for (const token of [staff, chat.token]) {
        const problem = await refused(404, { path, headers: { authorization: `Bearer ${token}` } });
        expect(problem.type).toBe('/problems/conversation-not-found');
      }
      await refused(404, { ...places.messages(), path: `${path}/messages`, body: '{"text":"Hi"}' });
      await refused(404, { ...places.feedback(), path: `${path}/feedback`, body: '{"rating":5}' });
    });

    it.each(['', '-1', '1.5', '1e3', '0x1', ' 1', '%00', 'NaN', '1&after=x', '99999999999999999999', '9'.repeat(400)])('with after=%s', async (after) => {
      const path = `/v1/conversations/${chat.id}?after=${after.replaceAll(' ', '%20')}`;
      const problem = await refused(400, { path, headers: { authorization: `Bearer ${chat.token}` } });
      expect(problem.errors).toEqual([{ field: 'after', rule: 'must be the number of a turn, 0 or more' }]);
    });
  });

  describe('a header', () => {
    it.each(['Basic YTpi', 'Bearer', 'Bearer ', 'bearer a b', `Bearer ${'t'.repeat(3_000)}`, 'Bearer ..', 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.x', 'Token x', '"'])('Authorization: %s', async (authorization) => {
      expect((await refused(401, { path: `/v1/conversations/${chat.id}`, headers: { authorization } })).type).toBe('/problems/unauthorized');
    });

    it('that is sent twice', async () => {
      const headers = { ...places.messages().headers, 'idempotency-key': ['used', 'a b'] };
      await refused(400, { ...places.messages(), headers, body: '{"text":"Hi"}' });
    });

    it('does not carry a line break into the answer', async () => {
      const bytes = `GET /v1/conversations/x%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: x\r\nOrigin: https://a\r\n\tSet-Cookie: b=c\r\nConnection: close\r\n\r\n`;
      const answer = parseRaw(await rawBytes(estate().url, bytes));
      expect(answer.headers).not.toHaveProperty('set-cookie');
      expect(answer.status).toBeLessThan(500);
    });

    it.each([
      ['no HTTP', 'HELLO\r\n\r\n'],
      ['a broken header', 'GET /v1/health HTTP/1.1\r\nHost x\r\n\r\n'],
      ['a header without a name', 'GET /v1/health HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n'],
      ['two lengths', 'POST /v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
      ['a length and chunks', 'POST /v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}'],
      ['a negative length', 'POST /v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{}'],
      ['headers without end', `GET /v1/health HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`],
      ['a broken chunk', 'POST /v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ])('or a request with %s', async (_, bytes) => {
      const answer = parseRaw(await rawBytes(estate().url, bytes));
      problemIn(answer, 400);
      expect(answer.headers['connection']).toBe('close');
    });
  });

  it.each<[string, 'end' | 'reset']>([['ends', 'end'], ['breaks', 'reset']])('a body whose connection %s in the middle is forgotten', async (_, how) => {
    const { path, headers = {} } = places.messages();
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`).join('');
    for (const rest of ['Content-Length: 400\r\n\r\n{"text":"Half of', 'Transfer-Encoding: chunked\r\n\r\n10\r\n{"text":"Half of\r\n']) await rawBytes(estate().url, `POST ${path} HTTP/1.1\r\nHost: x\r\n${head}${rest}`, how);
  });

  it('left nothing behind, and the estate answers as before', async () => {
    expect(await snapshot()).toBe(before);
    expect((await chat.transcript()).turns).toHaveLength(1);
    await chat.say('How long does standard delivery take?');
  });
});

/** What looks odd and is none the less right. */
describe('odd input that is allowed', () => {
  const estate = useEstate('dev');

  it('is a body of exactly the largest size', async () => {
    const answer = await rawRequest(estate().url, { method: 'POST', path: '/v1/conversations', headers: JSON_TYPE, body: sized(MAX_BODY_BYTES, '"locale":"de"') });
    expect(answer.status).toBe(201);
  });

  it('is a message of the greatest length, text in any script, and a name written in escapes', async () => {
    const chat = await Chat.open(estate().url);
    await chat.say('\u{1F9A6}'.repeat(2_000));
    await chat.say('Wie lange dauert der Versand? 送料はいくらですか \u202Eأين طلبي', { key: '!'.repeat(MAX_IDEMPOTENCY_KEY_CHARACTERS) });
    const headers = { 'content-type': 'Application/JSON; Charset="UTF-8"', authorization: `BEARER ${chat.token}`, 'idempotency-key': 'escaped' };
    const answer = await rawRequest(estate().url, { method: 'POST', path: `/v1/conversations/${chat.id}/messages`, headers, body: '{"\\u0074ext":"How long does standard delivery take?"}' });
    expect([answer.status, answer.type], answer.text).toEqual([200, 'application/json']);
    expect((await chat.transcript()).turns.map(({ text }) => text)).toEqual(['\u{1F9A6}'.repeat(2_000), expect.stringContaining('送料'), 'How long does standard delivery take?']);
  });

  it('is a slash at the end of a path, and a query that nobody reads', async () => {
    expect((await rawRequest(estate().url, { path: '/v1/health/?x=%zz&x[]=1' })).status).toBe(200);
  });
});
