import { textIn } from '../../policy/identity.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, memberOf, textOf, type Value } from '../../template/value.ts';
import { anyOf, type Answer } from '../answers.ts';
import { demands, namesSomebody } from './somebody.ts';

/** Whether a condition of a resource's policy narrows down who may come; undefined when it cannot be told, or its keys are not known here. */
export function narrows(estate: Estate, resource: Resource, condition: Value): Answer {
  if (condition.kind !== 'map') return condition.kind === 'unknown' ? undefined : false;
  return anyOf(Object.entries(condition.members).flatMap(([operator, keys]) => {
    if (keys.kind !== 'map') return [keys.kind === 'unknown' ? undefined : false];
    // What holds for all but some, or where the key is missing, lets others in.
    return Object.entries(keys.members).map(([key, value]) => (demands(operator) ? namesSomebody(key, itemsOf(value).map((item) => textIn(estate, resource, item)), 'principal') : false));
  }));
}

/** Whether a statement of a resource's policy lets anybody at all do something; undefined when it cannot be told. */
export function isOpen(estate: Estate, resource: Resource, statement: Value, anyone: (principal: Value) => boolean | undefined): boolean | undefined {
  if (statement.kind === 'unknown') return undefined;
  const effect = memberOf(statement, 'Effect');
  if (effect.kind === 'literal' && textOf(effect) !== 'Allow') return false;
  const everybody = memberOf(statement, 'NotPrincipal').kind === 'absent' ? anyone(memberOf(statement, 'Principal')) : true;
  if (everybody === false) return false;
  const narrowed = narrows(estate, resource, memberOf(statement, 'Condition'));
  return narrowed === true ? false : everybody === undefined || narrowed === undefined || effect.kind === 'unknown' ? undefined : true;
}
