import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { holdsUnknown, itemsOf, memberOf, textOf, type Value } from '../../template/value.ts';
import { leavesOf, patternOf } from '../check.ts';
import type { Judgement, Rule } from '../rule.ts';

const ROLE = 'AWS::IAM::Role';
const WATCHERS = ['AWS::Events::Rule', 'AWS::Logs::MetricFilter', 'AWS::CloudWatch::Alarm'];
const NAMES = /break-?_?glass|emergency/i;

/** H03: there is a way in for an emergency, and somebody hears when it is used. */
export const h03EmergencyAccess: Rule = {
  id: 'H03',
  pack: 'HIPAA-Additions',
  version: 1,
  references: ['HIPAA 164.312(a)(2)(ii)'],
  title: 'A role for emergencies exists, and its use raises an alarm',
  info: 'Looks for roles that are named break-glass or emergency. Passes when something that watches (an EventBridge rule, a metric filter or an alarm) names the role, and when its trust policy asks for MFA. Without such a role it is MANUAL: it may stand outside the templates.',
  explanation: 'When sign-in is down, care must still get at the data; whoever uses that way must know that it is seen. Make a role that a few people may take with MFA, and an EventBridge rule on AssumeRole of it that tells the security contact.',
  looksAt: [ROLE, ...WATCHERS],
  judge: (estate) => {
    const roles = estate.resources.filter((resource) => resource.type === ROLE && (NAMES.test(resource.logicalId) || NAMES.test(resource.path) || NAMES.test(patternOf(valueAt(estate, resource, 'RoleName')))));
    if (roles.length === 0) return [{ verdict: 'MANUAL', actual: 'no such role in the templates', expected: 'a role for emergencies, with an alarm', note: 'Evidence wanted: which role gives access in an emergency, who may take it, the alarm on its use, and the date of the last exercise.' }];
    return roles.flatMap((role) => [watched(estate, role)].concat(factors(estate, role)));
  },
};

function watched(estate: Estate, role: Resource): Judgement {
  const name = textOf(valueAt(estate, role, 'RoleName'));
  const watchers = estate.resources.filter(({ type }) => WATCHERS.includes(type)).map((resource) => ({ resource, all: valueAt(estate, resource) }));
  const watcher = watchers.find(({ all }) => leavesOf(all).some(({ value }) => names(value, role, name)));
  const judgement = { resource: role, part: 'Alarm', expected: 'a rule, filter or alarm that names the role' };
  if (watcher !== undefined) return { ...judgement, verdict: 'PASS', actual: watcher.resource.logicalId };
  const unclear = watchers.some(({ all }) => holdsUnknown(all));
  return { ...judgement, verdict: unclear ? 'UNKNOWN' : 'FAIL', actual: 'none', ...(unclear && { note: 'A rule, filter or alarm depends on what the template does not tell, and may name it.' }) };
}

function names(value: Value, role: Resource, name: string | undefined): boolean {
  if (value.kind === 'reference') return value.resource === role;
  if (value.kind === 'text') return value.parts.some((part) => names(part, role, name));
  return name !== undefined && textOf(value)?.includes(name) === true;
}

function factors(estate: Estate, role: Resource): Judgement[] {
  return itemsOf(valueAt(estate, role, 'AssumeRolePolicyDocument.Statement')).filter((statement) => textOf(memberOf(statement, 'Effect')) !== 'Deny').map((statement, index) => {
    const condition = memberOf(statement, 'Condition');
    const asked = leavesOf(condition).some(({ path, value }) => /^(Bool|NumericLessThan(Equals)?)\.aws:MultiFactorAuth(Present|Age)/.test(path) && textOf(value)?.toLowerCase() !== 'false' && value.kind === 'literal');
    const unclear = holdsUnknown(statement.kind === 'unknown' ? statement : condition);
    const judgement = { resource: role, part: `Trust ${index + 1}`, property: 'AssumeRolePolicyDocument', actual: asked ? 'MFA is asked for' : 'MFA is not asked for', expected: 'a condition on aws:MultiFactorAuthPresent' };
    return asked || !unclear ? Object.assign(judgement, { verdict: asked ? 'PASS' : 'FAIL' } as const) : Object.assign(judgement, { verdict: 'UNKNOWN', note: 'The condition is not told by the template.' } as const);
  });
}
