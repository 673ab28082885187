import { describe, expect, it } from 'vitest';
import { abortable } from '../../../../lambda/adapters/streams/abortable.ts';

async function collect<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

describe('abortable', () => {
  it('ends a silent stream when the signal aborts, and lets the source go', async () => {
    let released = false;
    const silent: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: async () => {
          released = true;
          return { done: true, value: undefined };
        },
      }),
    };
    const controller = new AbortController();
    const reading = collect(abortable(silent, controller.signal));
    controller.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    expect(released).toBe(true);
  });
  it('passes everything on when nothing aborts', async () => {
    async function* three() {
      yield* [1, 2, 3];
    }
    expect(await collect(abortable(three(), new AbortController().signal))).toEqual([1, 2, 3]);
  });
});
