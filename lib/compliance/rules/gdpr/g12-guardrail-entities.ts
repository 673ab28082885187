import { valueAt } from '../../template/resolve.ts';
import { itemsOf, memberOf, shown, textOf, type Value } from '../../template/value.ts';
import { allOf, anyOf, type Answer } from '../answers.ts';
import { isTrue, literal, reasonsOf } from '../check.ts';
import { MINIMUM_ENTITIES } from '../models/pii.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::Bedrock::Guardrail'];
const PROPERTY = 'SensitiveInformationPolicyConfig.PiiEntitiesConfig';

/** G12: guardrails act on a minimum set of personal data. */
export const g12GuardrailEntities: Rule = {
  id: 'G12',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 5(1)(c)', 'GDPR Art. 25(1)'],
  title: 'Each guardrail masks or blocks a minimum set of personal data in answers',
  info: `Passes when SensitiveInformationPolicyConfig names each of ${MINIMUM_ENTITIES.join(', ')} with an action on output: ANONYMIZE or BLOCK in OutputAction, or in Action where there is none, and OutputEnabled not false. The action NONE only reports, and does not count; nor do regular expressions, which a template cannot be asked about.`,
  explanation: 'A model repeats what it was told and what it finds: an answer should not hold how a person is reached, paid from or signed in. Add the missing entities to PiiEntitiesConfig with the action ANONYMIZE.',
  looksAt: TYPES,
  judge: each(TYPES, (guardrail, estate) => {
    const entities = valueAt(estate, guardrail, PROPERTY);
    const items = itemsOf(entities);
    const states = new Map(MINIMUM_ENTITIES.map((entity) => [entity, covered(items.filter((item) => textOf(memberOf(item, 'Type')) === entity))]));
    const missing = MINIMUM_ENTITIES.filter((entity) => states.get(entity) === false);
    const unclear = MINIMUM_ENTITIES.filter((entity) => states.get(entity) === undefined);
    // An item whose type is not known may be any of those that are missing, but only one of them.
    const jokers = items.filter((item) => item.kind === 'unknown' || memberOf(item, 'Type').kind === 'unknown');
    const finding = { property: PROPERTY, actual: shownEntities(items), expected: MINIMUM_ENTITIES.join(', ') };
    const open = entities.kind === 'unknown' ? 1 : jokers.some(({ kind }) => kind === 'unknown') ? Number.POSITIVE_INFINITY : jokers.length;
    if (missing.length > 0 && (entities.kind === 'unknown' || missing.length <= open)) return { ...finding, actual: shown(entities), verdict: 'UNKNOWN', note: `Not told by the template: ${reasonsOf(entities)}.` };
    if (missing.length > 0) return { ...finding, verdict: 'FAIL', note: `Missing, or without an action on output: ${missing.join(', ')}.` };
    return unclear.length > 0 ? { ...finding, verdict: 'UNKNOWN', note: `The action on output is not told by the template for: ${unclear.join(', ')}.` } : { ...finding, verdict: 'PASS' };
  }),
};

function covered(items: readonly Value[]): Answer {
  return anyOf(items.map((item) => {
    const enabled = memberOf(item, 'OutputEnabled');
    const [own, action] = [memberOf(item, 'OutputAction'), memberOf(item, 'Action')];
    const acts = literal((text) => text === 'ANONYMIZE' || text === 'BLOCK')(own.kind === 'absent' ? action : own);
    return allOf([acts, enabled.kind === 'absent' || isTrue(enabled)]);
  }));
}

function shownEntities(items: readonly Value[]): string {
  return items.length === 0 ? 'absent' : items.map((item) => `${shown(memberOf(item, 'Type'))} ${shown(memberOf(item, 'Action'))}`).join(', ');
}
