import type { Resource } from '../template/types.ts';
import type { Value } from '../template/value.ts';
import { leavesOf } from './check.ts';

/** Resources that a value refers to, inside lists, maps and texts too. */
export function referencesIn(value: Value): Resource[] {
  return leavesOf(value).flatMap(({ value: leaf }) => (leaf.kind === 'text' ? leaf.parts : [leaf])).flatMap((part) => (part.kind === 'reference' ? [part.resource] : part.kind === 'text' || part.kind === 'list' || part.kind === 'map' ? referencesIn(part) : []));
}

/** Whether a value is not known, or a text of which a part is not. */
export function holdsUnknownPart(value: Value): boolean {
  return value.kind === 'unknown' || (value.kind === 'text' && value.parts.some(holdsUnknownPart));
}
