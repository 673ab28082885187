import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import { itemsOf, memberOf, type Value } from '../template/value.ts';
import { documentOf, type PolicyStatement } from './document.ts';
import { hasHole, readable } from './hole.ts';
import type { Holder } from './holder.ts';
import { arnOf, nameOf, textIn } from './identity.ts';
import { KNOWN_POLICIES } from './known-policies.ts';
import { matches } from './match.ts';
import { outsidersIn } from './outsiders.ts';
import { resourceStatementsOf, type ResourceStatement } from './resource-policies.ts';
import { some, type Truth } from './truth.ts';

export type { Holder } from './holder.ts';

/** All policies of an estate. */
export interface Policies {
  readonly holders: readonly Holder[];
  /** Statements that stand on resources and say who is admitted; trust policies are with their roles. */
  readonly onResources: readonly ResourceStatement[];
  /** Those outside the templates whom statements on resources admit: other accounts, organisations, anybody. */
  readonly outsiders: readonly Holder[];
}

const known = new WeakMap<Estate, Policies>();

/** Policies of an estate; read once. Never throws. */
export function policiesOf(estate: Estate): Policies {
  const found = known.get(estate) ?? read(estate);
  known.set(estate, found);
  return found;
}

function read(estate: Estate): Policies {
  const holders = estate.resources.filter(({ type }) => IDENTITIES[type] !== undefined).map((role) => holderOf(estate, role));
  const onResources = resourceStatementsOf(estate);
  return { holders: holders.map((holder) => ({ ...holder, statements: [...holder.statements, ...throughGroups(estate, holder, holders)] })), onResources, outsiders: outsidersIn(estate, holders, onResources) };
}

/** By the type of an identity: what attaches policies to it, by type, and the property that names it there. */
const IDENTITIES: Readonly<Record<string, { readonly managed: string; readonly single: string; readonly singleName: string }>> = {
  'AWS::IAM::Role': { managed: 'Roles', single: 'AWS::IAM::RolePolicy', singleName: 'RoleName' },
  'AWS::IAM::User': { managed: 'Users', single: 'AWS::IAM::UserPolicy', singleName: 'UserName' },
  'AWS::IAM::Group': { managed: 'Groups', single: 'AWS::IAM::GroupPolicy', singleName: 'GroupName' },
};

function holderOf(estate: Estate, role: Resource): Holder {
  const all = valueAt(estate, role);
  const inline = itemsOf(memberOf(all, 'Policies')).flatMap((policy, index) => documentOf(estate, role, `Policies[${index}].PolicyDocument`, policy.kind === 'map' ? memberOf(policy, 'PolicyDocument') : policy));
  const listed = itemsOf(memberOf(all, 'ManagedPolicyArns')).flatMap((arn, index) => managed(estate, role, `ManagedPolicyArns[${index}]`, arn));
  const boundary = memberOf(all, 'PermissionsBoundary');
  return {
    role,
    arn: arnOf(estate, role),
    statements: [...inline, ...listed, ...attachedTo(estate, role)],
    ...(boundary.kind !== 'absent' && { boundary: managed(estate, role, 'PermissionsBoundary', boundary) }),
    trust: role.type === 'AWS::IAM::Role' ? documentOf(estate, role, 'AssumeRolePolicyDocument', memberOf(all, 'AssumeRolePolicyDocument')) : [],
  };
}

/** Policies of the estate that name the identity themselves. */
function attachedTo(estate: Estate, role: Resource): PolicyStatement[] {
  const how = IDENTITIES[role.type];
  if (how === undefined) return [];
  const name = nameOf(estate, role);
  return estate.resources.flatMap((policy) => {
    const property = policy.type === how.single ? how.singleName : policy.type === 'AWS::IAM::Policy' || policy.type === 'AWS::IAM::ManagedPolicy' ? how.managed : undefined;
    if (property === undefined) return [];
    const names = itemsOf(valueAt(estate, policy, property)).map((each) => (each.kind === 'reference' ? each.resource === role : matches(textIn(estate, policy, each), name)));
    if (!names.some((each) => each !== false)) return [];
    const statements = documentOf(estate, policy, 'PolicyDocument', valueAt(estate, policy, 'PolicyDocument'));
    return names.includes(true) ? statements : statements.map((each) => Object.assign(each, { uncertain: each.uncertain ?? `${policy.logicalId} is attached to an identity that the template does not name` }));
  });
}

/** What a user may besides, as a member of groups. */
function throughGroups(estate: Estate, { role: user }: Holder, holders: readonly Holder[]): PolicyStatement[] {
  if (user.type !== 'AWS::IAM::User') return [];
  const name = nameOf(estate, user);
  const isUser = (from: Resource, value: Value): Truth => (value.kind === 'reference' ? value.resource === user : matches(textIn(estate, from, value), name));
  const added = estate.resources.filter(({ type }) => type === 'AWS::IAM::UserToGroupAddition').flatMap((addition) => {
    const member = some(itemsOf(valueAt(estate, addition, 'Users')).map((value) => isUser(addition, value)));
    const condition = addition.attributes['Condition'];
    return member === false ? [] : [{ from: addition, property: 'GroupName', group: valueAt(estate, addition, 'GroupName'), sure: member === true && condition === undefined }];
  });
  const own = itemsOf(valueAt(estate, user, 'Groups')).map((group, index) => ({ from: user, property: `Groups[${index}]`, group, sure: true }));
  return [...own, ...added].filter(({ group }) => group.kind !== 'absent').flatMap(({ from, property, group, sure }) => {
    const told = textIn(estate, from, group);
    const holder = holders.find(({ role }) => role.type === 'AWS::IAM::Group' && (group.kind === 'reference' ? group.resource === role : matches(told, nameOf(estate, role)) === true));
    if (holder === undefined) return [untold(from, property, `what the group ${readable(told)} may is not in the template`)];
    return sure ? holder.statements : holder.statements.map((each) => ({ ...each, uncertain: each.uncertain ?? `whether ${user.logicalId} is a member of ${holder.role.logicalId} is not told by ${from.logicalId}` }));
  });
}

/** Rights that stand elsewhere: they may be any. */
function untold(source: Resource, property: string, uncertain: string): PolicyStatement {
  return { statement: { effect: 'Allow', actions: ['*'], resources: ['*'], conditions: {} }, source, property, uncertain };
}

/** Statements of a managed policy that is named by its ARN. */
function managed(estate: Estate, role: Resource, property: string, arn: Value): PolicyStatement[] {
  if (arn.kind === 'absent') return [];
  const own = arn.kind === 'reference' && arn.resource.type === 'AWS::IAM::ManagedPolicy' ? arn.resource : undefined;
  // One that names the identity itself too is read there.
  if (own !== undefined) return documentOf(estate, own, 'PolicyDocument', valueAt(estate, own, 'PolicyDocument'));
  const text = textIn(estate, role, arn);
  const told = hasHole(text) ? undefined : KNOWN_POLICIES[/^arn:[^:]*:iam::aws:(policy\/.*)$/.exec(text)?.[1] ?? ''];
  if (told !== undefined) return [{ statement: told, source: role, property }];
  return [untold(role, property, `the text of ${readable(text)} is not in the template`)];
}
