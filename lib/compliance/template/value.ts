import type { Resource } from './types.ts';

/** What a property is, as far as the template tells. */
export type Value =
  | { readonly kind: 'absent' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'map'; readonly members: Readonly<Record<string, Value>> }
  /** `Ref` (no attribute) or `Fn::GetAtt` of a resource of the estate, also through outputs and exports of its stacks. */
  | { readonly kind: 'reference'; readonly resource: Resource; readonly attribute?: string }
  /** Text put together of parts, of which at least one is no literal. */
  | { readonly kind: 'text'; readonly parts: readonly Value[] }
  /** A pseudo parameter whose value the template does not fix, e.g. `AWS::AccountId`. */
  | { readonly kind: 'pseudo'; readonly name: string }
  /** An intrinsic that cannot be resolved: a parameter, a condition, a dynamic reference. `why` names it. */
  | { readonly kind: 'unknown'; readonly why: string };

/** Nothing there. */
export const ABSENT: Value = { kind: 'absent' };

/** The text of a value; undefined when it is not known. */
export function textOf(value: Value): string | undefined {
  return value.kind === 'literal' ? String(value.value) : undefined;
}

/** The number of a value; undefined when it is none, or not known. CloudFormation takes numbers as text as well. */
export function numberOf(value: Value): number | undefined {
  if (value.kind !== 'literal' || value.value === '' || typeof value.value === 'boolean') return undefined;
  const number = Number(value.value);
  return Number.isFinite(number) ? number : undefined;
}

/** True or false; undefined when it is neither, or not known. CloudFormation takes both as text as well. */
export function booleanOf(value: Value): boolean | undefined {
  const text = textOf(value)?.toLowerCase();
  if (text === 'true') return true;
  return text === 'false' ? false : undefined;
}

/** Items of a list; a single value is a list of one, as CloudFormation takes it. Empty for what is absent. */
export function itemsOf(value: Value): readonly Value[] {
  if (value.kind === 'list') return value.items;
  return value.kind === 'absent' ? [] : [value];
}

/** A member of a map, by a path of names (`A.B`); unknown inside what is unknown, absent where there is none. */
export function memberOf(value: Value, path: string): Value {
  let found = value;
  for (const name of path.split('.')) {
    if (found.kind === 'unknown') return found;
    if (found.kind !== 'map') return ABSENT;
    found = Object.hasOwn(found.members, name) ? (found.members[name] ?? ABSENT) : (generatedIn(found.members) ?? ABSENT);
  }
  return found;
}

/** What a macro may add to a map (`Fn::Transform`, `Fn::ForEach::…` beside other members) is not known. */
function generatedIn(members: Readonly<Record<string, Value>>): Value | undefined {
  const macro = Object.keys(members).find((name) => /^Fn::(Transform$|ForEach::)/.test(name));
  return macro === undefined ? undefined : { kind: 'unknown', why: `${macro} may add it` };
}

/** Whether any part of a value is not known. */
export function holdsUnknown(value: Value): boolean {
  if (value.kind === 'list') return value.items.some(holdsUnknown);
  if (value.kind === 'map') return Object.values(value.members).some(holdsUnknown);
  if (value.kind === 'text') return value.parts.some(holdsUnknown);
  return value.kind === 'unknown';
}

/** A value as a reviewer reads it, in at most 200 characters. */
export function shown(value: Value): string {
  const text = written(value);
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}

function written(value: Value): string {
  switch (value.kind) {
    case 'absent':
      return 'absent';
    case 'literal':
      return String(value.value);
    case 'list':
      return `[${value.items.map(written).join(', ')}]`;
    case 'map':
      return `{${Object.entries(value.members).map(([name, member]) => `${name}: ${written(member)}`).join(', ')}}`;
    case 'reference':
      return `<${value.resource.logicalId}${value.attribute === undefined ? '' : `.${value.attribute}`}>`;
    case 'text':
      return value.parts.map(written).join('');
    case 'pseudo':
      return `<${value.name}>`;
    case 'unknown':
      return `not known (${value.why})`;
    default:
      return value satisfies never;
  }
}
