import type { Estate, Resource } from '../../template/types.ts';
import { memberOf, shown } from '../../template/value.ts';
import { reasonsOf, type Finding } from '../check.ts';
import { isAnyone, placedStatements } from '../resource-policies.ts';
import { isOpen } from './condition.ts';

/** Statements of a resource's policies that let in anybody, or of which that cannot be told; one PASS when there are none. */
export function openStatements(estate: Estate, resource: Resource): Finding[] {
  const statements = placedStatements(estate, resource);
  const expected = 'a named principal, or a condition on who comes';
  const found = statements.flatMap(({ property, part, value }): Finding[] => {
    const open = isOpen(estate, resource, value, isAnyone);
    if (open === false) return [];
    const finding = { property: `${property}.Statement`, part, expected, actual: `Principal ${shown(memberOf(value, 'Principal'))}, Condition ${shown(memberOf(value, 'Condition'))}` };
    return [open ? { ...finding, verdict: 'FAIL' } : { ...finding, actual: shown(value), verdict: 'UNKNOWN', note: `Whether the statement is open to anybody is not told by the template: ${value.kind === 'unknown' ? reasonsOf(value) : 'its principal or its condition is not known, or no condition of this rule'}.` }];
  });
  if (found.length > 0 || statements.length === 0) return found;
  return [{ verdict: 'PASS', property: statements[0]?.property ?? '', actual: `${statements.length} ${statements.length === 1 ? 'statement' : 'statements'}, none open to anybody`, expected }];
}
