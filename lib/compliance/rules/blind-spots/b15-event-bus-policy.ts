import { valueAt } from '../../template/resolve.ts';
import { itemsOf, memberOf, shown, textOf, type Value } from '../../template/value.ts';
import { check, leavesOf, patternOf, type Finding } from '../check.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::Events::EventBusPolicy', 'AWS::Events::EventBus'];
const EXPECTED = 'named principals';

/** B15: not everybody may put events on a bus. */
export const b15EventBusPolicy: Rule = {
  id: 'B15',
  pack: 'Blind-Spots',
  version: 1,
  references: ['GDPR Art. 32(1)(b)', 'HIPAA 164.312(c)(1)'],
  title: 'No policy of an event bus allows everybody',
  info: 'Looks at each statement of EventBusPolicy and of the Policy of an EventBus. Passes when no principal is `*`, or when a condition confines it to an organisation, an account or a source.',
  explanation: 'Whoever may put events on the bus feeds every rule behind it with what they like. Name the accounts, or confine `*` by a condition on aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn.',
  looksAt: TYPES,
  judge: each(TYPES, (resource, estate) => {
    const all = valueAt(estate, resource);
    const old = memberOf(all, 'Principal');
    if (resource.type === 'AWS::Events::EventBusPolicy' && old.kind !== 'absent') return judged(old, memberOf(all, 'Condition'), 'Principal');
    const policy = resource.type === 'AWS::Events::EventBus' ? memberOf(all, 'Policy') : all;
    if (policy.kind === 'unknown') return check('Policy', policy, EXPECTED, () => undefined);
    const statements = itemsOf(memberOf(policy, 'Statement'));
    if (statements.length === 0) return { verdict: 'PASS', property: 'Policy', actual: 'absent', expected: EXPECTED, note: 'Without a policy only its own account may put events.' };
    return statements.map((statement, index) => Object.assign(ofStatement(statement), { part: `Statement ${index + 1}` }));
  }),
};

function ofStatement(statement: Value): Finding {
  if (statement.kind === 'unknown') return check('Statement', statement, EXPECTED, () => undefined);
  if (textOf(memberOf(statement, 'Effect')) === 'Deny') return { verdict: 'PASS', property: 'Statement.Effect', actual: 'Deny', expected: EXPECTED };
  const other = memberOf(statement, 'NotPrincipal');
  if (other.kind !== 'absent') return { verdict: 'FAIL', property: 'Statement.NotPrincipal', actual: shown(other), expected: EXPECTED };
  return judged(memberOf(statement, 'Principal'), memberOf(statement, 'Condition'), 'Statement.Principal');
}

const CONFINING = /^(aws:PrincipalOrg(ID|Paths)|aws:Source(Account|Arn|OrgID|OrgPaths)|aws:PrincipalAccount|aws:PrincipalArn)$/i;

function judged(principal: Value, condition: Value, property: string): Finding {
  return check(property, principal, EXPECTED, () => {
    const leaves = leavesOf(principal).map(({ value }) => value);
    if (!leaves.some((leaf) => patternOf(leaf) === '*')) return leaves.some(({ kind }) => kind === 'unknown') || leaves.length === 0 ? undefined : true;
    return condition.kind === 'absent' ? false : confined(condition);
  });
}

/** Whether a condition confines who it may be; undefined where it cannot be told. */
function confined(condition: Value): boolean | undefined {
  // The older form of a bus policy has one condition: { Type: StringEquals, Key: aws:PrincipalOrgID, Value }.
  const key = textOf(memberOf(condition, 'Key'));
  if (key !== undefined) return CONFINING.test(key) ? narrow(memberOf(condition, 'Value')) : false;
  if (condition.kind !== 'map') return undefined;
  const tests = Object.entries(condition.members).flatMap(([operator, keys]) => (keys.kind === 'map' ? Object.entries(keys.members).map(([name, value]) => ({ operator, name, value })) : [{ operator, name: '', value: keys }]));
  const answers = new Set(tests.filter(({ operator, name, value }) => value.kind === 'unknown' || (CONFINING.test(name) && /^(String|Arn)(Equals|Like)/.test(operator) && !operator.endsWith('IfExists'))).map(({ value }) => narrow(value)));
  return answers.has(true) ? true : answers.has(undefined) ? undefined : false;
}

function narrow(value: Value): boolean | undefined {
  const items = itemsOf(value);
  if (items.some((item) => patternOf(item) === '*')) return false;
  return items.length === 0 ? false : items.some(({ kind }) => kind === 'unknown') ? undefined : true;
}
