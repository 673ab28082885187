import type { EstateModel, Resource } from '../../../../local/assembly/model.ts';
import type { Statement } from '../../../../lib/compliance/policy/statement.ts';
import { statementsOf } from '../../../../lib/compliance/policy/statement.ts';

/** A role of an environment and all that its policies say. */
export interface RoleGrants {
  /** What readers call it: its function, or its logical id. */
  readonly holder: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
  /** Managed policies of AWS or others, whose text is in no template. */
  readonly foreignPolicies: readonly string[];
}

/** Every role of an environment. */
export function rolesOf(model: EstateModel): RoleGrants[] {
  const policies = model.ofType('AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy');
  const functions = model.ofType('AWS::Lambda::Function');
  return model.ofType('AWS::IAM::Role').map((role) => {
    const arn = role.attribute('Arn');
    const attached = policies.filter((policy) => listOf(policy.get('Roles')).concat(policy.get('RoleName') ?? []).includes(role.ref));
    const inline = listOf(role.get('Policies')).map((policy) => (policy as { PolicyDocument: unknown }).PolicyDocument);
    return {
      holder: functions.find((fn) => fn.get('Role') === arn)?.ref ?? role.logicalId,
      arn,
      statements: [...inline, ...attached.map((policy) => policy.get('PolicyDocument'))].flatMap(statementsOf),
      foreignPolicies: listOf(role.get('ManagedPolicyArns')).map(String).filter((each) => !policies.some((policy) => policy.type === 'AWS::IAM::ManagedPolicy' && policy.ref === each)),
    };
  });
}

/** ARN of the role that a function runs under. */
export const roleOf = (fn: Resource): string => String(fn.get('Role'));

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
