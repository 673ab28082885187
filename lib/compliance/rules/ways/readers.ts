import { accountOf } from '../../policy/identity.ts';
import { hasHole } from '../../policy/hole.ts';
import { outsidersIn } from '../../policy/outsiders.ts';
import { policiesOf, type Holder } from '../../policy/policies.ts';
import { reaches } from '../../policy/reach.ts';
import { RESOURCE_POLICY_TYPES } from '../../policy/resource-policies.ts';
import { STORE_ACTIONS } from '../../policy/store-actions.ts';
import type { Estate, Resource } from '../../template/types.ts';
import type { WayOut } from './way-out.ts';

/** Types whose policies may let others read. */
export const READER_TYPES = [...RESOURCE_POLICY_TYPES.filter((type) => type !== 'AWS::Lambda::Permission'), 'AWS::IAM::Role'];

/** What is read by way of a type, in words. */
const GIVES: Readonly<Record<string, string>> = { 'AWS::KMS::Key': 'what lies under the key', 'AWS::KMS::ReplicaKey': 'what lies under the key', 'AWS::IAM::Role': 'all that the role may do' };

/** Actions by which somebody gets content of a resource; empty for what keeps none. */
function readsOf({ type }: Resource): readonly string[] {
  if (type === 'AWS::KMS::Key' || type === 'AWS::KMS::ReplicaKey') return ['kms:Decrypt'];
  const kinds = STORE_ACTIONS[type]?.kinds ?? {};
  return [...(kinds['read one'] ?? []), ...(kinds['read many'] ?? [])];
}

/** Others whom policies let read a store, decrypt with a key, or take a role: accounts, organisations, anybody, and whom the template does not tell. Each once for a resource. */
export function readers(estate: Estate): WayOut[] {
  const { holders, outsiders } = policiesOf(estate);
  const trusts = holders.flatMap(({ role, trust }) => trust.filter(({ statement }) => statement.effect === 'Allow').map((each) => ({ ...each, protects: [role] })));
  const takers = outsidersIn(estate, holders, trusts);
  return [...outsiders.flatMap((one) => reading(estate, one)), ...takers.flatMap((one) => namedBy(estate, one).map((role) => wayOf(one, role, one.outside?.admittedBy.find(({ protects }) => protects.includes(role))?.uncertain)))].filter(({ resource, reader }) => reader?.account !== accountOf(resource));
}

function reading(estate: Estate, one: Holder): WayOut[] {
  return namedBy(estate, one).flatMap((resource) => {
    const answers = readsOf(resource).map((action) => reaches(estate, one, resource, action));
    const allowed = answers.find(({ decision }) => decision === 'allow') ?? answers.find(({ decision }) => decision === 'unknown');
    return allowed === undefined ? [] : [wayOf(one, resource, allowed.decision === 'unknown' ? (allowed.why ?? 'its policy') : undefined)];
  });
}

/** Resources that statements admit somebody to; all of the estate where one says by itself which they are. */
function namedBy(estate: Estate, { outside }: Holder): readonly Resource[] {
  const allowing = (outside?.admittedBy ?? []).filter(({ statement }) => statement.effect === 'Allow');
  return allowing.some(({ protects }) => protects.length === 0) ? estate.resources : [...new Set(allowing.flatMap(({ protects }) => protects))];
}

function wayOf({ role: who, arn }: Holder, resource: Resource, uncertain: string | undefined): WayOut {
  const account = [who.logicalId, arn.split(':')[4] ?? ''].find((text) => /^\d+$/.test(text));
  const unbound = account !== undefined && resource.stack.account === undefined ? 'which account the template is deployed to is not told' : undefined;
  const unsure = uncertain ?? unbound ?? (hasHole(who.logicalId) ? 'a value that is not told names it' : undefined);
  return { resource, property: resource.type === 'AWS::IAM::Role' ? 'AssumeRolePolicyDocument' : 'its policy', value: { kind: 'literal', value: who.path }, data: GIVES[resource.type] ?? 'all that it holds', from: [resource], reader: { who: who.path, ...(account !== undefined && { account }), ...(unsure !== undefined && { unsure }) } };
}
