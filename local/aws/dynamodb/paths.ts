import { validationError } from '../errors.ts';
import type { AttributeValue, Item } from './attribute.ts';
import { get, withAttribute, withoutAttribute } from './attribute.ts';
import type { Path } from './syntax.ts';

const INVALID = 'The document path provided in the update expression is invalid for update';
type Steps = readonly (string | number)[];

function child(value: AttributeValue, step: string | number): AttributeValue | undefined {
  if (typeof step === 'number') return 'L' in value ? value.L[step] : undefined;
  return 'M' in value ? get(value.M, step) : undefined;
}

/** Value at a path, or undefined. */
export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  let value: AttributeValue | undefined = get(item, String(path.steps[0]));
  for (let i = 1; value && i < path.steps.length; i += 1) value = child(value, path.steps[i]!);
  return value;
}

/**
 * Copy of the item with the value at a path set. An index past the end of its list appends.
 * @throws ValidationException when the parent is missing or of another type
 */
export const setAt = (item: Item, path: Path, value: AttributeValue): Item => change(item, path.steps, value);

/** Copy of the item without the value at a path. @throws as `setAt` */
export const removeAt = (item: Item, path: Path): Item => change(item, path.steps, undefined);

function change(item: Item, steps: Steps, value: AttributeValue | undefined): Item {
  const [first, ...rest] = steps;
  const name = String(first);
  if (rest.length > 0) {
    const parent = get(item, name);
    if (!parent) throw validationError(INVALID);
    return withAttribute(item, name, changeInside(parent, rest, value));
  }
  return value ? withAttribute(item, name, value) : withoutAttribute(item, name);
}

function changeInside(parent: AttributeValue, steps: Steps, value: AttributeValue | undefined): AttributeValue {
  const [step, ...rest] = steps;
  if (typeof step === 'string') {
    if (!('M' in parent)) throw validationError(INVALID);
    return { M: change(parent.M, steps, value) };
  }
  if (!('L' in parent)) throw validationError(INVALID);
  const index = Number(step);
  const elements = [...parent.L];
  const element = elements[index];
  if (rest.length > 0) {
    if (!element) throw validationError(INVALID);
    elements[index] = changeInside(element, rest, value);
  } else if (!value) elements.splice(index, 1);
  else if (index < elements.length) elements[index] = value;
  else elements.push(value);
  return { L: elements };
}
