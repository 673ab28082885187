import type { TableDeclaration } from '../types.ts';
import type { Item } from './attribute.ts';
import { get } from './attribute.ts';
import type { Key } from './keys.ts';
import { assertIndexKeys, keyInIndex, keyOfItem, wholeKeyText } from './keys.ts';
import type { Entry } from './partitions.ts';
import { Partitions } from './partitions.ts';
import type { IndexShape, KeyShape } from './schema.ts';
import { indexShapes, primaryShape } from './schema.ts';
import { itemBytes } from './size.ts';

/** An index and its items. */
export interface Index {
  readonly shape: IndexShape;
  readonly items: Partitions;
}

/** A table: its items by key, and its indexes kept in step. */
export class Table {
  /** As declared. */
  readonly declaration: TableDeclaration;
  /** Primary key. */
  readonly shape: KeyShape;
  /** Items by primary key. */
  readonly items = new Partitions();
  /** Epoch milliseconds of the first declaration. */
  readonly createdAt: number;
  private readonly indexes: ReadonlyMap<string, Index>;

  constructor(declaration: TableDeclaration, createdAt: number) {
    this.declaration = declaration;
    this.createdAt = createdAt;
    this.shape = primaryShape(declaration);
    this.indexes = new Map([...indexShapes(declaration)].map(([name, shape]) => [name, { shape, items: new Partitions() }]));
  }

  /** Table name. */
  get name(): string {
    return this.declaration.tableName;
  }

  /** An index by name. */
  index(name: string): Index | undefined {
    return this.indexes.get(name);
  }

  /** The item with a key. */
  get(key: Key): Item | undefined {
    return this.items.find(key.partition, { sort: key.sort, tie: '' })?.item;
  }

  /** Stores an item and returns the one it replaced. The item must have passed `assertStorable`. */
  put(item: Item): Item | undefined {
    const key = keyOfItem(this.shape, item);
    const old = this.get(key);
    const bytes = itemBytes(item);
    this.items.insert(key.partition, { item, sort: key.sort, tie: '', bytes });
    this.reindex(wholeKeyText(key), old, item, bytes);
    return old;
  }

  /** Deletes an item and returns it. */
  delete(key: Key): Item | undefined {
    const old = this.get(key);
    this.items.remove(key.partition, { sort: key.sort, tie: '' });
    this.reindex(wholeKeyText(key), old, undefined, 0);
    return old;
  }

  /** @throws ValidationException when an index key has a wrong type */
  assertStorable(item: Item): void {
    for (const { shape } of this.indexes.values()) assertIndexKeys(shape, item);
  }

  /** All items, in the order of a scan. */
  *entries(): Generator<Entry> {
    for (const partition of this.items.scanOrder()) yield* this.items.list(partition);
  }

  private reindex(tie: string, old: Item | undefined, item: Item | undefined, bytes: number): void {
    for (const { shape, items } of this.indexes.values()) {
      const before = old && keyInIndex(shape, old);
      if (before) items.remove(before.partition, { sort: before.sort, tie });
      const after = item && keyInIndex(shape, item);
      if (after) items.insert(after.partition, { item: carried(shape, item), sort: after.sort, tie, bytes });
    }
  }
}

/** The attributes of an item that an index carries. */
function carried(shape: IndexShape, item: Item): Item {
  const { projected } = shape;
  if (projected === 'ALL') return item;
  return Object.fromEntries([...projected].flatMap((name) => {
    const value = get(item, name);
    return value ? [[name, value]] : [];
  }));
}
