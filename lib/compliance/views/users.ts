import { readable } from '../policy/hole.ts';
import { policiesOf, type Holder } from '../policy/policies.ts';
import { referencesIn } from '../rules/references.ts';
import { runsAs } from '../rules/subject/runs-as.ts';
import type { Estate, Resource } from '../template/types.ts';

/** Resources that run as an identity of the estate: those that name it where a role belongs. */
export function usersOf(estate: Estate): ReadonlyMap<Resource, readonly Resource[]> {
  const known = found.get(estate) ?? search(estate);
  found.set(estate, known);
  return known;
}

const found = new WeakMap<Estate, Map<Resource, Resource[]>>();

function search(estate: Estate): Map<Resource, Resource[]> {
  const roles = new Set(policiesOf(estate).holders.map(({ role }) => role));
  const users = new Map<Resource, Resource[]>([...roles].map((role) => [role, []]));
  for (const resource of estate.resources) {
    for (const role of new Set(runsAs(estate, resource).flatMap(referencesIn))) users.get(role)?.push(resource);
  }
  return users;
}

/** Services and accounts that may take a role, as its trust policy says; for somebody outside the templates, what admits him. */
export function takersOf({ trust, outside }: Holder): readonly string[] {
  if (outside !== undefined) return [`outside the templates, admitted by ${[...new Set(outside.admittedBy.filter(({ statement }) => statement.effect === 'Allow').map(({ source }) => source.logicalId))].join(', ')}`];
  return [...new Set(trust.filter(({ statement }) => statement.effect === 'Allow').flatMap(({ statement }) => Object.values(statement.principals ?? {}).flat()).map(readable))];
}
