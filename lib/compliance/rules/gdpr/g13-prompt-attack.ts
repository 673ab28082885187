import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, memberOf, shown, textOf } from '../../template/value.ts';
import { allOf, verdictOf } from '../answers.ts';
import { isTrue, literal, reasonsOf, type Finding } from '../check.ts';
import { agentGuarded, callerGuarded, flowGuarded } from '../models/attached.ts';
import { callersOf } from '../models/callers.ts';
import type { Judgement, Rule } from '../rule.ts';
import { IDENTITY_POLICY_TYPES } from '../statements.ts';

const FILTERS = 'ContentPolicyConfig.FiltersConfig';
const JUDGES: Readonly<Record<string, (estate: Estate, resource: Resource) => Finding | readonly Finding[]>> = {
  'AWS::Bedrock::Guardrail': promptAttack,
  'AWS::Bedrock::Agent': agentGuarded,
  'AWS::Bedrock::Flow': flowGuarded,
};

/** G13: a guardrail stands before every model, and stops prompt attacks. */
export const g13PromptAttack: Rule = {
  id: 'G13',
  pack: 'GDPR',
  version: 2,
  references: ['GDPR Art. 32(1)(b)'],
  title: 'A guardrail stands before every model, with the prompt attack filter at HIGH on input',
  info: 'Passes for a guardrail whose filter PROMPT_ATTACK has InputStrength HIGH and is neither turned off nor set to report only; for an agent, and for each node of a flow that asks a model, that names a guardrail; and for a role that may call models when its policy allows that with bedrock:GuardrailIdentifier alone, or when it may apply a guardrail and what runs as it names one. Models that make vectors are left out. A model elsewhere, which the parameter modelWithoutGuardrail declares, is MANUAL.',
  explanation: 'Text that comes from users and documents can tell a model to give away what it knows of others. Set InputStrength HIGH for PROMPT_ATTACK, name the guardrail in each agent, flow and caller, and make the policy of callers demand it (condition bedrock:GuardrailIdentifier).',
  looksAt: [...Object.keys(JUDGES), ...IDENTITY_POLICY_TYPES],
  judge: (estate, { modelWithoutGuardrail: reason }) => {
    const direct = estate.resources.flatMap((resource): Judgement[] => [JUDGES[resource.type]?.(estate, resource) ?? []].flat().map(placed(resource)));
    const callers = callersOf(estate).map((caller) => placed(caller.holder)(callerGuarded(estate, caller)));
    const elsewhere: Judgement[] = reason === undefined ? [] : [{ verdict: 'MANUAL', part: 'Model elsewhere', actual: 'declared to have no guardrail', expected: 'a guardrail, or what stands in its place', note: `Declared: ${reason} Evidence wanted: what keeps prompt attacks and personal data from passing.` }];
    const found = [...direct, ...callers, ...elsewhere];
    return found.length === 0 ? [{ verdict: 'NOT_APPLICABLE', note: 'Nothing calls a model, and there is no guardrail.' }] : found;
  },
};

/** The finding as a judgement on a resource. */
const placed = (resource: Resource) => (finding: Finding): Judgement => ({ ...finding, resource });

function promptAttack(estate: Estate, guardrail: Resource): Finding {
  const filters = valueAt(estate, guardrail, FILTERS);
  const [filter, ...more] = itemsOf(filters).filter((item) => textOf(memberOf(item, 'Type')) === 'PROMPT_ATTACK');
  const open = itemsOf(filters).some((item) => item.kind === 'unknown' || memberOf(item, 'Type').kind === 'unknown');
  const finding = { property: FILTERS, expected: 'PROMPT_ATTACK with InputStrength HIGH, which blocks' };
  if (filter === undefined || more.length > 0) {
    return open ? { ...finding, verdict: 'UNKNOWN', actual: shown(filters), note: `Not told by the template: ${reasonsOf(filters)}.` } : { ...finding, verdict: 'FAIL', actual: filter === undefined ? 'no filter PROMPT_ATTACK' : 'several filters PROMPT_ATTACK' };
  }
  const [strength, action, enabled] = [memberOf(filter, 'InputStrength'), memberOf(filter, 'InputAction'), memberOf(filter, 'InputEnabled')];
  const verdict = verdictOf(allOf([literal((text) => text === 'HIGH')(strength), action.kind === 'absent' || literal((text) => text === 'BLOCK')(action), enabled.kind === 'absent' || isTrue(enabled)]));
  return { ...finding, verdict, actual: `InputStrength ${shown(strength)}, InputAction ${shown(action)}, InputEnabled ${shown(enabled)}`, ...(verdict === 'UNKNOWN' && { note: `Not told by the template: ${reasonsOf(filter)}.` }) };
}
