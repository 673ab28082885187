import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventData, MAX_ANSWER_BYTES, MAX_EVENT_CHARACTERS } from '../../../../lambda/adapters/openai/event-data.ts';

async function* pieces(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const cut of [...cuts.map((share) => Math.floor(share * bytes.length)).toSorted((a, b) => a - b), bytes.length]) {
    yield bytes.subarray(from, cut);
    from = cut;
  }
}

async function read(text: string | Uint8Array, cuts: readonly number[] = []): Promise<string[]> {
  const all: string[] = [];
  for await (const data of eventData(pieces(typeof text === 'string' ? Buffer.from(text) : text, cuts))) all.push(data);
  return all;
}

describe('events of a stream', () => {
  it.each([
    ['LF', 'data: one\n\ndata: two\n\n', ['one', 'two']],
    ['CR LF', 'data: one\r\n\r\ndata: two\r\n\r\n', ['one', 'two']],
    ['CR', 'data: one\r\rdata: two\r\r', ['one', 'two']],
    ['several lines of data', 'data: a\ndata: b\n\n', ['a\nb']],
    ['comments, names and ids', ': hello\nevent: x\nid: 7\nretry: 10\ndata: one\n\n', ['one']],
    ['no space after the colon, and two', 'data:one\n\ndata:  two\n\n', ['one', ' two']],
    ['data without a colon', 'data\n\n', ['']],
    ['fields that only begin alike', 'database: x\ndata_: y\n\n', []],
    ['empty events', '\n\n\n: x\n\ndata: one\n\n', ['one']],
    ['a byte order mark', '\uFEFFdata: one\n\n', ['one']],
    ['an event that never ends', 'data: one\n\ndata: two\n', ['one']],
    ['nothing', '', []],
  ])('are read with %s', async (_, text, expected) => {
    expect(await read(text)).toEqual(expected);
  });

  it('are the same however they are cut', async () => {
    const line = fc.constantFrom('data: ä€😀', 'data:', 'data: x', ': c', 'id: 1', '');
    const end = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(line, end), { maxLength: 20 }), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), async (parts, cuts) => {
        const text = parts.map(([content, ending]) => content + ending).join('');
        expect(await read(text, cuts)).toEqual(await read(text));
      }),
      { numRuns: 300 },
    );
  });

  it('are refused when they are no UTF-8, or longer than any reply', async () => {
    await expect(read(Uint8Array.from([100, 97, 0xff, 0xfe, 10]))).rejects.toThrow('UTF-8');
    await expect(read(`data: ${'x'.repeat(MAX_EVENT_CHARACTERS + 1)}`)).rejects.toThrow('a line');
    await expect(read(`data: ${'x'.repeat(1_000)}\n`.repeat(MAX_EVENT_CHARACTERS / 1_000 + 1))).rejects.toThrow('an event');
    await expect(read(`: ${'x'.repeat(1_000)}\n`.repeat(MAX_ANSWER_BYTES / 1_000))).rejects.toThrow('bytes');
  });

  it('cost a line in tiny pieces no more than its length', async () => {
    let joined = 0;
    async function* drip(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('data: ');
      for (; joined < 200_000; joined += 1) yield Buffer.from('x');
      yield Buffer.from('\n\n');
    }
    const all: string[] = [];
    for await (const data of eventData(drip())) all.push(data);
    expect(all.map(({ length }) => length)).toEqual([200_000]);
  });
});
