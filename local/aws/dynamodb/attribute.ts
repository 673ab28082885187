import { AwsError, serializationError, validationError } from '../errors.ts';
import { decodeBase64, isObject } from '../fields.ts';
import { canonicalNumber } from './number.ts';

/** An attribute value as it stands on the wire; numbers are canonical decimals, binaries base64. Never mutated. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item };

/** Attributes by name. Read members with `get`: names such as `constructor` are data here. */
export type Item = { readonly [name: string]: AttributeValue };

/** Type descriptor of an attribute value. */
export type AttributeType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M';

/** All type descriptors. */
export const ATTRIBUTE_TYPES: readonly AttributeType[] = ['B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'N', 'NS', 'S', 'M'];
/** Depth of lists and maps that DynamoDB stores. */
const MAX_DEPTH = 32;

/** Type descriptor of a value. */
export function typeOf(value: AttributeValue): AttributeType {
  const type = ATTRIBUTE_TYPES.find((each) => each in value);
  if (type === undefined) throw new Error('An attribute value without a type.');
  return type;
}

/** Own attribute of an item. */
export const get = (item: Item, name: string): AttributeValue | undefined => (Object.hasOwn(item, name) ? item[name] : undefined);

/** Copy of an item with one attribute set; safe for every name, `__proto__` included. */
export function withAttribute(item: Item, name: string, value: AttributeValue): Item {
  const copy: Record<string, AttributeValue> = { ...item };
  Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** Copy of an item without one attribute. */
export function withoutAttribute(item: Item, name: string): Item {
  const copy: Record<string, AttributeValue> = { ...item };
  delete copy[name];
  return copy;
}

/**
 * Checks and canonicalises an item of a request.
 * @throws SerializationException for wrong JSON types, ValidationException for values that DynamoDB refuses
 */
export function parseItem(raw: unknown, depth = 0): Item {
  if (!isObject(raw)) throw serializationError('Expected a map of attribute values.');
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [checkedName(name), parseValue(value, depth)]));
}

function checkedName(name: string): string {
  if (name === '') throw validationError('One or more parameter values were invalid: Attribute name must not be empty');
  if (Buffer.byteLength(name) > 65535) {
    throw validationError('One or more parameter values were invalid: Attribute name is too large, must be less than 64 Kb');
  }
  return name;
}

/** Checks and canonicalises one attribute value of a request. @throws as `parseItem` */
export function parseValue(raw: unknown, depth = 0): AttributeValue {
  if (!isObject(raw)) throw serializationError('Expected an attribute value.');
  const types = Object.keys(raw).filter((type) => raw[type] !== null);
  const type = types[0];
  if (type === undefined) throw validationError('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  if (types.length > 1) {
    throw validationError('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes');
  }
  if (depth > MAX_DEPTH) {
    throw validationError('Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit');
  }
  const value = raw[type];
  switch (type) {
    case 'S':
      return { S: text(value) };
    case 'N':
      return { N: canonicalNumber(text(value)) };
    case 'B':
      return { B: binary(value) };
    case 'BOOL':
      if (typeof value !== 'boolean') throw serializationError('BOOL must be a Boolean.');
      return { BOOL: value };
    case 'NULL':
      if (value !== true) throw validationError('One or more parameter values were invalid: Null attribute value types must have the value of true');
      return { NULL: true };
    case 'SS':
      return { SS: set(list(value).map(text), 'string') };
    case 'NS':
      return { NS: set(list(value).map((each) => canonicalNumber(text(each))), 'number') };
    case 'BS':
      return { BS: set(list(value).map(binary), 'binary') };
    case 'L':
      return { L: list(value).map((each) => parseValue(each, depth + 1)) };
    case 'M':
      return { M: parseItem(value, depth + 1) };
    default:
      throw validationError('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  }
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw serializationError('Expected a string in an attribute value.');
  return value;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw serializationError('Expected a list in an attribute value.');
  return value;
}

const binary = (value: unknown): string => decodeBase64(text(value)).toString('base64');

function set(values: readonly string[], kind: 'string' | 'number' | 'binary'): readonly string[] {
  if (values.length === 0) throw setError(`An ${kind} set  may not be empty`);
  if (new Set(values).size !== values.length) throw setError(`Input collection [${values.join(', ')}] contains duplicates.`);
  return values;
}

const setError = (message: string): AwsError => validationError(`One or more parameter values were invalid: ${message}`);
