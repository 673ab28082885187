import { validationError } from '../errors.ts';
import { member, optionalObject } from '../fields.ts';
import type { JsonObject } from '../types.ts';
import type { AttributeValue } from './attribute.ts';
import { parseValue } from './attribute.ts';

const NAME_FORM = /^#[A-Za-z0-9_]+$/;
const VALUE_FORM = /^:[A-Za-z0-9_]+$/;

/** The placeholders of one request, and which of them its expressions used. */
export class Scope {
  private readonly names: ReadonlyMap<string, string>;
  private readonly values: ReadonlyMap<string, AttributeValue>;
  private readonly used = new Set<string>();

  private constructor(names: ReadonlyMap<string, string>, values: ReadonlyMap<string, AttributeValue>) {
    this.names = names;
    this.values = values;
  }

  /**
   * Reads `ExpressionAttributeNames` and `ExpressionAttributeValues`.
   * @param expressions the request members that may hold an expression; without any, placeholders are refused
   * @throws ValidationException as DynamoDB does
   */
  static of(input: JsonObject, expressions: readonly string[]): Scope {
    const names = readNames(optionalObject(input, 'ExpressionAttributeNames'));
    const values = readValues(optionalObject(input, 'ExpressionAttributeValues'));
    if (!expressions.some((name) => member(input, name) !== undefined)) {
      if (names) throw validationError('ExpressionAttributeNames can only be specified when using expressions');
      if (values) {
        const absent = expressions.filter((name) => name !== 'ProjectionExpression');
        throw validationError(`ExpressionAttributeValues can only be specified when using expressions: ${absent.join(' and ')} ${absent.length > 1 ? 'are' : 'is'} null`);
      }
    }
    return new Scope(names ?? new Map(), values ?? new Map());
  }

  /** Attribute name behind a `#placeholder`. @throws ValidationException when it is not defined */
  name(placeholder: string, parameter: string): string {
    const name = this.names.get(placeholder);
    if (name === undefined) {
      throw validationError(`Invalid ${parameter}: An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`);
    }
    this.used.add(placeholder);
    return name;
  }

  /** Value behind a `:placeholder`. @throws ValidationException when it is not defined */
  value(placeholder: string, parameter: string): AttributeValue {
    const value = this.values.get(placeholder);
    if (value === undefined) {
      throw validationError(`Invalid ${parameter}: An expression attribute value used in expression is not defined; attribute value: ${placeholder}`);
    }
    this.used.add(placeholder);
    return value;
  }

  /** To be called once all expressions are parsed. @throws ValidationException naming placeholders that none used */
  assertAllUsed(): void {
    this.assertUsed('ExpressionAttributeNames', this.names);
    this.assertUsed('ExpressionAttributeValues', this.values);
  }

  private assertUsed(parameter: string, placeholders: ReadonlyMap<string, unknown>): void {
    const unused = [...placeholders.keys()].filter((each) => !this.used.has(each));
    if (unused.length > 0) throw validationError(`Value provided in ${parameter} unused in expressions: keys: {${unused.join(', ')}}`);
  }
}

function readNames(raw: JsonObject | undefined): ReadonlyMap<string, string> | undefined {
  if (!raw) return undefined;
  const names = new Map<string, string>();
  for (const [placeholder, name] of Object.entries(raw)) {
    if (!NAME_FORM.test(placeholder)) {
      throw validationError(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${placeholder}"`);
    }
    if (typeof name !== 'string' || name === '') {
      throw validationError(`ExpressionAttributeNames contains invalid value: must not be empty; key: "${placeholder}"`);
    }
    names.set(placeholder, name);
  }
  if (names.size === 0) throw validationError('ExpressionAttributeNames must not be empty');
  return names;
}

function readValues(raw: JsonObject | undefined): ReadonlyMap<string, AttributeValue> | undefined {
  if (!raw) return undefined;
  const values = new Map<string, AttributeValue>();
  for (const [placeholder, value] of Object.entries(raw)) {
    if (!VALUE_FORM.test(placeholder)) {
      throw validationError(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${placeholder}"`);
    }
    values.set(placeholder, parseValue(value));
  }
  if (values.size === 0) throw validationError('ExpressionAttributeValues must not be empty');
  return values;
}
