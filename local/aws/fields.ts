import { AwsError, serializationError, validationError } from './errors.ts';
import type { JsonObject } from './types.ts';

const kindOf = (value: unknown): string => {
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return 'LIST';
  return typeof value === 'object' ? 'STRUCTURE' : typeof value === 'string' ? 'STRING' : (typeof value).toUpperCase();
};
const wrong = (name: string, value: unknown, wanted: string): AwsError =>
  serializationError(`${name}: ${kindOf(value)}_VALUE cannot be converted to ${wanted}`);

/** Own member of an object; inherited names such as `constructor` are never found, and null counts as absent. */
export function member(object: JsonObject, name: string): unknown {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return value === null ? undefined : value;
}

/** True for a JSON object (not null, not a list). */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Optional string member. @throws SerializationException for another type */
export function optionalString(object: JsonObject, name: string): string | undefined {
  const value = member(object, name);
  if (value !== undefined && typeof value !== 'string') throw wrong(name, value, 'String');
  return value;
}

/** Optional number member. @throws SerializationException for another type */
export function optionalNumber(object: JsonObject, name: string): number | undefined {
  const value = member(object, name);
  if (value !== undefined && typeof value !== 'number') throw wrong(name, value, 'Number');
  return value;
}

/** Optional boolean member. @throws SerializationException for another type */
export function optionalBoolean(object: JsonObject, name: string): boolean | undefined {
  const value = member(object, name);
  if (value !== undefined && typeof value !== 'boolean') throw wrong(name, value, 'Boolean');
  return value;
}

/** Optional object member. @throws SerializationException for another type */
export function optionalObject(object: JsonObject, name: string): JsonObject | undefined {
  const value = member(object, name);
  if (value !== undefined && !isObject(value)) throw wrong(name, value, 'Map');
  return value;
}

/** Optional list member. @throws SerializationException for another type */
export function optionalList(object: JsonObject, name: string): readonly unknown[] | undefined {
  const value = member(object, name);
  if (value !== undefined && !Array.isArray(value)) throw wrong(name, value, 'List');
  return value;
}

/** Optional list of strings. @throws SerializationException for another type */
export function optionalStrings(object: JsonObject, name: string): readonly string[] | undefined {
  return optionalList(object, name)?.map((value) => {
    if (typeof value !== 'string') throw wrong(name, value, 'String');
    return value;
  });
}

/** Optional string member out of a closed set. @throws ValidationException for another value */
export function optionalChoice<T extends string>(object: JsonObject, name: string, allowed: readonly T[]): T | undefined {
  const value = optionalString(object, name);
  if (value === undefined) return undefined;
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw constraint(value, name, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
  return found;
}

/** Optional list of objects. @throws SerializationException for another type */
export function optionalObjects(object: JsonObject, name: string): readonly JsonObject[] | undefined {
  return optionalList(object, name)?.map((value) => {
    if (!isObject(value)) throw wrong(name, value, 'Structure');
    return value;
  });
}

/** Optional binary member: base64 on the wire. @throws SerializationException when it is not base64 */
export function optionalBytes(object: JsonObject, name: string): Buffer | undefined {
  const text = optionalString(object, name);
  return text === undefined ? undefined : decodeBase64(text);
}

/** Bytes of strict base64. @throws SerializationException */
export function decodeBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw serializationError('The value is not valid base64.');
  return bytes;
}

const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The value, or the ValidationException that AWS gives for a member that must not be null. */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) {
    throw constraint('null', name, 'Member must not be null');
  }
  return value;
}

/** ValidationException in the wording of AWS's request validation. */
export const constraint = (value: string, name: string, rule: string): AwsError =>
  validationError(
    `1 validation error detected: Value ${value === 'null' ? 'null' : `'${value}'`} at '${camel(name)}' failed to satisfy constraint: ${rule}`,
  );
