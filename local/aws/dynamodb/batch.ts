import { serializationError, validationError } from '../errors.ts';
import { constraint, isObject, member, optionalList, optionalObject, optionalObjects, required } from '../fields.ts';
import type { Operation } from '../service.ts';
import type { JsonObject } from '../types.ts';
import type { Item } from './attribute.ts';
import { parseItem } from './attribute.ts';
import type { Context } from './items.ts';
import { itemReader, note } from './items.ts';
import { keyOfItem, keyOfRequest, wholeKeyText } from './keys.ts';
import { MAX_ITEM_BYTES, itemBytes } from './size.ts';
import type { Write } from './store.ts';
import type { Table } from './table.ts';

/** Keys of one BatchGetItem, writes of one BatchWriteItem, and bytes of one BatchGetItem answer. */
const MAX_GETS = 100;
const MAX_WRITES = 25;
const MAX_BYTES = 16 * 1024 * 1024;
const DUPLICATES = 'Provided list of item keys contains duplicates';

function perTable(input: JsonObject): [string, unknown][] {
  const entries = Object.entries(required(optionalObject(input, 'RequestItems'), 'RequestItems'));
  if (entries.length === 0) throw constraint('{}', 'RequestItems', 'Member must have length greater than or equal to 1');
  return entries;
}

function assertDistinct(keys: readonly string[]): void {
  if (new Set(keys).size !== keys.length) throw validationError(DUPLICATES);
}

/** BatchGetItem, over any number of tables. */
export const batchGetItem =
  (context: Context): Operation =>
  (input, call) => {
    const requests = perTable(input).map(([name, raw]) => {
      if (!isObject(raw)) throw serializationError('RequestItems must hold an object for each table.');
      const keys = required(optionalList(raw, 'Keys'), 'Keys');
      if (keys.length === 0) throw constraint('[]', `requestItems.${name}.member.keys`, 'Member must have length greater than or equal to 1');
      return { name, raw, keys };
    });
    if (requests.reduce((sum, each) => sum + each.keys.length, 0) > MAX_GETS) {
      throw validationError('Too many items requested for the BatchGetItem call');
    }
    const responses: [string, Item[]][] = [];
    const unprocessed: [string, JsonObject][] = [];
    let bytes = 0;
    for (const { name, raw, keys } of requests) {
      const table = context.store.table(name);
      note(context, call, 'BatchGetItem', table);
      assertDistinct(keys.map((key) => wholeKeyText(keyOfRequest(table.shape, parseItem(key)))));
      const read = itemReader(raw, table);
      const found: Item[] = [];
      const left: unknown[] = [];
      for (const key of keys) {
        const item = bytes < MAX_BYTES ? read(key) : undefined;
        if (bytes >= MAX_BYTES) left.push(key);
        if (item) {
          bytes += itemBytes(item);
          found.push(item);
        }
      }
      responses.push([name, found]);
      if (left.length > 0) unprocessed.push([name, { ...raw, Keys: left }]);
    }
    return { Responses: Object.fromEntries(responses), UnprocessedKeys: Object.fromEntries(unprocessed) };
  };

/** BatchWriteItem. It is not a transaction, but nothing here fails half-way, so it is stored as one. */
export const batchWriteItem =
  (context: Context): Operation =>
  (input, call) => {
    const writes: Write[] = [];
    for (const [name, raw] of perTable(input)) {
      const table = context.store.table(name);
      note(context, call, 'BatchWriteItem', table);
      const requests = required(optionalObjects({ [name]: raw }, name), name);
      writes.push(...requests.map((request) => toWrite(table, request)));
      if (writes.length > MAX_WRITES) throw validationError('Too many items requested for the BatchWriteItem call');
    }
    assertDistinct(writes.map(({ table, key }) => `${table.name} ${wholeKeyText(key)}`));
    context.store.write(writes);
    return { UnprocessedItems: {} };
  };

function toWrite(table: Table, request: JsonObject): Write {
  const put = optionalObject(request, 'PutRequest');
  const remove = optionalObject(request, 'DeleteRequest');
  if ((put === undefined) === (remove === undefined)) {
    throw validationError('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes');
  }
  if (remove) return { table, key: keyOfRequest(table.shape, parseItem(required(member(remove, 'Key'), 'Key'))), item: undefined };
  const item = parseItem(required(put && member(put, 'Item'), 'Item'));
  if (itemBytes(item) > MAX_ITEM_BYTES) throw validationError('Item size has exceeded the maximum allowed size');
  const key = keyOfItem(table.shape, item);
  table.assertStorable(item);
  return { table, key, item };
}
