import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import { holdsUnknown, type Value } from '../template/value.ts';
import { patternOf } from './check.ts';

/** Types that make a log group with a retention; the toolkit writes the second for functions with `logRetention`. */
export const LOG_GROUP_TYPES = ['AWS::Logs::LogGroup', 'Custom::LogRetention'] as const;

/** Where something logs to: a log group of the estate, one that is not among its templates, another kind of store, or what cannot be told. */
export type LogTarget = { readonly kind: 'group'; readonly resource: Resource } | { readonly kind: 'foreign' | 'other' | 'unknown' };

/** Log groups of an estate. */
export function logGroups(estate: Estate): Resource[] {
  return estate.resources.filter(({ type }) => (LOG_GROUP_TYPES as readonly string[]).includes(type));
}

/** The log group that a property points at, by reference, by ARN or by name. */
export function logTarget(estate: Estate, value: Value): LogTarget {
  const referred = referencesIn(value);
  const group = referred.find(({ type }) => (LOG_GROUP_TYPES as readonly string[]).includes(type));
  if (group !== undefined) return { kind: 'group', resource: group };
  if (value.kind === 'reference') return { kind: 'other' };
  if (holdsUnknown(value) || (value.kind !== 'literal' && value.kind !== 'text')) return { kind: 'unknown' };
  const text = patternOf(value);
  const name = /:log-group:(?<name>.+?)(?::\*)?$/.exec(text)?.groups?.['name'] ?? text;
  if (name.startsWith('arn:')) return { kind: 'other' };
  return logGroupNamed(estate, [name]);
}

/** The log group of one of some names, each as {@link patternOf} writes it. `unknown` when none fits, but a name among them or that of a log group cannot be told. */
export function logGroupNamed(estate: Estate, names: readonly string[]): LogTarget {
  const named = logGroups(estate).map((resource) => ({ resource, name: valueAt(estate, resource, 'LogGroupName') }));
  const found = named.find(({ name }) => !holdsUnknown(name) && names.includes(patternOf(name)));
  if (found !== undefined) return { kind: 'group', resource: found.resource };
  return { kind: named.some(({ name }) => holdsUnknown(name)) || (named.length > 0 && names.some((name) => name.includes('<unknown>'))) ? 'unknown' : 'foreign' };
}

function referencesIn(value: Value): readonly Resource[] {
  if (value.kind === 'reference') return [value.resource];
  return value.kind === 'text' ? value.parts.flatMap(referencesIn) : [];
}
