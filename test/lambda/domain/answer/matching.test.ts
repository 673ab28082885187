import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareLetters, forMatching, plainWords, readingsOf, withoutUnseen } from '../../../../lambda/domain/answer/matching.ts';

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

  it('treats a text that is ASCII by its own patterns as by those for all letters', () => {
    const part = fc.oneof(fc.string({ maxLength: 8 }), fc.integer({ min: 0, max: 127 }).map((code) => String.fromCharCode(code)), fc.constantFrom('i.g.n', 'i g n o r e', '1gn0re', 'a-b', '_'));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }).map((parts) => parts.join('')), (text) => {
        // A letter that is not ASCII, set apart by a line, makes the same text one for the other patterns.
        const other = `${text}\n\n\u4e2d`;
        expect(`${withoutUnseen(text)}\n\n\u4e2d`).toBe(withoutUnseen(other));
        expect(`${plainWords(text)} \u4e2d`.trim()).toBe(plainWords(other));
        expect(`${bareLetters(text)}\u4e2d`).toBe(bareLetters(other));
        const [one, two] = [readingsOf(`${text}\n\nzz`), readingsOf(`${text}\n\nzz\n\n\u4e2d`)];
        for (const reading of one) expect(two.map((longer) => longer.replaceAll('\u4e2d', '').trim())).toContain(reading);
      }),
      { numRuns: 500 },
    );
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
