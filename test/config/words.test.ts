import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byNearness, distance, isNear } from '../../config/nearest.ts';
import { EVERY, formatPath, parsePath, valueAt } from '../../config/path.ts';
import { showValue } from '../../config/words/value.ts';

describe('paths', () => {
  it('are read as they are written', () => {
    const steps = fc.array(fc.oneof(fc.string({ minLength: 1 }).filter((step) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(step) && step !== '*'), fc.nat(99)), { maxLength: 5 });
    fc.assert(fc.property(steps, (steps) => { expect(parsePath(formatPath(steps))).toEqual(steps.map(String)); }));
  });

  it('take brackets and stars', () => {
    expect(parsePath('a[].b[*].c.*[3]')).toEqual(['a', EVERY, 'b', EVERY, 'c', EVERY, '3']);
    expect(parsePath('')).toEqual([]);
    for (const broken of ['a[', 'a..b', 'a["b]', ']', 'a[x]']) expect(parsePath(broken)).toBeUndefined();
  });

  it('lead to own properties only', () => {
    expect(valueAt({ a: [{ b: 1 }] }, ['a', 0, 'b'])).toBe(1);
    expect(valueAt({}, ['constructor'])).toBeUndefined();
    expect(valueAt('text', ['length'])).toBeUndefined();
  });
});

describe('nearness', () => {
  it('is the number of edits, ignoring case', () => {
    expect(['', 'abc', 'ABC', 'kitten'].map((word, index) => distance(word, ['abc', 'abd', 'abc', 'sitting'][index] ?? ''))).toEqual([3, 1, 0, 3]);
    fc.assert(fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => { expect(distance(a, b)).toBe(distance(b, a)); }));
  });

  it('orders candidates', () => {
    expect(byNearness('prd', ['staging', 'dev', 'prod'])).toEqual(['prod', 'dev', 'staging']);
    expect(isNear('requestPerAdress', 'requestsPerAddress')).toBe(true);
    expect(isNear('colour', 'domain')).toBe(false);
  });
});

describe('showValue', () => {
  it.each([
    [undefined, '(missing)'],
    [null, 'null'],
    [12n, '12n'],
    ['a"b', String.raw`"a\"b"`],
    [[1, 2], 'a list of 2'],
    [{}, 'an empty object'],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, 'an object with a, b, c, d …'],
    [Symbol('x'), 'a symbol'],
    ['x'.repeat(61), `"${'x'.repeat(60)}…" (61 characters)`],
  ])('case %#', (value, shown) => {
    expect(showValue(value)).toBe(shown);
  });
});
