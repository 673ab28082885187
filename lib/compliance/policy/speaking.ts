import type { Resource } from '../template/types.ts';
import { namesAction } from './decide.ts';
import type { PolicyStatement } from './document.ts';
import type { ResourceStatement } from './resource-policies.ts';
import type { Truth } from './truth.ts';

/** A statement that may name an action, whether it surely does, and whether it does so for every resource and without conditions. */
export interface Speaking {
  readonly each: PolicyStatement;
  readonly named: Truth;
  readonly all: boolean;
}

const protectors = new WeakMap<readonly ResourceStatement[], Map<Resource, readonly ResourceStatement[]>>();

/** Statements that stand on a resource, or may. */
export function protecting(statements: readonly ResourceStatement[], to: Resource): readonly ResourceStatement[] {
  const known = protectors.get(statements) ?? new Map<Resource, readonly ResourceStatement[]>();
  protectors.set(statements, known);
  const found = known.get(to) ?? statements.filter(({ protects }) => protects.length === 0 || protects.includes(to));
  known.set(to, found);
  return found;
}

const spoken = { Allow: new WeakMap<readonly PolicyStatement[], Map<string, readonly Speaking[]>>(), Deny: new WeakMap<readonly PolicyStatement[], Map<string, readonly Speaking[]>>() };

/** Statements of an effect that may name an action; the same question comes for every store. */
export function speakingOf(statements: readonly PolicyStatement[], effect: 'Allow' | 'Deny', action: string): readonly Speaking[] {
  const known = spoken[effect].get(statements) ?? new Map<string, readonly Speaking[]>();
  spoken[effect].set(statements, known);
  const found = known.get(action) ?? statements.flatMap((each) => speaking(each, effect, action));
  known.set(action, found);
  return found;
}

function speaking(each: PolicyStatement, effect: 'Allow' | 'Deny', action: string): Speaking[] {
  const { statement } = each;
  const named = statement.effect === effect && namesAction(statement, action);
  return named === false ? [] : [{ each, named, all: statement.notResources === undefined && statement.resources.includes('*') && Object.keys(statement.conditions).length === 0 }];
}
