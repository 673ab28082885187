import type { AttributeValue, Item } from './attribute.ts';
import { get } from './attribute.ts';
import { assertDisjoint } from './overlap.ts';
import { Reader } from './reader.ts';
import type { Scope } from './scope.ts';
import type { Path } from './syntax.ts';

/** Paths as a tree. An empty node takes all that is below it. */
export interface Projection {
  readonly children: ReadonlyMap<string | number, Projection>;
}
interface Node {
  readonly children: Map<string | number, Node>;
}

/** Parses a projection expression. @throws ValidationException in DynamoDB's wording */
export function parseProjection(expression: string, scope: Scope): Projection {
  const reader = new Reader('ProjectionExpression', expression, scope);
  const paths = [reader.path()];
  while (reader.takeOp(',')) paths.push(reader.path());
  reader.expectEnd();
  assertDisjoint(reader, paths);
  return projectionOf(paths);
}

/** The tree of some paths. */
export function projectionOf(paths: readonly Path[]): Projection {
  const root: Node = { children: new Map() };
  for (const path of paths) {
    let node = root;
    for (const step of path.steps) {
      const next: Node = node.children.get(step) ?? { children: new Map() };
      node.children.set(step, next);
      node = next;
    }
  }
  return root;
}

/** Only the projected attributes of an item. List elements keep their order and close up. */
export function project(projection: Projection, item: Item): Item {
  const entries: [string, AttributeValue][] = [];
  for (const [name, node] of projection.children) {
    const value = get(item, String(name));
    const kept = value && pick(node, value);
    if (kept) entries.push([String(name), kept]);
  }
  return Object.fromEntries(entries);
}

function pick(node: Projection, value: AttributeValue): AttributeValue | undefined {
  if (node.children.size === 0) return value;
  if ('M' in value) {
    const inner = project(node, value.M);
    return Object.keys(inner).length > 0 ? { M: inner } : undefined;
  }
  if (!('L' in value)) return undefined;
  const kept: AttributeValue[] = [];
  for (const [step, child] of [...node.children].toSorted(([a], [b]) => Number(a) - Number(b))) {
    const element = typeof step === 'number' ? value.L[step] : undefined;
    const inner = element && pick(child, element);
    if (inner) kept.push(inner);
  }
  return kept.length > 0 ? { L: kept } : undefined;
}
