import { describe, expect, it } from 'vitest';
import { KeyCache } from '../../../../lambda/adapters/kms/key-cache.ts';

describe('key cache', () => {
  it('drops what was used longest ago when it is full', async () => {
    const cache = new KeyCache<string>({ limit: 2, milliseconds: 100, now: () => 0 });
    const made: string[] = [];
    const get = (key: string) => cache.get(key, async () => (made.push(key), key));
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await get(key);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('stays within its limit under any use', async () => {
    const cache = new KeyCache<number>({ limit: 10, milliseconds: 100, now: () => 0 });
    let made = 0;
    for (let i = 0; i < 1_000; i += 1) await cache.get(`k${i % 11}`, async () => (made += 1));
    // Eleven keys in turn never meet a cache of ten.
    expect(made).toBe(1_000);
  });
});
