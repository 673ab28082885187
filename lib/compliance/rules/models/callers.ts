import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, memberOf, textOf, type Value } from '../../template/value.ts';
import { referencesIn } from '../references.ts';
import { grants, grantsOf } from '../statements.ts';

/** Actions that send text to a model. */
export const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:InvokeModelWithBidirectionalStream'];

/** An identity that may, or cannot be told not to, call models. */
export interface Caller {
  /** A role; the policy itself where it is attached to nothing of the estate. */
  readonly holder: Resource;
  /** All that it is granted. */
  readonly statements: readonly Value[];
  /** Those of them that let it call models. */
  readonly invoking: readonly Value[];
  /** Resources that run as it. */
  readonly users: readonly Resource[];
}

/** Who may call models. Roles that only Bedrock itself runs as are left out: their agent, flow or knowledge base is asked instead. */
export function callersOf(estate: Estate): Caller[] {
  const held = new Map<Resource, Value[]>();
  for (const { resource, value } of grantsOf(estate)) {
    for (const holder of holdersOf(estate, resource)) held.set(holder, [...(held.get(holder) ?? []), value]);
  }
  const callers = [...held].map(([holder, statements]) => ({ holder, statements, invoking: statements.filter((statement) => grants(statement, INVOKE) === true && !onlyEmbeds(statement)) })).filter(({ invoking }) => invoking.length > 0);
  // Every resource is read for whom it runs as: only where somebody calls models.
  if (callers.length === 0) return [];
  const users = estate.resources.filter(({ type }) => !type.startsWith('AWS::IAM::')).map((resource) => ({ resource, roles: new Set(referencesIn(valueAt(estate, resource))) }));
  const runAs = (holder: Resource): Resource[] => users.filter(({ roles }) => roles.has(holder)).map(({ resource }) => resource);
  return callers.map(({ holder, statements, invoking }): Caller => ({ holder, statements, invoking, users: runAs(holder) })).filter(({ users: runs }) => runs.length === 0 || !runs.every(({ type }) => type.startsWith('AWS::Bedrock::')));
}

function holdersOf(estate: Estate, policy: Resource): readonly Resource[] {
  if (policy.type === 'AWS::IAM::Role') return [policy];
  const all = valueAt(estate, policy);
  const named = ['Roles', 'RoleName'].flatMap((name) => referencesIn(memberOf(all, name)));
  const naming = estate.resources.filter(({ type }) => type === 'AWS::IAM::Role').filter((role) => referencesIn(valueAt(estate, role, 'ManagedPolicyArns')).includes(policy));
  const holders = [...new Set([...named, ...naming])];
  return holders.length === 0 ? [policy] : holders;
}

/** Models that make vectors take no guardrail. */
function onlyEmbeds(statement: Value): boolean {
  const resources = itemsOf(memberOf(statement, 'Resource'));
  return resources.length > 0 && resources.every((resource) => /embed/i.test(resource.kind === 'text' ? resource.parts.map((part) => textOf(part) ?? '').join('') : (textOf(resource) ?? '')));
}
