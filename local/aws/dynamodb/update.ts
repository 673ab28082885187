import { validationError } from '../errors.ts';
import type { AttributeValue, Item } from './attribute.ts';
import { addNumbers, subtractNumbers } from './number.ts';
import { removeAt, setAt, valueAt } from './paths.ts';
import type { Path, Update, UpdateValue } from './syntax.ts';

const WRONG_TYPE = 'An operand in the update expression has an incorrect data type';

/**
 * The item after an update. All right-hand sides see the item as it was; list indexes mean the list as it was.
 * @throws ValidationException for operands of the wrong type, missing operands and paths without a parent
 */
export function applyUpdate(update: Update, item: Item): Item {
  const values = update.set.map(({ path, value }) => ({ path, value: evaluate(value, item) }));
  let result = item;
  // Ascending, so that several indexes past the end append in order.
  for (const { path, value } of values.toSorted((a, b) => comparePaths(a.path, b.path))) result = setAt(result, path, value);
  for (const { path, value } of update.add) result = setAt(result, path, add(valueAt(item, path), value));
  const removed = [...update.remove];
  for (const { path, value } of update.delete) {
    const left = subtract(valueAt(item, path), value);
    if (left === undefined) removed.push(path);
    else if (left !== 'unchanged') result = setAt(result, path, left);
  }
  // Last and descending: a removed element moves those behind it.
  for (const path of removed.toSorted((a, b) => comparePaths(b, a))) result = removeAt(result, path);
  return result;
}

/** A total order in which indexes of one list are ascending. */
function comparePaths(a: Path, b: Path): number {
  for (let i = 0; i < Math.min(a.steps.length, b.steps.length); i += 1) {
    const left = a.steps[i]!;
    const right = b.steps[i]!;
    if (typeof left === 'number' && typeof right === 'number' && left !== right) return left - right;
    if (left !== right) return String(left) < String(right) ? -1 : 1;
  }
  return a.steps.length - b.steps.length;
}

function evaluate(value: UpdateValue, item: Item): AttributeValue {
  switch (value.kind) {
    case 'value':
      return value.value;
    case 'path': {
      const found = valueAt(item, value);
      if (!found) throw validationError('The provided expression refers to an attribute that does not exist in the item');
      return found;
    }
    case 'if_not_exists':
      return valueAt(item, value.path) ?? evaluate(value.fallback, item);
    case 'list_append': {
      const first = evaluate(value.first, item);
      const second = evaluate(value.second, item);
      if (!('L' in first && 'L' in second)) throw validationError(WRONG_TYPE);
      return { L: [...first.L, ...second.L] };
    }
    case '+':
    case '-':
    default: {
      const left = evaluate(value.left, item);
      const right = evaluate(value.right, item);
      if (!('N' in left && 'N' in right)) throw validationError(WRONG_TYPE);
      return { N: value.kind === '+' ? addNumbers(left.N, right.N) : subtractNumbers(left.N, right.N) };
    }
  }
}

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];
const without = (a: readonly string[], b: readonly string[]): string[] => a.filter((each) => !b.includes(each));

function add(present: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (!present) return value;
  if ('N' in present && 'N' in value) return { N: addNumbers(present.N, value.N) };
  if ('SS' in present && 'SS' in value) return { SS: union(present.SS, value.SS) };
  if ('NS' in present && 'NS' in value) return { NS: union(present.NS, value.NS) };
  if ('BS' in present && 'BS' in value) return { BS: union(present.BS, value.BS) };
  throw validationError(WRONG_TYPE);
}

/** What is left of a set; undefined when nothing is, because there are no empty sets. */
function subtract(present: AttributeValue | undefined, value: AttributeValue): AttributeValue | undefined | 'unchanged' {
  if (!present) return 'unchanged';
  if ('SS' in present && 'SS' in value) return nonEmpty('SS', without(present.SS, value.SS));
  if ('NS' in present && 'NS' in value) return nonEmpty('NS', without(present.NS, value.NS));
  if ('BS' in present && 'BS' in value) return nonEmpty('BS', without(present.BS, value.BS));
  throw validationError(WRONG_TYPE);
}

function nonEmpty(type: 'SS' | 'NS' | 'BS', members: readonly string[]): AttributeValue | undefined {
  if (members.length === 0) return undefined;
  if (type === 'SS') return { SS: members };
  return type === 'NS' ? { NS: members } : { BS: members };
}
