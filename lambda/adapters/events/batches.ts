/** Entries that one PutEvents call takes (quota of the service). */
export const BATCH_ENTRIES = 10;
/** Bytes that one PutEvents call takes in all (256 KB, quota of the service). */
export const BATCH_BYTES = 256 * 1024;

/**
 * Cuts items, in order, into batches of at most {@link BATCH_ENTRIES} items and {@link BATCH_BYTES} bytes. An item that is
 * too large by itself gets a batch of its own, so that its refusal takes no other item along.
 */
export function inBatches<T>(items: readonly T[], sizeOf: (item: T) => number): T[][] {
  const batches: T[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = sizeOf(item);
    const last = batches.at(-1);
    if (last === undefined || last.length >= BATCH_ENTRIES || bytes + size > BATCH_BYTES) {
      batches.push([item]);
      bytes = size;
    } else {
      last.push(item);
      bytes += size;
    }
  }
  return batches;
}
