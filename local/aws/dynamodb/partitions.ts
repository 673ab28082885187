import { crc32 } from 'node:zlib';
import type { AttributeValue, Item } from './attribute.ts';
import { compareStrings, compareValues } from './compare.ts';

/** Where an item stands within its partition. */
export interface Position {
  /** Sort key; absent in a table without one. */
  readonly sort: AttributeValue | undefined;
  /** Orders items with the same sort key: '' in a table, the primary key in an index. */
  readonly tie: string;
}

/** An item in its place. */
export interface Entry extends Position {
  readonly item: Item;
  /** Size of the item. */
  readonly bytes: number;
}

/** Order within a partition. */
export function comparePositions(a: Position, b: Position): number {
  const order = a.sort && b.sort ? (compareValues(a.sort, b.sort) ?? 0) : 0;
  return order !== 0 ? order : compareStrings(a.tie, b.tie);
}

/** Index of the first entry for which `reached` is true; it must be false, then true, along the list. */
export function firstIndex(entries: readonly Entry[], reached: (entry: Entry) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (reached(entries[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const NONE: readonly Entry[] = [];

/** The items of a table or an index: sorted lists by partition key. */
export class Partitions {
  private readonly lists = new Map<string, Entry[]>();
  private order: readonly string[] | undefined;
  private total = 0;

  /** Number of items. */
  get size(): number {
    return this.total;
  }

  /** The sorted items of one partition. */
  list(partition: string): readonly Entry[] {
    return this.lists.get(partition) ?? NONE;
  }

  /** The item at a position, if one is there. */
  find(partition: string, position: Position): Entry | undefined {
    const entries = this.list(partition);
    const entry = entries[firstIndex(entries, (each) => comparePositions(each, position) >= 0)];
    return entry && comparePositions(entry, position) === 0 ? entry : undefined;
  }

  /** Puts an item in its place, instead of what was there. */
  insert(partition: string, entry: Entry): void {
    let entries = this.lists.get(partition);
    if (!entries) {
      entries = [];
      this.lists.set(partition, entries);
      this.order = undefined;
    }
    const index = firstIndex(entries, (each) => comparePositions(each, entry) >= 0);
    const present = entries[index];
    const replaces = present !== undefined && comparePositions(present, entry) === 0;
    entries.splice(index, replaces ? 1 : 0, entry);
    if (!replaces) this.total += 1;
  }

  /** Takes an item away, if it is there. */
  remove(partition: string, position: Position): void {
    const entries = this.lists.get(partition);
    if (!entries) return;
    const index = firstIndex(entries, (each) => comparePositions(each, position) >= 0);
    const present = entries[index];
    if (!present || comparePositions(present, position) !== 0) return;
    entries.splice(index, 1);
    this.total -= 1;
    if (entries.length === 0) {
      this.lists.delete(partition);
      this.order = undefined;
    }
  }

  /** Partition keys in the order of a scan: by hash, as in DynamoDB, so that nobody comes to rely on key order. */
  scanOrder(): readonly string[] {
    this.order ??= [...this.lists.keys()].toSorted(compareScanOrder);
    return this.order;
  }
}

/** Order of two partitions in a scan. */
export const compareScanOrder = (a: string, b: string): number => crc32(a) - crc32(b) || compareStrings(a, b);

/** Segment of a parallel scan that a partition belongs to. */
export const segmentOf = (partition: string, segments: number): number => crc32(partition) % segments;
