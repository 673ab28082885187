import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SseParser } from '../../../pages/chat/sse.ts';
import type { SseMessage } from '../../../pages/chat/sse.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (...chunks: readonly Uint8Array[]): SseMessage[] => {
  const parser = new SseParser();
  return chunks.flatMap((chunk) => parser.push(chunk));
};

const STREAM = ': ping\r\nevent: delta\r\ndata: {"text":"Grüße 🎈"}\r\n\r\nevent:delta\rdata:a\rdata: b\r\rdata\n\nid: 7\nevent: reply\ndata:  two spaces\n\n';
const EXPECTED: readonly SseMessage[] = [
  { event: 'delta', data: '{"text":"Grüße 🎈"}' },
  { event: 'delta', data: 'a\nb' },
  { event: 'message', data: '' },
  { event: 'reply', data: ' two spaces' },
];

describe('SseParser', () => {
  it('reads every kind of line end, comments, missing spaces and several data lines', () => {
    expect(parse(bytes(STREAM))).toEqual(EXPECTED);
  });

  it('gives the same messages wherever the stream is cut in two, inside a character too', () => {
    const all = bytes(STREAM);
    for (let cut = 0; cut <= all.length; cut += 1) expect(parse(all.slice(0, cut), all.slice(cut)), `cut at byte ${cut}`).toEqual(EXPECTED);
  });

  it('gives the same messages byte by byte', () => {
    expect(parse(...Array.from(bytes(STREAM), (byte) => Uint8Array.of(byte)))).toEqual(EXPECTED);
  });

  it('gives back any message in any chunks', () => {
    const line = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\r\n]/g, ''));
    const name = line.filter((text) => text !== '');
    const messages = fc.array(fc.record({ event: name, data: fc.array(line, { minLength: 1 }).map((lines) => lines.join('\n')) }));
    fc.assert(
      fc.property(messages, fc.constantFrom('\n', '\r', '\r\n'), fc.integer({ min: 1, max: 9 }), (sent, end, size) => {
        const written = sent.map(({ event, data }) => `event: ${event}${end}${data.split('\n').map((part) => `data: ${part}${end}`).join('')}${end}`).join('');
        const all = bytes(written);
        const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
        // A lone surrogate cannot be written in UTF-8: compare with what the encoder made of it.
        const expected = sent.map(({ event, data }) => ({ event: event.toWellFormed(), data: data.toWellFormed() }));
        expect(parse(...chunks)).toEqual(expected);
      }),
    );
  });

  it('drops a message that its blank line never finished, and an event without data', () => {
    expect(parse(bytes('event: reply\n\ndata: whole\n\ndata: half\n'))).toEqual([{ event: 'message', data: 'whole' }]);
  });
});
