import type { Estate, Resource } from '../../template/types.ts';
import { valueAt } from '../../template/resolve.ts';
import { itemsOf, memberOf, shown, textOf, type Value } from '../../template/value.ts';
import { isSet, leavesOf, manyAt, reasonsOf, type Finding } from '../check.ts';
import { documentOf } from '../document.ts';
import { isPlaceholder } from './names.ts';
import { CREDENTIALS, PAIRS, PROMPTS, SETTINGS } from './places.ts';
import { suspicionOf, suspicionOfProse, type Suspicion } from './suspicion.ts';

const EXPECTED = 'a reference to a secret, no secret';

/** What speaks against what a resource holds, one finding a place; nothing when all is well. */
export function secretFindings(estate: Estate, resource: Resource): Finding[] {
  const all = valueAt(estate, resource);
  if (all.kind === 'unknown') return [untold('Properties', all)];
  return [...settings(resource, all), ...pairs(resource, all), ...prompts(resource, all), ...credentials(resource, all), ...stored(resource, all)];
}

const untold = (property: string, value: Value): Finding => ({ verdict: 'UNKNOWN', property, actual: shown(value), expected: EXPECTED, note: `Not told by the template: ${reasonsOf(value)}.` });

const told = (property: string, part: string | undefined, found: Suspicion | undefined): Finding[] => (found === undefined ? [] : [{ ...found, property, expected: EXPECTED, ...(part !== undefined && { part }) }]);

function settings(resource: Resource, all: Value): Finding[] {
  const path = SETTINGS[resource.type];
  const map = path === undefined ? undefined : memberOf(all, path);
  if (path === undefined || map === undefined) return [];
  if (map.kind === 'unknown') return [untold(path, map)];
  return map.kind === 'map' ? Object.entries(map.members).flatMap(([name, value]) => told(`${path}.${name}`, name, suspicionOf(name, value))) : [];
}

function pairs(resource: Resource, all: Value): Finding[] {
  const path = PAIRS[resource.type];
  return path === undefined ? [] : manyAt(all, path).flatMap((pair) => {
    if (pair.kind === 'unknown') return [untold(path.replaceAll('[]', ''), pair)];
    const name = textOf(memberOf(pair, 'Name')) ?? '';
    // CodeBuild reads these types from where secrets belong.
    return /^(SECRETS_MANAGER|PARAMETER_STORE)$/.test(textOf(memberOf(pair, 'Type')) ?? '') ? [] : told(path.replaceAll('[]', ''), name, suspicionOf(name, memberOf(pair, 'Value')));
  });
}

function prompts(resource: Resource, all: Value): Finding[] {
  return (PROMPTS[resource.type] ?? []).flatMap((name) => told(name, name, suspicionOfProse(memberOf(all, name))));
}

function credentials(resource: Resource, all: Value): Finding[] {
  return (CREDENTIALS[resource.type] ?? []).flatMap((path) => manyAt(all, path).flatMap((value) => told(path.replaceAll('[]', ''), path.split('.').at(-1)?.replace('[]', ''), credential(resource, value))));
}

function credential(resource: Resource, value: Value): Suspicion | undefined {
  if (value.kind === 'literal' && isSet(value) === true) return { verdict: 'FAIL', actual: `a literal of ${String(value.value).length} characters` };
  if (value.kind !== 'unknown' || (value.why === 'a dynamic reference' && !JSON.stringify(resource.properties).includes('{{resolve:ssm:'))) return undefined;
  return { verdict: 'UNKNOWN', actual: 'not known', note: `Where its value comes from is not told by the template: ${reasonsOf(value)}.` };
}

/** Names of what accompanies a password, inside a stored secret. */
const BESIDE = /^(user(name)?|host(name)?|port|engine|dbname|database|db\w*identifier|region|endpoint|url|masterarn|kid|alg|issuer)$/i;

function stored(resource: Resource, all: Value): Finding[] {
  if (resource.type === 'AWS::SSM::Parameter') return told('Value', undefined, suspicionOf((textOf(memberOf(all, 'Name')) ?? resource.logicalId).split('/').at(-1) ?? '', memberOf(all, 'Value')));
  if (resource.type !== 'AWS::SecretsManager::Secret') return [];
  const template = told('GenerateSecretString.SecretStringTemplate', 'template', suspicionOf('', memberOf(all, 'GenerateSecretString.SecretStringTemplate')));
  const given = memberOf(all, 'SecretString');
  if (given.kind === 'absent') return template;
  if (given.kind === 'unknown') return [...template, { verdict: 'UNKNOWN', property: 'SecretString', actual: 'not known', expected: EXPECTED, note: `Where its value comes from is not told by the template: ${reasonsOf(given)}.` }];
  const read = documentOf(given);
  const leaves = read.kind === 'map' ? leavesOf(read).filter(({ path }) => !BESIDE.test(path.split('.').at(-1) ?? '')).map(({ value }) => value) : itemsOf(given);
  const literal = leaves.some((leaf) => leaf.kind === 'literal' && !isPlaceholder(String(leaf.value)));
  const open = leaves.find((leaf) => leaf.kind === 'unknown' || leaf.kind === 'text');
  if (literal) return [...template, { verdict: 'FAIL', property: 'SecretString', actual: 'a literal', expected: 'GenerateSecretString, or no value' }];
  return open === undefined ? template : [...template, { verdict: 'UNKNOWN', property: 'SecretString', actual: 'not known', expected: EXPECTED, note: `Not told by the template: ${reasonsOf(open)}.` }];
}
