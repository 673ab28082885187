import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { writeResult } from '../../../../lambda/runtime/http/write.ts';
import { fakeStreaming } from '../streaming.ts';

async function* pieces(...all: string[]) {
  yield* all;
}

describe('writing an answer', () => {
  it('sends status, headers and a whole body', async () => {
    const { sent, streaming, response } = fakeStreaming();
    await writeResult({ status: 201, headers: { A: 'b' }, body: 'text' }, response, streaming);
    expect(sent).toEqual({ status: 201, headers: { A: 'b' }, pieces: ['text'], ended: true });
  });

  it('sends status and headers of an answer without body', async () => {
    for (const body of ['', pieces(), pieces('')]) {
      const { sent, streaming, response } = fakeStreaming();
      await writeResult({ status: 204, headers: {}, body }, response, streaming);
      expect([sent.status, sent.pieces.join(''), sent.ended]).toEqual([204, '', true]);
    }
  });

  it('sends each piece when it comes', async () => {
    const { sent, streaming, response } = fakeStreaming();
    const seen: number[] = [];
    async function* slow() {
      yield 'a';
      seen.push(sent.pieces.length);
      yield 'b';
      seen.push(sent.pieces.length);
    }
    await writeResult({ status: 200, headers: {}, body: slow() }, response, streaming);
    expect(seen).toEqual([1, 2]);
    expect(sent.pieces).toEqual(['a', 'b']);
  });

  it('waits for a client that reads slowly', async () => {
    const waiting: (() => void)[] = [];
    const { streaming, response } = fakeStreaming((sent) => new Writable({ highWaterMark: 1, write: (chunk, _encoding, done) => (sent.pieces.push(String(chunk)), waiting.push(done), undefined) }));
    let asked = 0;
    async function* counting() {
      for (; asked < 3; ) yield `piece ${(asked += 1)}`;
    }
    const writing = writeResult({ status: 200, headers: {}, body: counting() }, response, streaming);
    for (let expected = 1; expected <= 3; expected += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      expect(asked).toBe(expected);
      waiting.shift()?.();
    }
    await writing;
  });

  it('reads on to the end when the client has gone, and ends', async () => {
    const { sent, streaming, response } = fakeStreaming();
    let read = 0;
    async function* body() {
      for (read = 1; read <= 5; read += 1) {
        if (read === 3) response.destroy(new Error('connection reset'));
        yield `piece ${read}`;
      }
    }
    await writeResult({ status: 200, headers: {}, body: body() }, response, streaming);
    expect(read).toBe(6);
    expect(sent.pieces.length).toBeLessThan(5);
  });

  it('does not hang on a client that goes while it is waited for', async () => {
    const { streaming, response } = fakeStreaming(() => new Writable({ highWaterMark: 1, write: () => undefined }));
    const writing = writeResult({ status: 200, headers: {}, body: pieces('a', 'b', 'c') }, response, streaming);
    await new Promise((resolve) => setImmediate(resolve));
    response.destroy();
    await writing;
  });

  it('passes on what making the pieces throws', async () => {
    const { streaming, response } = fakeStreaming();
    async function* broken() {
      yield 'a';
      throw new Error('bug');
    }
    await expect(writeResult({ status: 200, headers: {}, body: broken() }, response, streaming)).rejects.toThrow('bug');
  });
});
