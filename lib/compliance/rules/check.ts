import { ABSENT, itemsOf, memberOf, shown, type Value } from '../template/value.ts';
import type { Resource } from '../template/types.ts';
import type { Judgement } from './rule.ts';

/** What a rule found at a place that the caller knows. */
export type Finding = Omit<Judgement, 'resource'>;

/** Something inside a value: a literal, a text, a reference or what is not known, with the path to it. */
export interface Leaf {
  readonly path: string;
  readonly value: Value;
}

/** Judges one value: `passes` says true, false, or undefined when it cannot be told. What is not known is never asked about: it is UNKNOWN. */
export function check(property: string, value: Value, expected: string, passes: (value: Value) => boolean | undefined, more: Pick<Finding, 'note' | 'part'> = {}): Finding {
  const answer = value.kind === 'unknown' ? undefined : passes(value);
  const verdict = answer === undefined ? 'UNKNOWN' : answer ? 'PASS' : 'FAIL';
  return { verdict, property, actual: shown(value), expected, ...more, ...(answer === undefined && { note: [more.note, `Not told by the template: ${reasonsOf(value)}.`].filter(Boolean).join(' ') }) };
}

/** Whether something stands there: true for what is set, undefined for what depends. */
export function isSet(value: Value): boolean | undefined {
  const parts = value.kind === 'text' ? value.parts : value.kind === 'list' ? value.items : [];
  if (value.kind === 'unknown' || (parts.length > 0 && parts.every(({ kind }) => kind === 'unknown'))) return undefined;
  return value.kind !== 'absent' && !(value.kind === 'literal' && value.value === '') && !(value.kind === 'list' && value.items.length === 0);
}

/** A finding at a place. */
export function found(resource: Resource, finding: Finding, part = finding.part): Judgement {
  return { resource, ...finding, ...(part !== undefined && { part }) };
}

/** A test of one literal: false for what is absent or of another kind, undefined for what is not known. */
export function literal(fits: (text: string) => boolean): (value: Value) => boolean | undefined {
  return (value) => (value.kind === 'literal' ? fits(String(value.value)) : value.kind === 'absent' || value.kind === 'list' || value.kind === 'map' ? false : undefined);
}

/** Whether a value is true. */
export const isTrue = literal((text) => text.toLowerCase() === 'true');

/** Why a value is not known: what its unknown parts say, or the references and pseudo parameters that it is made of. */
export function reasonsOf(value: Value): string {
  const leaves = leavesOf(value).map((leaf) => leaf.value);
  const unknown = leaves.flatMap((leaf) => (leaf.kind === 'unknown' ? [leaf.why] : leaf.kind === 'text' ? leaf.parts.flatMap((part) => (part.kind === 'unknown' ? [part.why] : [])) : []));
  return [...new Set(unknown)].slice(0, 5).join('; ') || shown(value);
}

/** Values at a path through lists (`Rules[].Destination.Bucket`); what is not known on the way stands for all below it. */
export function manyAt(value: Value, path: string): readonly Value[] {
  return path.split('.').reduce<readonly Value[]>((found, segment) => found.flatMap((each) => {
    const member = memberOf(each, segment.replace('[]', ''));
    return segment.endsWith('[]') ? itemsOf(member) : [member];
  }), [value]).filter(({ kind }) => kind !== 'absent');
}

/** Everything inside a value, in its order. */
export function leavesOf(value: Value, path = ''): readonly Leaf[] {
  if (value.kind === 'list') return value.items.flatMap((item, index) => leavesOf(item, `${path}[${index}]`));
  if (value.kind === 'map') return Object.entries(value.members).flatMap(([name, member]) => leavesOf(member, path === '' ? name : `${path}.${name}`));
  return value.kind === 'absent' ? [] : [{ path, value }];
}

/** A value as text in full length, with `<…>` for each part that is no literal: `<unknown>`, `<LogicalId>`, `<AWS.Region>` (no colon, so that ARNs keep their parts). */
export function patternOf(value: Value): string {
  if (value.kind === 'text') return value.parts.map(patternOf).join('');
  if (value.kind === 'literal') return String(value.value);
  return value.kind === 'absent' ? '' : `<${value.kind === 'unknown' ? 'unknown' : value.kind === 'pseudo' ? value.name.replace('::', '.') : value.kind === 'reference' ? value.resource.logicalId : value.kind}>`;
}

/** Member of a map by a name that may hold dots, e.g. that of an environment variable; not known inside what is not known. */
export function named(value: Value, name: string): Value {
  return value.kind === 'map' && Object.hasOwn(value.members, name) ? (value.members[name] ?? ABSENT) : value.kind === 'unknown' ? value : ABSENT;
}
