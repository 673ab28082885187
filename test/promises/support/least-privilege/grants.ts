import { covers, decide } from '../../../../lib/compliance/policy/decide.ts';
import type { Statement } from '../../../../lib/compliance/policy/statement.ts';
import type { Use } from './in-its-name.ts';
import type { RoleGrants } from './roles.ts';

/** Actions that know no resources: their resource can only be a star. One that no role has fails the promise. */
export const WITHOUT_RESOURCES: Readonly<Record<string, string>> = {
  'xray:PutTraceSegments': 'AWS X-Ray offers no resource types for what sends traces (Service Authorization Reference).',
  'xray:PutTelemetryRecords': 'AWS X-Ray offers no resource types for what sends traces (Service Authorization Reference).',
  'comprehend:DetectPiiEntities': 'Amazon Comprehend offers no resource type for detection in a text (Service Authorization Reference).',
  'ec2:CreateNetworkInterface': 'Made by Lambda for functions in a VPC; the interface has no id before, and the code of the function is denied the action.',
  'ec2:DescribeNetworkInterfaces': 'Amazon EC2 offers no resource types for actions that describe.',
  'ec2:DescribeSubnets': 'Amazon EC2 offers no resource types for actions that describe.',
  'ec2:DeleteNetworkInterface': 'The interface has no id before Lambda makes it, and the code of the function is denied the action.',
  'ec2:AssignPrivateIpAddresses': 'The interface has no id before Lambda makes it, and the code of the function is denied the action.',
  'ec2:UnassignPrivateIpAddresses': 'The interface has no id before Lambda makes it, and the code of the function is denied the action.',
};

/** One action on one resource, of a statement that allows. */
export interface Grant {
  readonly holder: string;
  readonly action: string;
  readonly resource: string;
  readonly statement: Statement;
}

/** Every action on every resource that a role is allowed. */
export function grantsOf({ holder, statements }: RoleGrants): Grant[] {
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => statement.actions.flatMap((action) => statement.resources.map((resource) => ({ holder, action, resource, statement }))));
}

/** A grant as a line of a failure: who may do what to what, and when. */
export function wordsOf({ holder, action, resource, statement: { conditions } }: Grant): string {
  return `${holder}: ${action} on ${resource}${Object.keys(conditions).length === 0 ? '' : ` when ${JSON.stringify(conditions)}`}`;
}

/** Uses that a role is not certainly allowed, as lines. */
export function ungranted(roles: readonly RoleGrants[], uses: readonly Use[]): string[] {
  return uses.flatMap((use) => {
    const role = roles.find(({ arn }) => arn === use.role);
    const decision = role === undefined ? 'deny' : decide(role.statements, use);
    return decision === 'allow' ? [] : [`${role?.holder ?? use.role}: ${use.action} on ${use.resource} in ${JSON.stringify(use.context)}: ${decision}`];
  });
}

/** Grants that no use needs, as lines. */
export function unused(roles: readonly RoleGrants[], uses: readonly Use[]): string[] {
  return roles.flatMap((role) => {
    const own = uses.filter((use) => use.role === role.arn);
    return grantsOf(role).filter(({ action, resource, statement }) => !own.some((use) => covers({ ...statement, actions: [action], resources: [resource] }, use) === true)).map(wordsOf);
  });
}

/** What is wider than it need be in a role, as lines: a star in an action, all but some, a star in a resource that could have a name, and policies of others. */
export function tooWide(role: RoleGrants): string[] {
  const negative = role.statements.filter(({ effect, notActions, notResources }) => effect === 'Allow' && (notActions !== undefined || notResources !== undefined));
  const grants = grantsOf(role).filter(({ action, resource }) => /[*?]/.test(action) || !isNarrow(action, resource));
  return [...role.foreignPolicies.map((arn) => `${role.holder}: all that ${arn} says`), ...negative.map((statement) => `${role.holder}: all but ${JSON.stringify(statement)}`), ...grants.map(wordsOf)];
}

/** The ARN of a log group ends in a star, which stands for its streams. */
const LOG_GROUP = /^arn:aws:logs:[^:*?]+:[^:*?]+:log-group:[^:*?]+:\*$/;

function isNarrow(action: string, resource: string): boolean {
  if (resource === '*') return Object.hasOwn(WITHOUT_RESOURCES, action);
  return !/[*?]/.test(resource) || LOG_GROUP.test(resource);
}
