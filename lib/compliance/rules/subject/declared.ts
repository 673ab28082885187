import { policiesOf, type Holder } from '../../policy/policies.ts';
import type { Estate, Resource } from '../../template/types.ts';
import type { Parameters } from '../parameters.ts';

/** What a role is declared for. */
export type Duty = keyof Parameters['dataSubjectRoles'];

/** Whether an identity is declared for a duty, by a part of its logical id or path. */
export function isDeclared({ logicalId, path }: Resource, { dataSubjectRoles }: Parameters, duties: readonly Duty[]): boolean {
  return duties.some((duty) => dataSubjectRoles[duty].some((part) => part !== '' && (logicalId.includes(part) || path.includes(part))));
}

/** What an identity is declared for, as a reviewer reads it: `declared for erase and export`; empty for most. */
export function declaredWords(identity: Resource, parameters: Parameters): string {
  const duties = (['erase', 'export', 'support'] satisfies Duty[]).filter((duty) => isDeclared(identity, parameters, [duty]));
  return duties.length === 0 ? '' : `declared for ${duties.join(' and ')}`;
}

/** Identities of an estate that are declared for a duty. */
export function declaredFor(estate: Estate, parameters: Parameters, duty: Duty): Holder[] {
  return policiesOf(estate).holders.filter(({ role }) => isDeclared(role, parameters, [duty]));
}
