import type { AttributeType, AttributeValue } from './attribute.ts';
import { typeOf } from './attribute.ts';
import { assertDisjoint } from './overlap.ts';
import { Reader } from './reader.ts';
import type { Scope } from './scope.ts';
import type { Path, Update, UpdateValue } from './syntax.ts';

const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
type Section = (typeof SECTIONS)[number];
/** Mutable while it is read. */
interface Draft {
  readonly set: { path: Path; value: UpdateValue }[];
  readonly remove: Path[];
  readonly add: { path: Path; value: AttributeValue }[];
  readonly delete: { path: Path; value: AttributeValue }[];
}

/**
 * Parses an update expression.
 * @throws ValidationException in DynamoDB's wording, for overlapping paths and repeated sections too
 */
export function parseUpdate(expression: string, scope: Scope): Update {
  const reader = new Reader('UpdateExpression', expression, scope);
  const update: Draft = { set: [], remove: [], add: [], delete: [] };
  const seen = new Set<Section>();
  while (reader.peek().kind !== 'end') {
    const section = SECTIONS.find((each) => reader.takeKeyword(each));
    if (!section) throw reader.syntaxError();
    if (seen.has(section)) throw reader.error(`The "${section}" section can only be used once in an update expression;`);
    seen.add(section);
    do action(reader, section, update);
    while (reader.takeOp(','));
  }
  assertDisjoint(reader, updatedPaths(update));
  return update;
}

/** All paths that an update touches, in the order of its sections. */
export const updatedPaths = (update: Update): Path[] => [
  ...update.set.map((each) => each.path),
  ...update.remove,
  ...update.add.map((each) => each.path),
  ...update.delete.map((each) => each.path),
];

function action(reader: Reader, section: Section, update: Draft): void {
  const path = reader.path();
  if (section === 'REMOVE') {
    update.remove.push(path);
  } else if (section === 'SET') {
    reader.expectOp('=');
    update.set.push({ path, value: sum(reader) });
  } else {
    const literal = reader.takeLiteral();
    if (!literal) throw reader.syntaxError();
    const allowed: readonly AttributeType[] = section === 'ADD' ? ['N', 'SS', 'NS', 'BS'] : ['SS', 'NS', 'BS'];
    const type = typeOf(literal.value);
    if (!allowed.includes(type)) {
      throw reader.error(`Incorrect operand type for operator or function; operator: ${section}, operand type: ${type}`);
    }
    (section === 'ADD' ? update.add : update.delete).push({ path, value: literal.value });
  }
}

function sum(reader: Reader): UpdateValue {
  const left = operand(reader);
  const kind = reader.takeOp('+') ? '+' : reader.takeOp('-') ? '-' : undefined;
  if (!kind) return left;
  const right = operand(reader);
  for (const each of [left, right]) expectType(reader, kind, each, 'N');
  return { kind, left, right };
}

function operand(reader: Reader): UpdateValue {
  const literal = reader.takeLiteral();
  if (literal) return literal;
  if (!reader.isCall()) return reader.path();
  const name = reader.next().text;
  if (name !== 'if_not_exists' && name !== 'list_append') throw reader.error(`Invalid function name; function: ${name}`);
  const args = argumentsOf(reader);
  const [first, second] = args;
  if (args.length !== 2 || !first || !second) {
    throw reader.error(`Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${args.length}`);
  }
  if (name === 'if_not_exists') {
    if (first.kind !== 'path') throw reader.error('Operator or function requires a document path; operator or function: if_not_exists');
    return { kind: 'if_not_exists', path: first, fallback: second };
  }
  for (const each of args) expectType(reader, 'list_append', each, 'L');
  return { kind: 'list_append', first, second };
}

function argumentsOf(reader: Reader): UpdateValue[] {
  reader.expectOp('(');
  const args = [operand(reader)];
  while (reader.takeOp(',')) args.push(operand(reader));
  reader.expectOp(')');
  return args;
}

function expectType(reader: Reader, name: string, value: UpdateValue, allowed: AttributeType): void {
  if (value.kind === 'value' && typeOf(value.value) !== allowed) {
    throw reader.error(`Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${typeOf(value.value)}`);
  }
}
