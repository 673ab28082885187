import { type AwsError, validationError } from '../errors.ts';
import type { AttributeValue } from './attribute.ts';
import { typeOf } from './attribute.ts';
import { compareValues } from './compare.ts';
import { beginsWith } from './condition.ts';
import { parseCondition } from './condition-parser.ts';
import { keyText } from './keys.ts';
import type { Entry } from './partitions.ts';
import { firstIndex } from './partitions.ts';
import type { KeyPart, KeyShape } from './schema.ts';
import { keyParts } from './schema.ts';
import type { Scope } from './scope.ts';
import { valueBytes } from './size.ts';
import type { Condition, Operand } from './syntax.ts';

/** One partition, and which stretch of it. */
export interface KeyCondition {
  /** Partition as map key. */
  readonly partition: string;
  /** First index, and the index behind the last, in the partition's sorted items. */
  readonly stretch: (entries: readonly Entry[]) => readonly [number, number];
}

const unsupported = (): AwsError => validationError('Query key condition not supported');

/** A condition on one key attribute: what is done to it, and with which values. */
interface Term {
  readonly name: string;
  readonly operator: string;
  readonly values: readonly AttributeValue[];
}

const MIRROR: ReadonlyMap<string, string> = new Map([['<', '>'], ['<=', '>='], ['>', '<'], ['>=', '<='], ['=', '=']]);

function nameAndValues(operator: string, subject: Operand | undefined, operands: readonly (Operand | undefined)[]): Term {
  const step = subject?.kind === 'path' && subject.steps.length === 1 ? subject.steps[0] : undefined;
  if (typeof step !== 'string') throw unsupported();
  const values = operands.map((each) => {
    if (each?.kind !== 'value') throw unsupported();
    return each.value;
  });
  return { name: step, operator, values };
}

function terms(condition: Condition): Term[] {
  if (condition.kind === 'and') return [...terms(condition.left), ...terms(condition.right)];
  if (condition.kind === 'between') return [nameAndValues('BETWEEN', condition.operand, [condition.low, condition.high])];
  if (condition.kind === 'function' && condition.name === 'begins_with') return [nameAndValues('begins_with', condition.args[0], [condition.args[1]])];
  if (condition.kind !== 'compare' || condition.operator === '<>') throw operatorError(condition);
  const mirrored = condition.left.kind === 'value';
  const operator = mirrored ? MIRROR.get(condition.operator)! : condition.operator;
  return [mirrored ? nameAndValues(operator, condition.right, [condition.left]) : nameAndValues(operator, condition.left, [condition.right])];
}

function operatorError(condition: Condition): AwsError {
  const name = condition.kind === 'compare' ? condition.operator : condition.kind === 'function' ? condition.name : condition.kind.toUpperCase();
  return validationError(`Invalid operator used in KeyConditionExpression: ${name}`);
}

function checked(part: KeyPart, term: Term): Term {
  for (const value of term.values) {
    if (typeOf(value) !== part.type) throw validationError('One or more parameter values were invalid: Condition parameter type does not match schema type');
    if (valueBytes(value) === 0) {
      throw validationError(`One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${part.name}`);
    }
  }
  return term;
}

/**
 * Parses a KeyConditionExpression for the key of a table or an index.
 * @throws ValidationException unless it is `partition = value` with at most one condition on the sort key
 */
export function parseKeyCondition(expression: string, scope: Scope, shape: KeyShape): KeyCondition {
  const found = terms(parseCondition('KeyConditionExpression', expression, scope));
  if (new Set(found.map((term) => term.name)).size !== found.length) {
    throw validationError('KeyConditionExpressions must only contain one condition per key');
  }
  const known = new Set(keyParts(shape).map((part) => part.name));
  const hash = found.find((term) => term.name === shape.hash.name);
  if (!hash) throw validationError(`Query condition missed key schema element: ${shape.hash.name}`);
  const stranger = found.find((term) => !known.has(term.name));
  if (stranger) {
    throw shape.range && found.length === 2 ? validationError(`Query condition missed key schema element: ${shape.range.name}`) : unsupported();
  }
  if (hash.operator !== '=') throw unsupported();
  const [value] = checked(shape.hash, hash).values;
  const sort = shape.range && found.find((term) => term.name === shape.range?.name);
  const term = sort && shape.range && checked(shape.range, sort);
  return { partition: keyText(value!), stretch: (entries) => (term ? stretchOf(entries, term) : [0, entries.length]) };
}

/** Order of an entry's sort key to a value of the same type. */
const order = (entry: Entry, value: AttributeValue): number => compareValues(entry.sort!, value) ?? 0;

function stretchOf(entries: readonly Entry[], { operator, values }: Term): readonly [number, number] {
  const low = values[0]!;
  const from = (value: AttributeValue): number => firstIndex(entries, (entry) => order(entry, value) >= 0);
  const behind = (value: AttributeValue): number => firstIndex(entries, (entry) => order(entry, value) > 0);
  switch (operator) {
    case '=':
      return [from(low), behind(low)];
    case '<':
      return [0, from(low)];
    case '<=':
      return [0, behind(low)];
    case '>':
      return [behind(low), entries.length];
    case '>=':
      return [from(low), entries.length];
    case 'BETWEEN':
      return [from(low), behind(values[1]!)];
    default:
      return [from(low), firstIndex(entries, (entry) => order(entry, low) > 0 && !beginsWith(entry.sort!, low))];
  }
}
