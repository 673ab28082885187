import { describe, expect, it } from 'vitest';
import { inTime } from '../../../../lambda/domain/turn/in-time.ts';

/** A clock whose waits end when the test says so. */
function clock() {
  const waits: { readonly milliseconds: number; readonly signal: AbortSignal | undefined; readonly end: () => void }[] = [];
  const wait = (milliseconds: number, signal?: AbortSignal): Promise<void> => new Promise((resolve) => waits.push({ milliseconds, signal, end: resolve }));
  return { now: () => 1_000, wait, waits };
}

describe('work that has a time', () => {
  it('gives what it gives, and calls its wait off', async () => {
    const { waits, ...deps } = clock();
    expect(await inTime(deps, 1_500, Promise.resolve('done'))).toBe('done');
    expect(waits.map(({ milliseconds, signal }) => [milliseconds, signal?.aborted])).toEqual([[500, true]]);
  });

  it('that does not end gives nothing when its time is up, and what it throws later is nobody’s', async () => {
    const { waits, ...deps } = clock();
    let fail: (error: Error) => void = () => {};
    const given = inTime(deps, 900, new Promise((_, reject) => (fail = reject)));
    expect(waits[0]?.milliseconds).toBe(0);
    waits[0]?.end();
    expect(await given).toBeUndefined();
    fail(new Error('late'));
  });

  it('that throws in time throws, and calls its wait off', async () => {
    const { waits, ...deps } = clock();
    await expect(inTime(deps, 1_500, Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(waits[0]?.signal?.aborted).toBe(true);
  });
});
