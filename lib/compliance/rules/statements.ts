import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import { itemsOf, memberOf, textOf, type Value } from '../template/value.ts';
import { manyAt } from './check.ts';

/** Types that grant rights to identities. */
export const IDENTITY_POLICY_TYPES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy', 'AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'] as const;

/** A statement of a policy, and where it stands. */
export interface Statement {
  readonly resource: Resource;
  /** E.g. `Statement 2`, counted from 1 over all policies of the resource. */
  readonly part: string;
  readonly value: Value;
}

/** Statements that grant something to identities of the estate. What is not known in a policy is a statement too. */
export function grantsOf(estate: Estate): Statement[] {
  return estate.resources.filter(({ type }) => (IDENTITY_POLICY_TYPES as readonly string[]).includes(type)).flatMap((resource) => {
    const all = valueAt(estate, resource);
    const statements = ['PolicyDocument', 'Policies[].PolicyDocument'].flatMap((path) => manyAt(all, path)).flatMap((document) => (document.kind === 'unknown' ? [document] : itemsOf(memberOf(document, 'Statement'))));
    return statements.map((value, index) => ({ resource, part: `Statement ${index + 1}`, value })).filter(({ value }) => textOf(memberOf(value, 'Effect')) !== 'Deny');
  });
}

/** Whether a statement grants any of these actions (names without wildcards); undefined when it cannot be told. */
export function grants(statement: Value, actions: readonly string[]): boolean | undefined {
  if (statement.kind === 'unknown') return undefined;
  const patterns = itemsOf(memberOf(statement, 'Action'));
  if (patterns.some((pattern) => actions.some((action) => matches(textOf(pattern), action)))) return true;
  return patterns.some(({ kind }) => kind === 'unknown') || memberOf(statement, 'NotAction').kind !== 'absent' ? undefined : false;
}

function matches(pattern: string | undefined, action: string): boolean {
  if (pattern === undefined) return false;
  const [wanted, given] = [action.toLowerCase(), pattern.toLowerCase()];
  return new RegExp(`^${given.split('*').map((part) => part.split('?').map((piece) => piece.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)).join('.')).join('.*')}$`, 's').test(wanted);
}
