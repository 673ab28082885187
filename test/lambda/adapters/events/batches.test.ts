import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BATCH_BYTES, BATCH_ENTRIES, inBatches } from '../../../../lambda/adapters/events/batches.ts';

describe('batches', () => {
  it('keeps every item, in order, within both limits', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: BATCH_BYTES + 10 }), { maxLength: 60 }), (sizes) => {
        const batches = inBatches(sizes, (size) => size);
        expect(batches.flat()).toEqual(sizes);
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(BATCH_ENTRIES);
          const bytes = batch.reduce((sum, size) => sum + size, 0);
          expect(bytes <= BATCH_BYTES || batch.length === 1).toBe(true);
        }
      }),
    );
  });
  it('makes no more batches than needed', () => {
    expect(inBatches(Array.from({ length: 21 }, () => 1), (size) => size).map((batch) => batch.length)).toEqual([10, 10, 1]);
  });
});
