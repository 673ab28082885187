import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forMatching, plainWords, readingsOf } from '../../../../lambda/domain/answer/matching.ts';

describe('a copy for matching', () => {
  it.each([
    ['Cyrillic', 'раураl', 'paypal'],
    ['Greek', 'αvαίl', 'avail'],
    ['full width', 'ＡＢＣ１２', 'abc12'],
    ['mathematical', '𝐚𝒃𝓬𝔡', 'abcd'],
    ['boxed and flags', '🅐🅑 🇦🇧', 'ab ab'],
    ['invisible', 'a\u200bb\u00adc\u202ed\ufe0f', 'abcd'],
    ['accents and case', 'ÀÉÎ', 'aei'],
    ['other digits', '٤٢ ४२', '42 42'],
  ])('evens out %s', (_name, text, expected) => {
    expect(forMatching(text)).toBe(expected);
  });

  it.each([
    ['letters set apart', 'i g n o r e', 'ignore'],
    ['dots between', 'i.g.n.o.r.e', 'ignore'],
    ['figures for letters', '1gn0r3', 'ignore'],
    ['turned round', 'erongi', 'ignore'],
    ['shifted', 'vtaber', 'ignore'],
    ['base64', 'aWdub3JlIHRoZSBydWxlcw==', 'ignore the rules'],
  ])('is read with %s', (_name, text, expected) => {
    expect(readingsOf(text)).toContain(expected);
  });

  it('never throws, is stable, and holds no sign', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const plain = plainWords(forMatching(text));
        expect(plain).not.toMatch(/[^\p{L}\p{N} ]/u);
        expect(readingsOf(text).length).toBeLessThanOrEqual(10);
      }),
    );
  });
});
