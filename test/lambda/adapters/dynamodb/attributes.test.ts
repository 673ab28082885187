import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Reader, toAttribute, toItem } from '../../../../lambda/adapters/dynamodb/attributes.ts';

describe('attributes', () => {
  it('brings back any string, number, flag and bytes unchanged', () => {
    fc.assert(
      fc.property(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.uint8Array(), (text, number, flag, bytes) => {
        const read = new Reader(toItem({ text, number, flag, bytes, map: { text } }), 'x');
        expect([read.string('text'), read.boolean('flag'), read.bytes('bytes'), read.map('map').string('text')]).toEqual([text, flag, bytes, text]);
        expect(read.number('number') === number).toBe(true);
      }),
    );
  });

  it('leaves out what is undefined, and refuses numbers that cannot be stored', () => {
    expect(toItem({ a: undefined, b: 1 })).toEqual({ b: { N: '1' } });
    expect(() => toAttribute(Number.NaN)).toThrow('NaN is no number');
    expect(() => toAttribute(Infinity)).toThrow(TypeError);
  });

  it('names the record and attribute that is missing or of another type', () => {
    const read = new Reader({ a: { S: '1' } }, 'Record HEAD');
    expect(() => read.number('a')).toThrow('Record HEAD has no a, or one of another type.');
    expect(() => read.string('toString')).toThrow(TypeError);
    expect(read.has('constructor')).toBe(false);
  });
});
