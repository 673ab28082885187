import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addNumbers, canonicalNumber, compareNumbers, subtractNumbers } from '../../../../local/aws/dynamodb/number.ts';

/** Scale of the model: all numbers here have at most 20 digits behind the point. */
const SCALE = 20;
const decimals = fc.tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.integer({ min: 0, max: SCALE }));
/** A number as text: the digits with a point `places` from the right, and sometimes superfluous zeros. */
const written = ([digits, places]: [bigint, number], pad = 0): string => {
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const body = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}${'0'.repeat(pad)}`;
  return `${digits < 0n ? '-' : ''}${'0'.repeat(pad)}${body}`;
};
const model = ([digits, places]: [bigint, number]): bigint => digits * 10n ** BigInt(SCALE - places);
const modelOf = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(SCALE, '0'));
  return text.startsWith('-') ? -value : value;
};

describe('numbers', () => {
  it('have one way to be written', () => {
    fc.assert(
      fc.property(decimals, fc.integer({ min: 0, max: 5 }), (number, pad) => {
        const text = canonicalNumber(written(number, pad));
        expect(text).toBe(canonicalNumber(written(number)));
        expect(modelOf(text)).toBe(model(number));
        expect(text).toMatch(/^(0|-?([1-9]\d*|0)(\.\d*[1-9])?)$/);
      }),
    );
  });

  it('are ordered, added and subtracted exactly', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const [left, right] = [canonicalNumber(written(a)), canonicalNumber(written(b))];
        const order = model(a) - model(b);
        expect(Math.sign(compareNumbers(left, right))).toBe(order < 0n ? -1 : order > 0n ? 1 : 0);
        // Sums may need more than 38 digits; then DynamoDB refuses, and so does this.
        const exact = (text: () => string): bigint | 'refused' => {
          try {
            return modelOf(text());
          } catch {
            return 'refused';
          }
        };
        expect([model(a) + model(b), 'refused']).toContain(exact(() => addNumbers(left, right)));
        expect([model(a) - model(b), 'refused']).toContain(exact(() => subtractNumbers(left, right)));
      }),
    );
    expect(addNumbers('0.1', '0.2')).toBe('0.3');
    expect(subtractNumbers('1', '-1')).toBe('2');
  });

  it('are limited to 38 digits and to 1E-130 … 9.9E+125', () => {
    expect(canonicalNumber('9'.repeat(38))).toBe('9'.repeat(38));
    expect(canonicalNumber('1E125')).toBe(`1${'0'.repeat(125)}`);
    expect(canonicalNumber('1e-130')).toBe(`0.${'0'.repeat(129)}1`);
    for (const bad of ['', '.', 'abc', '1e', '--1', '1 2', 'NaN', 'Infinity', '0x10', '1'.repeat(39), '1e126', '1e-131', '1e999999999']) {
      expect(() => canonicalNumber(bad), bad).toThrow(/numeric value|digits|overflow|underflow/);
    }
  });
});
