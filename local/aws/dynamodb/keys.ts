import { validationError } from '../errors.ts';
import type { AttributeValue, Item } from './attribute.ts';
import { get, typeOf } from './attribute.ts';
import type { IndexShape, KeyPart, KeyShape } from './schema.ts';
import { keyParts } from './schema.ts';
import { valueBytes } from './size.ts';

/** Longest partition and sort key in bytes. */
const MAX_HASH_BYTES = 2048;
const MAX_RANGE_BYTES = 1024;
const MISMATCH = 'The provided key element does not match the schema';

/** A key, ready for look-ups. */
export interface Key {
  /** Partition as map key: type and value. */
  readonly partition: string;
  readonly sort: AttributeValue | undefined;
}

/** A scalar as map key; values of different types never meet. */
export function keyText(value: AttributeValue): string {
  const type = typeOf(value);
  return `${type}${String(Object.values(value)[0])}`;
}

/** One text for a whole key. */
export const wholeKeyText = (key: Key): string => JSON.stringify([key.partition, key.sort ? keyText(key.sort) : '']);

/** The key attributes of an item. */
export const pickKey = (shape: KeyShape, item: Item): Item =>
  Object.fromEntries(keyParts(shape).map((part) => [part.name, get(item, part.name)!]));

const keyFrom = (shape: KeyShape, item: Item): Key => ({
  partition: keyText(get(item, shape.hash.name)!),
  sort: shape.range && get(item, shape.range.name),
});

function assertKeyValue(part: KeyPart, value: AttributeValue, hash: boolean): void {
  const bytes = valueBytes(value);
  if (bytes === 0) {
    const kind = part.type === 'B' ? 'binary' : 'string';
    throw validationError(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${part.name}`,
    );
  }
  const limit = hash ? MAX_HASH_BYTES : MAX_RANGE_BYTES;
  if (bytes > limit) {
    const name = hash ? 'hashkey' : 'the range key';
    throw validationError(`One or more parameter values were invalid: Size of ${name} has exceeded the maximum size limit of ${limit} bytes`);
  }
}

/** The `Key` of a request. @throws ValidationException unless it has exactly the key attributes, with their types */
export function keyOfRequest(shape: KeyShape, item: Item): Key {
  const parts = keyParts(shape);
  if (Object.keys(item).length !== parts.length) throw validationError(MISMATCH);
  for (const part of parts) {
    const value = get(item, part.name);
    if (!value || typeOf(value) !== part.type) throw validationError(MISMATCH);
    assertKeyValue(part, value, part === shape.hash);
  }
  return keyFrom(shape, item);
}

/** The key within a whole item. @throws ValidationException when a part is missing or of another type */
export function keyOfItem(shape: KeyShape, item: Item): Key {
  for (const part of keyParts(shape)) {
    const value = get(item, part.name);
    if (!value) throw validationError(`One or more parameter values were invalid: Missing the key ${part.name} in the item`);
    if (typeOf(value) !== part.type) {
      throw validationError(`One or more parameter values were invalid: Type mismatch for key ${part.name} expected: ${part.type} actual: ${typeOf(value)}`);
    }
    assertKeyValue(part, value, part === shape.hash);
  }
  return keyFrom(shape, item);
}

/** The key within an index, or undefined when the item is not in it (indexes are sparse). */
export const keyInIndex = (index: IndexShape, item: Item): Key | undefined =>
  keyParts(index.key).every((part) => get(item, part.name) !== undefined) ? keyFrom(index.key, item) : undefined;

/** @throws ValidationException when an item has an index key of another type, or an empty one */
export function assertIndexKeys(index: IndexShape, item: Item): void {
  for (const part of keyParts(index.key)) {
    const value = get(item, part.name);
    if (!value) continue;
    if (typeOf(value) !== part.type) {
      throw validationError(
        `One or more parameter values were invalid: Type mismatch for Index Key ${part.name} Expected: ${part.type} Actual: ${typeOf(value)} IndexName: ${index.name}`,
      );
    }
    if (valueBytes(value) === 0) {
      throw validationError(
        `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: ${index.name}, IndexKey: ${part.name}`,
      );
    }
  }
}
