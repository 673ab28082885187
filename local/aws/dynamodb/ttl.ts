import { get } from './attribute.ts';
import { compareNumbers } from './number.ts';
import type { DynamoStore, Write } from './store.ts';
import { keyOfItem } from './keys.ts';

/** DynamoDB leaves items alone whose expiry lies more than five years back. */
const OLDEST_SECONDS = 5 * 365 * 24 * 60 * 60;
/** Deletions in one line of the journal. */
const BATCH = 100;

/**
 * Deletes the items whose expiry has passed, with the stream records of the expiry service.
 * @param nowSeconds epoch seconds
 * @returns how many were deleted
 */
export function sweepExpired(store: DynamoStore, nowSeconds: number): number {
  const expired: Write[] = [];
  for (const table of store.tables()) {
    const attribute = table.declaration.ttlAttribute;
    if (attribute === undefined) continue;
    for (const { item } of table.entries()) {
      const value = get(item, attribute);
      // Only numbers expire; text that looks like one does not.
      if (!value || !('N' in value)) continue;
      const passed = compareNumbers(value.N, String(Math.floor(nowSeconds))) <= 0;
      const tooOld = compareNumbers(value.N, String(Math.floor(nowSeconds) - OLDEST_SECONDS)) < 0;
      if (passed && !tooOld) expired.push({ table, key: keyOfItem(table.shape, item), item: undefined });
    }
  }
  for (let i = 0; i < expired.length; i += BATCH) store.write(expired.slice(i, i + BATCH), { expired: true });
  return expired.length;
}
