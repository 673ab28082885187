import { generatorsOf } from '../template/expansion.ts';
import type { Estate } from '../template/types.ts';
import type { Rule } from '../rules/rule.ts';
import { byCode } from './order.ts';
import type { Outcome, Unexamined } from './types.ts';

/**
 * Types of an estate that no rule looked at, with their resources: a report without failures says nothing of them. A rule of ours looks at the types
 * that it names; a stock rule looked at what it gave a verdict for. What `Fn::ForEach` or a macro makes among the resources is listed too.
 */
export function unexaminedTypes(estate: Estate, rules: readonly Rule[], outcomes: readonly Outcome[]): Unexamined[] {
  const examined = new Set([...rules.flatMap(({ looksAt }) => looksAt), ...outcomes.flatMap(({ place, verdict }) => (place === undefined || verdict === 'NOT_APPLICABLE' ? [] : [place.type]))]);
  const found = new Map<string, string[]>();
  const add = (type: string, resource: string): unknown => found.set(type, [...(found.get(type) ?? []), resource]);
  for (const { type, path } of estate.resources) if (!examined.has(type)) add(type, path);
  for (const { name, template } of estate.stacks) for (const generator of generatorsOf(template['Resources'])) add(/^Fn::[A-Za-z]*/.exec(generator)?.[0] ?? generator, `${name}/${generator}`);
  return [...found].map(([type, resources]) => ({ type, resources: resources.toSorted(byCode) })).toSorted((a, b) => byCode(a.type, b.type));
}
