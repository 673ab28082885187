import { policiesOf } from '../../policy/policies.ts';
import { conditionsShown } from '../../policy/may.ts';
import { hasHole, readable } from '../../policy/hole.ts';
import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { shown, textOf, type Value } from '../../template/value.ts';
import { anyOf } from '../answers.ts';
import { check, isTrue, type Finding } from '../check.ts';
import { demands, namesSomebody } from '../exposure/somebody.ts';
import { keyOf } from '../keys/key-of.ts';
import type { Parameters } from '../parameters.ts';
import { each, type Rule } from '../rule.ts';
import { storeTag, STORE_TYPES } from '../stores.ts';

const TYPES = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'];
/** G15: keys rotate, admit nobody unnamed, and serve one class of data each. */
export const g15KeyHygiene: Rule = {
  id: 'G15',
  pack: 'GDPR',
  version: 2,
  references: ['GDPR Art. 32(1)'],
  title: 'Keys rotate, admit no unnamed principal, and serve one class of data each',
  info: 'Judges every KMS key on three counts. Rotation: EnableKeyRotation is true, where KMS can rotate (symmetric encryption keys whose material KMS makes). Principals: no statement of the key policy allows Principal * without a condition that names an account, an organisation, an identity or a network; what anybody fits, as a star where the account stands, or addresses as wide as the internet, and what says only how or through which service, names nobody. The root of an account, which leaves the decision to IAM, passes. Class: the stores of the estate under the key have one data class; classes that are not personal count as one, and stores without a class make it UNKNOWN.',
  explanation: 'A key that never changes exposes everything that it ever encrypted; a key that anybody may use encrypts nothing; a key for all classes of data gives whoever may decrypt one of them all of them. Set EnableKeyRotation, name the principals or condition them on the account, and give each class of data a key.',
  looksAt: TYPES,
  judge: each(TYPES, (key, estate, parameters) => [rotation(estate, key), ...principals(estate, key), ...classes(estate, key, parameters)]),
};

function rotation(estate: Estate, key: Resource): Finding {
  const part = 'rotation';
  if (key.type === 'AWS::KMS::ReplicaKey') return { verdict: 'NOT_APPLICABLE', part, note: 'A replica rotates with its primary key.' };
  const [spec, origin] = [valueAt(estate, key, 'KeySpec'), valueAt(estate, key, 'Origin')];
  if (isOther(spec, 'SYMMETRIC_DEFAULT') || isOther(origin, 'AWS_KMS')) return { verdict: 'NOT_APPLICABLE', part, actual: `KeySpec ${shown(spec)}, Origin ${shown(origin)}`, note: 'KMS rotates no key of this kind by itself.' };
  return check('EnableKeyRotation', valueAt(estate, key, 'EnableKeyRotation'), 'true', isTrue, { part });
}

const isOther = (value: Value, usual: string): boolean => textOf(value) !== undefined && textOf(value) !== usual;

function principals(estate: Estate, key: Resource): Finding[] {
  const expected = 'named principals, or a condition that names the account, organisation or principal';
  if (valueAt(estate, key, 'KeyPolicy').kind === 'absent') return [{ verdict: 'PASS', part: 'principals', property: 'KeyPolicy', actual: 'absent: KMS admits the account', expected }];
  const statements = policiesOf(estate).onResources.filter(({ source, statement }) => source === key && statement.effect === 'Allow');
  const found = statements.flatMap(({ statement: { principals: who = {}, conditions }, property, uncertain }, index): Finding[] => {
    const place = { part: `principals ${index + 1}`, property, expected };
    if (uncertain !== undefined) return [{ ...place, verdict: 'UNKNOWN', note: `Not told by the template: ${uncertain}.` }];
    const named = [...(who['AWS'] ?? []), ...(who['*'] ?? [])];
    const holes = named.filter((each) => hasHole(each) && !each.startsWith('arn:'));
    if (!named.includes('*')) return holes.length === 0 ? [] : [{ ...place, verdict: 'UNKNOWN', actual: readable(holes.join(', ')), note: `Not told by the template: ${readable(holes.join(', '))}.` }];
    const told = conditionsShown({ statement: { effect: 'Allow', actions: [], resources: [], conditions }, source: key, property });
    const somebody = anyOf(Object.entries(conditions).flatMap(([operator, keys]) => (demands(operator) ? Object.entries(keys).map(([name, values]) => namesSomebody(name, values, 'principal')) : [])));
    if (somebody === true) return [{ ...place, verdict: 'PASS', actual: `* when ${told}` }];
    return somebody === false ? [{ ...place, verdict: 'FAIL', actual: told === '' ? 'Principal * without a condition' : `* when ${told}, which names nobody` }] : [{ ...place, verdict: 'UNKNOWN', actual: `* when ${told}`, note: 'Whether these conditions hold it to known accounts is not told by the template, or not known here.' }];
  });
  return found.length > 0 ? found : [{ verdict: 'PASS', part: 'principals', property: 'KeyPolicy', actual: `${statements.length} statements that allow, none for anybody`, expected }];
}

function classes(estate: Estate, key: Resource, parameters: Parameters): Finding[] {
  const part = 'class';
  const stores = estate.resources.filter(({ type }) => (STORE_TYPES as readonly string[]).includes(type)).filter((store) => keyOf(estate, store) === key);
  if (stores.length === 0) return [{ verdict: 'NOT_APPLICABLE', part, note: 'No store of the estate lies under it.' }];
  const known = stores.map((store) => ({ store, named: textOf(storeTag(estate, store, parameters.tags.dataClass)) }));
  const distinct = [...new Set(known.flatMap(({ named }) => (named === undefined ? [] : parameters.impersonalClasses.includes(named) ? ['not personal'] : [named])))];
  const undeclared = known.filter(({ named }) => named === undefined).map(({ store }) => store.logicalId);
  const [actual, expected] = [known.map(({ store, named }) => `${store.logicalId}: ${named ?? 'no class'}`).join(', '), 'stores of one data class'];
  if (distinct.length > 1) return [{ verdict: 'FAIL', part, actual, expected }];
  if (undeclared.length > 0 && stores.length > 1) return [{ verdict: 'UNKNOWN', part, actual, expected, note: `The class of ${undeclared.join(', ')} is not told: the tag ${parameters.tags.dataClass} is absent or not known.` }];
  return [{ verdict: 'PASS', part, actual, expected }];
}
