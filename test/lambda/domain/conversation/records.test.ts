import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handOver, isHandedOver, isLive, isQueued, mayAskModel, newClaim, NO_RESERVATION, retryAfterSeconds, takeOver, usedAtWorst, usedBefore, workerClaim } from '../../../../lambda/domain/conversation/claim.ts';
import { hashKey, hashMessage, isIdempotencyKey, newIdempotencyRecord } from '../../../../lambda/domain/conversation/idempotency.ts';
import { appendExchange, cutAt, decodeWindow, encodeWindow, MAX_SIDE_CHARACTERS, MAX_WINDOW_CHARACTERS } from '../../../../lambda/domain/conversation/window.ts';
import type { Claim } from '../../../../lambda/domain/conversation/types.ts';

describe('the history window', () => {
  const texts = fc.string({ unit: 'binary', maxLength: 5_000 });

  it('keeps the newest exchanges, by number and by characters', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts), { maxLength: 12 }), fc.integer({ min: 1, max: 8 }), (pairs, historyExchanges) => {
        const window = pairs.reduce<ReturnType<typeof appendExchange>>((before, [user, bot], index) => appendExchange(before, { turn: index + 1, user, bot }, { historyExchanges }), []);
        expect(window.length).toBeLessThanOrEqual(historyExchanges);
        expect(window.at(-1)?.turn).toBe(pairs.length === 0 ? undefined : pairs.length);
        expect(window.reduce((sum, { user, bot }) => sum + user.length + bot.length, 0)).toBeLessThanOrEqual(MAX_WINDOW_CHARACTERS);
        expect(window.map(({ turn }) => turn)).toEqual(window.map((_, index) => pairs.length - window.length + 1 + index));
        expect(decodeWindow(encodeWindow(window))).toEqual(window);
      }),
    );
  });

  it('holds nothing when no history is wanted, and one exchange of a turn only', () => {
    expect(appendExchange([], { turn: 1, user: 'a', bot: 'b' }, { historyExchanges: 0 })).toEqual([]);
    expect(appendExchange([{ turn: 1, user: 'a', bot: 'b' }], { turn: 1, user: 'a', bot: 'c' }, { historyExchanges: 3 })).toEqual([{ turn: 1, user: 'a', bot: 'c' }]);
  });

  it('cuts a long side without splitting a pair', () => {
    const long = `${'x'.repeat(MAX_SIDE_CHARACTERS - 1)}😀`;
    expect(cutAt(long, MAX_SIDE_CHARACTERS)).toBe('x'.repeat(MAX_SIDE_CHARACTERS - 1));
    expect(cutAt('abc', 3)).toBe('abc');
  });

  it('takes what it cannot read for no history', () => {
    for (const text of ['', '{', '{}', '7', '[1]', '[["a","b","c"]]', '[[1,"a"]]']) expect(decodeWindow(text)).toEqual([]);
  });
});

describe('an idempotency key', () => {
  it.each([
    ['a', true],
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', true],
    ['k'.repeat(128), true],
    ['k'.repeat(129), false],
    ['', false],
    [undefined, false],
    ['a b', false],
    ['ä', false],
    ['a\n', false],
  ])('%j: %s', (key, valid) => {
    expect(isIdempotencyKey(key)).toBe(valid);
  });

  it('is stored as a hash, with the hash of the body, no longer than its conversation', () => {
    const record = newIdempotencyRecord(hashKey('k'), 'hello', 3, 1_000, 5_000);
    expect(record).toEqual({ keyHash: hashKey('k'), bodyHash: hashMessage('hello'), turn: 3, expiresAt: 5_000 });
    expect(newIdempotencyRecord('h', 'hello', 3, 0, 1e12).expiresAt).toBe(24 * 3_600_000);
    expect(hashMessage('hello')).not.toBe(hashMessage('hello '));
    expect(hashKey('k')).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a claim', () => {
  const claim = newClaim(2, 'a1', 1_000, 60, { tokens: 10, microUsd: 20 }, '2026-05-04');

  it('is live until its lease has run out', () => {
    expect(claim).toEqual({ turn: 2, attempt: 'a1', leaseUntil: 61_000, reservedTokens: 30, reservedMicroUsd: 60, quotaDay: '2026-05-04' });
    expect([isLive(claim, 60_999), isLive(claim, 61_000)]).toEqual([true, false]);
    expect([retryAfterSeconds(claim, 1_500), retryAfterSeconds(claim, 90_000)]).toEqual([60, 1]);
  });

  it('keeps its reservation in other hands, and says whose hands they are', () => {
    const hands = [claim, takeOver(claim, 'a2', 5_000, 60), handOver(claim, 'a2', 5_000, 60), workerClaim(claim, 'a2', 5_000, 60)];
    expect(hands.map(({ reservedTokens, turn }) => [reservedTokens, turn])).toEqual(hands.map(() => [30, 2]));
    expect(hands.map(isQueued)).toEqual([false, false, true, false]);
    expect(hands.map(isHandedOver)).toEqual([false, false, true, true]);
    expect(newClaim(1, 'a', 0, 1, NO_RESERVATION, '2026-05-04')).toMatchObject({ reservedTokens: 0, reservedMicroUsd: 0 });
  });

  it('counts the worst case of each attempt that may have asked the model, and lets no more of them ask than were reserved', () => {
    const worked: Claim[] = [claim];
    for (let attempt = 0; attempt < 4; attempt++) worked.push(workerClaim(handOver(worked.at(-1) ?? claim, `q${attempt}`, 0, 60), `w${attempt}`, 0, 60));
    expect(worked.map((one) => usedBefore(one).tokens)).toEqual([0, 10, 20, 30, 30]);
    expect(worked.map(mayAskModel)).toEqual([true, true, true, false, false]);
    expect(worked.map((one) => usedAtWorst(one))).toEqual([{ tokens: 10, microUsd: 20 }, { tokens: 20, microUsd: 40 }, { tokens: 30, microUsd: 60 }, { tokens: 30, microUsd: 60 }, { tokens: 30, microUsd: 60 }]);
  });
});
