import type { Estate, Resource } from '../../template/types.ts';
import { numberOf, textOf, type Value } from '../../template/value.ts';
import { check, type Finding } from '../check.ts';
import type { Parameters } from '../parameters.ts';
import { holdsPeople, holdsPersonal } from '../personal.ts';
import { each, type Rule } from '../rule.ts';
import { dataClassOf, STORE_TYPES, storeTag, UNTAGGED } from '../stores.ts';

/** G25: every store says what it holds, what for, on which basis, how long, and who answers for it. */
export const g25DeclaredStores: Rule = {
  id: 'G25',
  pack: 'GDPR',
  version: 2,
  references: ['GDPR Art. 30', 'GDPR Art. 5(2)'],
  title: 'Every store is tagged with data class, purpose, legal basis, retention and owner',
  info: 'Looks at every type that keeps data. Passes when all five tags of the parameter tags are set, the retention is a number of days, a personal store has a legal basis other than `none`, and one that is not personal has none. A user pool holds names and addresses of people, whatever its class says: a class that is not personal fails there. The row lists each tag that is missing or wrong. Archives of events and domains of SimpleDB take no tags from CloudFormation.',
  explanation: 'The record of processing activities is generated from these tags: a store without them is missing from it, or stands there without a purpose. Tag the store where it is made. A store without a data class counts as personal in every other rule.',
  looksAt: STORE_TYPES,
  judge: each(STORE_TYPES, (store, estate, parameters) => {
    if (UNTAGGED.includes(store.type)) return { verdict: 'MANUAL', property: 'Tags', actual: 'not possible', expected: 'an entry in the record of processing', note: 'CloudFormation has no tags for it. Evidence wanted: the entry in the record of processing with purpose, basis, retention and owner.' };
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
  const told = dataClassOf(estate, store, parameters);
  const personal = told === undefined ? undefined : holdsPersonal(estate, store, parameters);
  const people = holdsPeople(store);
  const says = (name: string, expected: string, fits: (value: Value) => boolean): Finding => {
    const value = storeTag(estate, store, name);
    return check(`Tags.${name}`, value, expected, () => (value.kind === 'literal' || value.kind === 'absent' ? fits(value) : undefined), { part: name });
  };
  const something = (value: Value): boolean => (textOf(value) ?? '').trim() !== '';
  return [
    says(dataClass, people ? 'a data class that is personal' : 'a data class', (value) => something(value) && !(people && parameters.impersonalClasses.includes(textOf(value) ?? ''))),
    says(purpose, 'a purpose', something),
    says(legalBasis, personal === undefined ? 'a legal basis, or none' : personal ? 'a legal basis other than none' : 'none, as it is declared not to be personal', (value) => something(value) && (personal === undefined || (textOf(value) === 'none') !== personal)),
    says(retentionDays, 'a number of days', (value) => (numberOf(value) ?? -1) >= 0),
    says(owner, 'an owner', something),
  ];
}
