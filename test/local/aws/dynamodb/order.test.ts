import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareStrings } from '../../../../local/aws/dynamodb/compare.ts';
import type { Entry } from '../../../../local/aws/dynamodb/partitions.ts';
import { Partitions } from '../../../../local/aws/dynamodb/partitions.ts';

describe('order', () => {
  it('of strings is that of their UTF-8 bytes', () => {
    const strings = fc.string({ unit: 'grapheme', maxLength: 8 });
    fc.assert(
      fc.property(strings, strings, (a, b) => {
        expect(Math.sign(compareStrings(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
    // U+FF5E sorts before U+1F642 by bytes, but behind it by UTF-16 units.
    expect(compareStrings('\uFF5E', '🙂')).toBeLessThan(0);
  });

  it('of a partition stays right through any insertions and removals', () => {
    const action = fc.record({ remove: fc.boolean(), partition: fc.constantFrom('p', 'q'), sort: fc.integer({ min: -5, max: 5 }) });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const partitions = new Partitions();
        const model = new Map<string, Map<number, number>>([['p', new Map()], ['q', new Map()]]);
        for (const [i, { remove, partition, sort }] of actions.entries()) {
          const place = { sort: { N: String(sort) }, tie: '' };
          if (remove) {
            partitions.remove(partition, place);
            model.get(partition)?.delete(sort);
          } else {
            partitions.insert(partition, { ...place, item: { v: { N: String(i) } }, bytes: 1 });
            model.get(partition)?.set(sort, i);
          }
        }
        for (const [partition, rows] of model) {
          const expected = [...rows].toSorted(([a], [b]) => a - b).map(([sort, v]) => [String(sort), String(v)]);
          expect(partitions.list(partition).map((entry: Entry) => [(entry.sort as { N: string }).N, (entry.item['v'] as { N: string }).N])).toEqual(expected);
          for (const sort of [-5, 0, 5]) {
            expect(partitions.find(partition, { sort: { N: String(sort) }, tie: '' }) !== undefined).toBe(rows.has(sort));
          }
        }
        const sizes = [...model.values()].map((rows) => rows.size);
        expect(partitions.size).toBe(sizes.reduce((a, b) => a + b, 0));
        expect(partitions.scanOrder().length).toBe(sizes.filter((size) => size > 0).length);
      }),
    );
  });
});
