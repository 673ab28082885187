import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, memberOf, shown, textOf, type Value } from '../../template/value.ts';
import { anyOf } from '../answers.ts';
import { isSet, reasonsOf, type Finding } from '../check.ts';
import { documentOf } from '../document.ts';
import { FEEDER_TYPES, feederOf } from '../logs/fed.ts';
import { asPersonal } from '../personal.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::Logs::LogGroup'];
const EXPECTED = 'a statement that masks: Operation.Deidentify with data identifiers';

/** G11: log groups that user text can reach mask personal data. */
export const g11LogMasking: Rule = {
  id: 'G11',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 25(1)', 'GDPR Art. 32(1)(a)'],
  title: 'Log groups that user text can reach mask personal data',
  info: 'Looks at each log group that functions, API stages, state machines, firewalls, pipes, rules, containers or bots write to, and at those that bear the name of such a log. Passes when its DataProtectionPolicy, or one of the account in the same template, has a statement with Deidentify and at least one data identifier. A log group that is tagged with a data class that is not personal is left out, as is one that nothing of the kind writes to. A log group that is not in the template at all is judged by G02.',
  explanation: 'A line of log is written for an error nobody foresaw, and holds what somebody typed. A data protection policy masks addresses, numbers and keys for all who have no logs:Unmask. Set DataProtectionPolicy with an Audit and a Deidentify statement (`dataProtectionPolicy` of the construct), or tag the log group with a data class that is not personal if no user text can reach it.',
  looksAt: [...TYPES, 'AWS::Logs::AccountPolicy', ...FEEDER_TYPES],
  judge: each(TYPES, (group, estate, parameters) => {
    const { fed, by } = feederOf(estate, group);
    if (fed === false) return { verdict: 'NOT_APPLICABLE', note: 'Nothing that handles requests writes to it.' };
    return asPersonal(estate, group, parameters, () => {
      const finding = masking(estate, group);
      if (fed === true) return { ...finding, note: [finding.note, `User text can reach it: ${by}.`].filter(Boolean).join(' ') };
      return finding.verdict === 'PASS' ? finding : { ...finding, verdict: 'UNKNOWN', note: `Whether user text can reach it is not told by the template: ${by}.` };
    });
  }),
};

function masking(estate: Estate, group: Resource): Finding {
  const given = valueAt(estate, group, 'DataProtectionPolicy');
  const finding = { property: 'DataProtectionPolicy', expected: EXPECTED };
  const own = masks(documentOf(given));
  if (own === true) return { ...finding, verdict: 'PASS', actual: 'a policy that masks' };
  const account = estate.resources.filter(({ type, stack }) => type === 'AWS::Logs::AccountPolicy' && stack.region === group.stack.region && stack.account === group.stack.account);
  const policies = account.map((policy) => valueAt(estate, policy)).filter((policy) => ['DATA_PROTECTION_POLICY', undefined].includes(textOf(memberOf(policy, 'PolicyType'))));
  const shared = anyOf(policies.map((policy) => masks(documentOf(memberOf(policy, 'PolicyDocument')))));
  if (shared === true) return { ...finding, verdict: 'PASS', actual: 'a policy of the account that masks' };
  if (own === undefined || shared === undefined) return { ...finding, verdict: 'UNKNOWN', actual: shown(given), note: `Not told by the template: ${own === undefined ? reasonsOf(given) : 'the policy of the account'}.` };
  return { ...finding, verdict: 'FAIL', actual: given.kind === 'absent' ? 'absent' : 'a policy that does not mask' };
}

/** Whether a data protection policy has a statement that masks something; undefined when it cannot be told. */
function masks(document: Value): boolean | undefined {
  if (document.kind === 'unknown') return undefined;
  const statements = itemsOf(memberOf(document, 'Statement'));
  return anyOf(statements.map((statement) => {
    if (statement.kind === 'unknown') return undefined;
    const [operation, identifiers] = [memberOf(statement, 'Operation.Deidentify'), isSet(memberOf(statement, 'DataIdentifier'))];
    return operation.kind === 'absent' ? false : operation.kind === 'unknown' ? undefined : identifiers;
  }));
}
