import type { AttributeType } from './attribute.ts';
import { ATTRIBUTE_TYPES, typeOf } from './attribute.ts';
import { compareValues } from './compare.ts';
import { Reader } from './reader.ts';
import type { Scope } from './scope.ts';
import type { Comparator, Condition, ConditionFunction, Operand } from './syntax.ts';
import { pathText } from './syntax.ts';

const COMPARATORS: readonly Comparator[] = ['=', '<>', '<', '<=', '>', '>='];
const FUNCTIONS: readonly ConditionFunction[] = ['attribute_exists', 'attribute_not_exists', 'attribute_type', 'begins_with', 'contains'];
const arityOf = (name: ConditionFunction): number => (name === 'attribute_exists' || name === 'attribute_not_exists' ? 1 : 2);
/** Conditions that stood in parentheses. */
const parenthesised = new WeakSet<Condition>();
/** Options of one IN. */
const MAX_IN = 100;

/**
 * Parses a condition, filter or key condition and checks what can be known without an item.
 * @throws ValidationException in DynamoDB's wording
 */
export function parseCondition(parameter: string, expression: string, scope: Scope): Condition {
  const reader = new Reader(parameter, expression, scope);
  const condition = disjunction(reader);
  reader.expectEnd();
  return condition;
}

function disjunction(reader: Reader): Condition {
  let left = conjunction(reader);
  while (reader.takeKeyword('OR')) left = { kind: 'or', left, right: conjunction(reader) };
  return left;
}

function conjunction(reader: Reader): Condition {
  let left = negation(reader);
  while (reader.takeKeyword('AND')) left = { kind: 'and', left, right: negation(reader) };
  return left;
}

function negation(reader: Reader): Condition {
  return reader.takeKeyword('NOT') ? { kind: 'not', condition: negation(reader) } : primary(reader);
}

function primary(reader: Reader): Condition {
  if (reader.takeOp('(')) {
    const condition = disjunction(reader);
    reader.expectOp(')');
    // `((a = :b))`, but not `((a = :b) AND (c = :d))`: the same node must not be in parentheses twice.
    if (parenthesised.has(condition)) throw reader.error('The expression has redundant parentheses;');
    parenthesised.add(condition);
    return condition;
  }
  if (reader.isCall() && reader.peek().text !== 'size') return call(reader);
  const left = operand(reader);
  if (reader.takeKeyword('BETWEEN')) return between(reader, left);
  if (reader.takeKeyword('IN')) return membership(reader, left);
  const token = reader.next();
  const operator = COMPARATORS.find((each) => token.kind === 'op' && each === token.text);
  if (!operator) throw reader.syntaxError(-1);
  const right = operand(reader);
  if (left.kind === 'path' && right.kind === 'path' && pathText(left) === pathText(right)) {
    throw reader.error(`The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${pathText(left)}`);
  }
  if (operator !== '=' && operator !== '<>') for (const each of [left, right]) expectType(reader, operator, each, ['S', 'N', 'B']);
  return { kind: 'compare', operator, left, right };
}

function operand(reader: Reader): Operand {
  const literal = reader.takeLiteral();
  if (literal) return literal;
  if (!reader.isCall()) return reader.path();
  const name = reader.next().text;
  if (FUNCTIONS.some((each) => each === name)) throw reader.error(`The function is not allowed to be used this way in an expression; function: ${name}`);
  if (name !== 'size') throw reader.error(`Invalid function name; function: ${name}`);
  const args = argumentsOf(reader);
  const [of] = args;
  if (args.length !== 1 || !of) throw wrongCount(reader, 'size', args.length);
  if (of.kind !== 'path') throw reader.error('Operator or function requires a document path; operator or function: size');
  return { kind: 'size', of };
}

function argumentsOf(reader: Reader): Operand[] {
  reader.expectOp('(');
  const args = [operand(reader)];
  while (reader.takeOp(',')) args.push(operand(reader));
  reader.expectOp(')');
  return args;
}

const wrongCount = (reader: Reader, name: string, count: number): Error =>
  reader.error(`Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${count}`);

function expectType(reader: Reader, name: string, value: Operand | undefined, allowed: readonly AttributeType[]): void {
  const type: AttributeType | undefined = value?.kind === 'value' ? typeOf(value.value) : value?.kind === 'size' ? 'N' : undefined;
  if (type !== undefined && !allowed.includes(type)) {
    throw reader.error(`Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`);
  }
}

function call(reader: Reader): Condition {
  const { text } = reader.next();
  const name = FUNCTIONS.find((each) => each === text);
  if (!name) throw reader.error(`Invalid function name; function: ${text}`);
  const args = argumentsOf(reader);
  const [first, second] = args;
  if (args.length !== arityOf(name)) throw wrongCount(reader, name, args.length);
  if (name.startsWith('attribute_') && first?.kind !== 'path') {
    throw reader.error(`Operator or function requires a document path; operator or function: ${name}`);
  }
  if (name === 'begins_with') for (const each of args) expectType(reader, name, each, ['S', 'B']);
  if (name === 'attribute_type') {
    expectType(reader, name, second, ['S']);
    const type = second?.kind === 'value' && 'S' in second.value ? second.value.S : undefined;
    if (!ATTRIBUTE_TYPES.some((each) => each === type)) {
      throw reader.error(`Invalid attribute type name found; type: ${type}, valid types: {${ATTRIBUTE_TYPES.join(',')}}`);
    }
  }
  return { kind: 'function', name, args };
}

function between(reader: Reader, value: Operand): Condition {
  const low = operand(reader);
  if (!reader.takeKeyword('AND')) throw reader.syntaxError();
  const high = operand(reader);
  for (const each of [value, low, high]) expectType(reader, 'BETWEEN', each, ['S', 'N', 'B']);
  if (low.kind === 'value' && high.kind === 'value') {
    const order = compareValues(low.value, high.value);
    const bounds = `lower bound operand: AttributeValue: ${JSON.stringify(low.value)}, upper bound operand: AttributeValue: ${JSON.stringify(high.value)}`;
    if (order === undefined) throw reader.error(`The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
    if (order > 0) throw reader.error(`The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`);
  }
  return { kind: 'between', operand: value, low, high };
}

function membership(reader: Reader, value: Operand): Condition {
  const options = argumentsOf(reader);
  if (options.length > MAX_IN) throw wrongCount(reader, 'IN', options.length + 1);
  return { kind: 'in', operand: value, options };
}
