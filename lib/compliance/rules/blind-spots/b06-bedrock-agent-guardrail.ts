import { valueAt } from '../../template/resolve.ts';
import { memberOf, type Value } from '../../template/value.ts';
import { check, isSet } from '../check.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::Bedrock::Agent'];

/** B06: agents answer behind a guardrail, of a version that does not change under them. */
export const b06BedrockAgentGuardrail: Rule = {
  id: 'B06',
  pack: 'Blind-Spots',
  version: 1,
  references: ['GDPR Art. 25(1)', 'GDPR Art. 32(1)(b)'],
  title: 'Every agent has a guardrail, in a numbered version',
  info: 'Passes when GuardrailConfiguration names a guardrail and a version that is not DRAFT.',
  explanation: 'An agent without a guardrail answers whatever it is led to. DRAFT changes with every edit of the guardrail, so that what was tested is not what runs. Set GuardrailIdentifier and the number of a GuardrailVersion.',
  looksAt: TYPES,
  judge: each(TYPES, (agent, estate) => {
    const configuration = valueAt(estate, agent, 'GuardrailConfiguration');
    const found = check('GuardrailConfiguration.GuardrailIdentifier', memberOf(configuration, 'GuardrailIdentifier'), 'a guardrail', isSet);
    return found.verdict === 'PASS' ? check('GuardrailConfiguration.GuardrailVersion', memberOf(configuration, 'GuardrailVersion'), 'a numbered version', isNumbered) : found;
  }),
};

function isNumbered(version: Value): boolean | undefined {
  if (version.kind === 'literal') return /^\d+$/.test(String(version.value));
  if (version.kind === 'reference') return version.resource.type === 'AWS::Bedrock::GuardrailVersion' ? true : undefined;
  return version.kind === 'absent' ? false : undefined;
}
