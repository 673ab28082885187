import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { textOf, type Value } from '../../template/value.ts';

/** Path of a resource of a REST API, through its parents (`/v1/conversations/{id}`); undefined when a part of it is not told. */
export function pathOf(estate: Estate, at: Value, depth = 0): string | undefined {
  // Parents that go round in a circle end here.
  if (at.kind !== 'reference' || depth > 50) return undefined;
  if (at.attribute === 'RootResourceId') return '/';
  if (at.resource.type !== 'AWS::ApiGateway::Resource') return undefined;
  const parent = pathOf(estate, valueAt(estate, at.resource, 'ParentId'), depth + 1);
  const part = textOf(valueAt(estate, at.resource, 'PathPart'));
  return parent === undefined || part === undefined ? undefined : `${parent === '/' ? '' : parent}/${part}`;
}

/** Path of a method. */
export function methodPath(estate: Estate, method: Resource): string | undefined {
  return pathOf(estate, valueAt(estate, method, 'ResourceId'));
}
