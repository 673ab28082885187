import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, memberOf, shown, textOf, type Value } from '../../template/value.ts';
import { check, leavesOf, patternOf, type Finding } from '../check.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::Scheduler::Schedule'];

/** B19: a schedule runs with a role that only Scheduler of this account may take. */
export const b19ScheduleRole: Rule = {
  id: 'B19',
  pack: 'Blind-Spots',
  version: 1,
  references: ['GDPR Art. 32(1)(b)', 'HIPAA 164.312(a)(1)'],
  title: 'The role of a schedule can be taken by Scheduler of this account alone',
  info: 'Looks at the role of Target.RoleArn. Passes when each statement that trusts scheduler.amazonaws.com has a condition on aws:SourceAccount or aws:SourceArn. A role outside the estate is UNKNOWN.',
  explanation: 'Without the condition a schedule of another account can make Scheduler use the role: the confused deputy. Give the trust policy a condition on aws:SourceAccount or aws:SourceArn of the schedule group.',
  looksAt: TYPES,
  judge: each(TYPES, (schedule, estate) => {
    const role = valueAt(estate, schedule, 'Target.RoleArn');
    if (role.kind === 'reference' && role.resource.type === 'AWS::IAM::Role') return trust(estate, role.resource);
    return check('Target.RoleArn', role, 'a role of the estate', (value) => (value.kind === 'absent' ? false : undefined), { note: 'What the role trusts stands outside the templates.' });
  }),
};

function trust(estate: Estate, role: Resource): Finding {
  const document = valueAt(estate, role, 'AssumeRolePolicyDocument');
  const trusting = itemsOf(memberOf(document, 'Statement')).filter((statement) => textOf(memberOf(statement, 'Effect')) !== 'Deny');
  const answers = document.kind === 'unknown' ? [undefined] : trusting.map(conditioned);
  const verdict = answers.includes(false) || answers.length === 0 ? 'FAIL' : answers.includes(undefined) ? 'UNKNOWN' : 'PASS';
  return { verdict, property: 'Target.RoleArn', actual: `${role.logicalId} trusts ${shown(memberOf(document, 'Statement'))}`, expected: 'scheduler.amazonaws.com on condition of aws:SourceAccount or aws:SourceArn', ...(verdict === 'UNKNOWN' && { note: 'A part of the trust policy is not told by the template.' }) };
}

function conditioned(statement: Value): boolean | undefined {
  if (statement.kind === 'unknown') return undefined;
  const principals = leavesOf(memberOf(statement, 'Principal')).map(({ value }) => value);
  if (principals.some((principal) => principal.kind === 'unknown')) return undefined;
  if (principals.some((principal) => patternOf(principal) === '*')) return false;
  if (!principals.some((principal) => patternOf(principal) === 'scheduler.amazonaws.com')) return true;
  const condition = memberOf(statement, 'Condition');
  if (condition.kind === 'map') return Object.values(condition.members).some((keys) => keys.kind === 'map' && Object.keys(keys.members).some((name) => /^aws:Source(Account|Arn)$/i.test(name))) ? true : leavesOf(condition).some(({ value }) => value.kind === 'unknown') ? undefined : false;
  return condition.kind === 'unknown' ? undefined : false;
}
