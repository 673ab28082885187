import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '../../lambda/contracts/limits.ts';
import { Chat } from '../app/support/chat.ts';
import { useEstate } from '../app/support/estate.ts';
import { parseRaw, rawBytes, rawRequest } from '../app/support/raw.ts';
import { figure, sized, sizedRuns } from '../support/promise.ts';
import { damaged, writtenObject, writtenText } from './support/json-forms.ts';

/** The same over sockets, through the gateway: what HTTP itself can carry wrongly. */
describe('S3: malformed input over the wire', () => {
  const estate = useEstate('dev');
  let chat: Chat;
  const accepted: string[] = [];
  let sent = 0;
  beforeAll(async () => {
    chat = await Chat.open(estate().url);
  });

  const head = (): Record<string, string> => ({ 'content-type': 'application/json', authorization: `Bearer ${chat.token}`, 'idempotency-key': randomUUID() });
  const path = (): string => `/v1/conversations/${chat.id}/messages`;
  const post = async (body: string | Uint8Array, headers: Record<string, string> = {}) => {
    sent += 1;
    const answer = await rawRequest(estate().url, { method: 'POST', path: path(), headers: { ...head(), ...headers }, body });
    expect(answer.status, answer.text).toBeLessThan(500);
    return answer;
  };
  /** Writes a request to the socket piece by piece, each when the one before has left. */
  const inPieces = (pieces: readonly string[]): Promise<string> =>
    new Promise((resolve) => {
      const { hostname, port } = new URL(estate().url);
      let answer = '';
      const left = [...pieces];
      const next = (): void => {
        const piece = left.shift();
        if (piece !== undefined) socket.write(piece, () => setImmediate(next));
      };
      const socket = connect(Number(port), hostname, next);
      socket.setNoDelay(true);
      socket.on('data', (chunk: Buffer) => void (answer += chunk.toString('utf8')));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(answer));
    });
  const lines = (more: Record<string, string>): string => Object.entries({ Host: 'x', Connection: 'close', ...head(), ...more }).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  /** The transcript holds what was accepted, and nothing else. */
  const expectTurns = async (): Promise<void> => {
    // On a busy machine a turn may be pending for a while.
    await expect.poll(async () => (await chat.transcript()).turns.map(({ text, status }) => [text, status]), { timeout: 20_000 }).toEqual(accepted.map((text) => [text, 'answered']));
  };

  it('S3: whole texts arrive unchanged, broken ones not at all', async () => {
    const texts = fc.sample(fc.string({ unit: 'grapheme', minLength: 0, maxLength: 30 }).map((text) => `${text}a`), { numRuns: sized(6, 14), seed: 7 });
    for (const text of texts) {
      const body = fc.sample(writtenObject({ text: writtenText(text) }), { numRuns: 1, seed: 7 })[0] ?? '';
      expect([200, 202], body).toContain((await post(body)).status);
      accepted.push(text);
      await expectTurns();
    }
    await fc.assert(
      fc.asyncProperty(damaged('{"text":"a broken one"}').filter((body) => !parses(body)), async (body) => {
        expect((await post(body)).status, body).toBe(400);
      }),
      // The firewall's rule by address would answer for more.
      sizedRuns(30, 100),
    );
    await expectTurns();
  });

  it('S3: bytes that are no UTF-8 are refused wherever they stand, and every character that is comes back unchanged', async () => {
    const around = (text: string, wrong: readonly number[]): Buffer => Buffer.concat([Buffer.from('{"text":"'), Buffer.from(text), Buffer.from(wrong), Buffer.from('"}')]);
    // A lone byte, a cut sequence, a long form, half a pair, beyond Unicode: and one that is as long as what would take its place.
    const wrongs = [[0xff, 0xfe], [0x80], [0xc3], [0xe2, 0x82], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf0, 0x9f, 0xa6]];
    for (const wrong of wrongs) for (const type of ['application/json', 'application/json; charset=utf-8', 'Application/JSON']) {
      const answer = await post(around('Return? ', wrong), { 'content-type': type });
      expect([answer.status, JSON.parse(answer.text).errors], wrong.map((byte) => byte.toString(16)).join(' ')).toEqual([400, [{ field: 'body', rule: 'it is not valid UTF-8' }]]);
    }
    await expectTurns();
    // The character that stands for such bytes is one that people send, when they have pasted what something else had broken.
    for (const text of ['Return? \ufffd', '\ufeff\ufffe\uffffReturn?', '\u{1F9A6}\u0000\u{10ffff} Return?']) {
      expect([200, 202]).toContain((await post(around(text, []).toString().replace('\0', '\\u0000'))).status);
      accepted.push(text);
      await expectTurns();
    }
  });

  it('S3: a body that comes in chunks of a byte counts whole, up to the limit', async () => {
    const body = '{"text":"slowly"}';
    const chunks = (text: string, size: number): string[] => Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size)).map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`);
    const slow = (pieces: readonly string[]): Promise<string> => inPieces([`POST ${path()} HTTP/1.1\r\n${lines({ 'Transfer-Encoding': 'chunked' })}\r\n`, ...pieces, '0\r\n\r\n']);
    expect([200, 202]).toContain(parseRaw(await slow(chunks(body, 1))).status);
    accepted.push('slowly');
    const large = JSON.stringify({ text: 'x', more: 'y'.repeat(MAX_BODY_BYTES) });
    expect(parseRaw(await slow(chunks(large, 4_096))).status).toBe(413);
    await expectTurns();
  });

  it.each([
    ['longer than the body', '{"text":"Hi"}', 400],
    ['shorter than the body', '{"text":"Hi"} and more', 13],
  ] as const)('S3: a Content-Length that is %s makes no turn of half a message', async (_name, body, length) => {
    const bytes = `POST ${path()} HTTP/1.1\r\n${lines({ 'Content-Length': String(length) })}\r\n${body}`;
    // What comes behind the length is another request to HTTP, and none that can be read.
    const answer = parseRaw(await rawBytes(estate().url, bytes, 'end'));
    if (length < body.length) accepted.push('Hi');
    expect(answer.status || 400).toBeLessThan(500);
    await expectTurns();
  });

  it('S3: compressed bodies are refused, however large they would become', async () => {
    const bombs = ['{"text":"Hi"}', `{"text":"${'a'.repeat(sized(2_000_000, 50_000_000))}"}`, '['.repeat(sized(1_000_000, 50_000_000))].map((body) => gzipSync(body));
    for (const bomb of bombs) for (const encoding of ['gzip', 'br', 'gzip, gzip']) {
      const answer = await post(bomb, { 'content-encoding': encoding });
      expect([400, 413, 415], encoding).toContain(answer.status);
    }
    await expectTurns();
  });

  it('S3: no header comes back that a client has smuggled in', async () => {
    for (const target of ['/v1/conversations/x%0d%0aSet-Cookie:%20a=b', `${path()}?x=%0d%0aSet-Cookie:%20a=b`, '/v1/health%0d%0aSet-Cookie:%20a=b']) for (const extra of ['Origin: https://a\r\n\tSet-Cookie: b=c', 'X-Test: a\u000bSet-Cookie: b=c', 'Accept: text/event-stream\u0085Set-Cookie: a=b', 'Cookie: a=b']) {
      sent += 1;
      const answer = parseRaw(await rawBytes(estate().url, `GET ${target} HTTP/1.1\r\nHost: x\r\n${extra}\r\nConnection: close\r\n\r\n`));
      expect(answer.headers).not.toHaveProperty('set-cookie');
      expect(answer.status).toBeGreaterThanOrEqual(200);
      expect(answer.status).toBeLessThan(500);
    }
    await expectTurns();
  });

  it('S3: after all of it the estate answers as before', async () => {
    await chat.say('How long does standard delivery take?');
    accepted.push('How long does standard delivery take?');
    await expectTurns();
    figure('S3', `${sent} requests over sockets: 0 server errors, ${accepted.length} turns, each as it was sent`);
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
