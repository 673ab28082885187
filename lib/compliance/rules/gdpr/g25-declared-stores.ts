import type { Estate, Resource } from '../../template/types.ts';
import { numberOf, textOf, type Value } from '../../template/value.ts';
import { check, type Finding } from '../check.ts';
import type { Parameters } from '../parameters.ts';
import { holdsPersonal } from '../personal.ts';
import { each, type Rule } from '../rule.ts';
import { dataClassOf, STORE_TYPES, storeTag } from '../stores.ts';

/** G25: every store says what it holds, what for, on which basis, how long, and who answers for it. */
export const g25DeclaredStores: Rule = {
  id: 'G25',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 30', 'GDPR Art. 5(2)'],
  title: 'Every store is tagged with data class, purpose, legal basis, retention and owner',
  info: 'Looks at every type that keeps data. Passes when all five tags of the parameter tags are set, the retention is a number of days, and a personal store has a legal basis other than `none`. The row lists each tag that is missing or wrong. Archives of events take no tags from CloudFormation.',
  explanation: 'The record of processing activities is generated from these tags: a store without them is missing from it, or stands there without a purpose. Tag the store where it is made. A store without a data class counts as personal in every other rule.',
  looksAt: STORE_TYPES,
  judge: each(STORE_TYPES, (store, estate, parameters) => {
    if (store.type === 'AWS::Events::Archive') return { verdict: 'MANUAL', property: 'Tags', actual: 'not possible', expected: 'an entry in the record of processing', note: 'CloudFormation has no tags for archives. Evidence wanted: the entry in the record of processing with purpose, basis, retention and owner.' };
    const findings = tags(estate, store, parameters);
    const [failed, unknown] = [findings.filter(({ verdict }) => verdict === 'FAIL'), findings.filter(({ verdict }) => verdict === 'UNKNOWN')];
    const wrong = [...failed, ...unknown];
    if (wrong.length === 0) return { verdict: 'PASS', property: 'Tags', actual: findings.map(({ actual }) => actual).join(', '), expected: 'all five tags' };
    const [notes] = unknown.flatMap(({ note }) => note ?? []);
    return { verdict: failed.length > 0 ? 'FAIL' : 'UNKNOWN', property: 'Tags', actual: wrong.map(({ part, actual }) => `${part}: ${actual}`).join(', ').slice(0, 200), expected: wrong.map(({ part, expected }) => `${part}: ${expected}`).join(', '), ...(notes !== undefined && { note: notes }) };
  }),
};

function tags(estate: Estate, store: Resource, parameters: Parameters): Finding[] {
  const { dataClass, purpose, legalBasis, retentionDays, owner } = parameters.tags;
  const personal = holdsPersonal(estate, store, parameters) === true && dataClassOf(estate, store, parameters) !== undefined;
  const says = (name: string, expected: string, fits: (value: Value) => boolean): Finding => {
    const value = storeTag(estate, store, name);
    return check(`Tags.${name}`, value, expected, () => (value.kind === 'literal' || value.kind === 'absent' ? fits(value) : undefined), { part: name });
  };
  const something = (value: Value): boolean => (textOf(value) ?? '').trim() !== '';
  return [
    says(dataClass, 'a data class', something),
    says(purpose, 'a purpose', something),
    says(legalBasis, personal ? 'a legal basis other than none' : 'a legal basis, or none', (value) => something(value) && !(personal && textOf(value) === 'none')),
    says(retentionDays, 'a number of days', (value) => (numberOf(value) ?? -1) >= 0),
    says(owner, 'an owner', something),
  ];
}
