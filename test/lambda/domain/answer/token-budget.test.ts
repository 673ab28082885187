import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assumedUsage, estimateTokens, mostTokens, windowByTokens } from '../../../../lambda/domain/answer/token-budget.ts';
import { HISTORY_TOKENS } from '../../../../lambda/domain/answer/prompt.ts';
import { MAX_SIDE_CHARACTERS } from '../../../../lambda/domain/conversation/window.ts';

const exchange = (turn: number, user: string, bot: string) => ({ turn, user, bot });

describe('an estimate of tokens', () => {
  it.each([
    ['', 0],
    ['return', 2],
    ['Rückgabe bitte', 5],
    ['30', 2],
    ['AB-12345', 7],
    ['返品できますか', 7],
    ['😀', 2],
  ])('of %j is %i', (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });

  it('is never above the most that a text can have, and grows with the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        expect(estimateTokens(one)).toBeLessThanOrEqual(mostTokens(one));
        expect(estimateTokens(one + other)).toBeGreaterThanOrEqual(estimateTokens(one));
      }),
    );
  });
});

describe('usage that nobody told', () => {
  it('is each byte that was sent, and the longest reply or more', () => {
    expect(assumedUsage({ a: 'ä' }, 'abc', 100)).toEqual({ inputTokens: 10, outputTokens: 100 });
    expect(assumedUsage({}, 'ä'.repeat(100), 100)).toEqual({ inputTokens: 2, outputTokens: 200 });
  });
});

describe('history within a budget of tokens', () => {
  const history = fc.array(fc.tuple(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 })), { maxLength: 12 }).map((sides) => sides.map(([user, bot], index) => exchange(index + 1, user, bot)));

  it('is the newest exchanges without a hole, as many as fit and not one more', () => {
    fc.assert(
      fc.property(history, fc.nat(600), (all, budget) => {
        const kept = windowByTokens(all, budget);
        expect(kept).toEqual(all.slice(all.length - kept.length));
        const costs = all.map(({ user, bot }) => estimateTokens(user) + estimateTokens(bot) + 40);
        const sum = (count: number): number => costs.slice(costs.length - count).reduce((total, one) => total + one, 0);
        if (kept.length > 0) expect(sum(kept.length)).toBeLessThanOrEqual(budget);
        if (kept.length < all.length) expect(sum(kept.length + 1)).toBeGreaterThan(budget);
      }),
    );
  });

  it('holds the longest exchange that is kept, in any script', () => {
    const longest = exchange(1, '返'.repeat(MAX_SIDE_CHARACTERS), '品'.repeat(MAX_SIDE_CHARACTERS));
    expect(windowByTokens([longest], HISTORY_TOKENS)).toEqual([longest]);
    expect(windowByTokens([longest, { ...longest, turn: 2 }], HISTORY_TOKENS)).toEqual([{ ...longest, turn: 2 }]);
  });
});
