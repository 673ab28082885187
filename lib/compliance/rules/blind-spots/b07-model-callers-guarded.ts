import { shown } from '../../template/value.ts';
import { reasonsOf } from '../check.ts';
import { INVOKE } from '../models/callers.ts';
import type { Judgement, Rule } from '../rule.ts';
import { grants, grantsOf, IDENTITY_POLICY_TYPES, type Statement } from '../statements.ts';

const GUARD = ['bedrock:ApplyGuardrail'];
const EXPECTED = 'bedrock:ApplyGuardrail on a guardrail';

/** B07: who may call a model may also apply a guardrail. */
export const b07ModelCallersGuarded: Rule = {
  id: 'B07',
  pack: 'Blind-Spots',
  version: 1,
  references: ['GDPR Art. 25(1)', 'GDPR Art. 32(1)(b)'],
  title: 'Whoever may call a model may apply a guardrail',
  info: 'Looks at each policy that allows a model to be invoked. Passes when the same policy allows bedrock:ApplyGuardrail; UNKNOWN when only another policy does. Whether code then names the guardrail in its calls is not told by a template.',
  explanation: 'A call that names a guardrail is refused without bedrock:ApplyGuardrail: a policy that allows the model alone shows that its calls have no guardrail. Allow bedrock:ApplyGuardrail on the guardrail, and name the guardrail in each call.',
  looksAt: IDENTITY_POLICY_TYPES,
  judge: (estate) => {
    const statements = grantsOf(estate);
    const policies = [...new Set(statements.map(({ resource }) => resource))].map((resource) => statements.filter((statement) => statement.resource === resource));
    const elsewhere = statements.some(({ value }) => grants(value, GUARD) === true);
    const found = policies.flatMap((policy) => judged(policy, elsewhere));
    return found.length === 0 ? [{ verdict: 'NOT_APPLICABLE', note: 'No policy allows a model to be invoked.' }] : found;
  },
};

function judged(policy: readonly Statement[], elsewhere: boolean): Judgement[] {
  const [first] = policy;
  if (first === undefined) return [];
  if (!policy.some(({ value }) => grants(value, INVOKE) === true)) {
    const unclear = policy.filter(({ value }) => grants(value, INVOKE) === undefined);
    return unclear.map(({ resource, value, part }) => ({ resource, part, verdict: 'UNKNOWN', actual: shown(value), expected: EXPECTED, note: `Whether it allows a model to be invoked is not told by the template: ${reasonsOf(value)}.` }));
  }
  const guarded = new Set(policy.map(({ value }) => grants(value, GUARD)));
  const judgement = { resource: first.resource, property: 'PolicyDocument', expected: EXPECTED };
  if (guarded.has(true)) return [{ ...judgement, verdict: 'PASS', actual: 'models may be invoked, and guardrails applied' }];
  const unclear = guarded.has(undefined) || elsewhere;
  return [{ ...judgement, verdict: unclear ? 'UNKNOWN' : 'FAIL', actual: 'models may be invoked', ...(unclear && { note: 'Another statement or policy may allow it to the same role: put both into one policy.' }) }];
}
