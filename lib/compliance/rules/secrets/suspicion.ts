import { holdsUnknown, type Value } from '../../template/value.ts';
import { leavesOf, patternOf, reasonsOf, type Finding } from '../check.ts';
import { documentOf } from '../document.ts';
import { isHarmless, namesSecret } from './names.ts';
import { looksRandom, secretIn, secretInProse } from './shapes.ts';

/** What speaks against a value; its text never stands in it. */
export type Suspicion = Pick<Finding, 'verdict' | 'actual' | 'note'>;

/** Attributes that give a secret in clear. */
const CLEAR: Readonly<Record<string, string>> = { 'AWS::IAM::AccessKey': 'SecretAccessKey', 'AWS::Cognito::UserPoolClient': 'ClientSecret', 'AWS::AppSync::ApiKey': 'ApiKey' };

/** What speaks against a setting of that name. Settings inside JSON text are asked one by one. */
export function suspicionOf(name: string, value: Value): Suspicion | undefined {
  if (value.kind === 'literal' || value.kind === 'text') {
    const inner = patternOf(value).trimStart().startsWith('{') ? documentOf(value) : value;
    if (inner.kind === 'map' || inner.kind === 'list') return worst(leavesOf(inner).map((leaf) => suspicionOf(lastOf(leaf.path) || name, leaf.value)));
  }
  if (value.kind === 'map' || value.kind === 'list') return worst(leavesOf(value).map((leaf) => suspicionOf(lastOf(leaf.path) || name, leaf.value)));
  if (value.kind === 'reference') return CLEAR[value.resource.type] === value.attribute && value.attribute !== undefined ? { verdict: 'FAIL', actual: `${value.attribute} of ${value.resource.logicalId} in clear` } : undefined;
  if (value.kind === 'unknown') return namesSecret(name) ? { verdict: 'UNKNOWN', actual: 'not known', note: `Its value, which would stand in clear, is not told by the template: ${reasonsOf(value)}.` } : undefined;
  if (value.kind !== 'literal' && value.kind !== 'text') return undefined;
  const text = patternOf(value);
  const shape = secretIn(text);
  if (shape !== undefined) return { verdict: 'FAIL', actual: `a value that has the form of ${shape}` };
  if (value.kind === 'text') {
    const clear = value.parts.map((part) => (part.kind === 'literal' ? undefined : suspicionOf(name, part)));
    return holdsUnknown(value) || clear.some((found) => found?.verdict === 'FAIL') ? worst(clear) : undefined;
  }
  if (namesSecret(name) && !isHarmless(text)) return { verdict: 'FAIL', actual: `a literal of ${text.length} characters under a name of a secret` };
  return looksRandom(text) && !/hash|sha|digest|checksum|public|fingerprint|(^|[^a-z])ids?$|Id$/i.test(name) ? { verdict: 'UNKNOWN', actual: `a value of ${text.length} characters that looks random`, note: 'Whether it is a secret is not told by the template.' } : undefined;
}

/** What speaks against prose, such as a prompt. */
export function suspicionOfProse(value: Value): Suspicion | undefined {
  return worst(leavesOf(value).map(({ value: leaf }) => {
    const what = leaf.kind === 'literal' || leaf.kind === 'text' ? secretInProse(patternOf(leaf)) : undefined;
    return what === undefined ? undefined : { verdict: 'FAIL', actual: `text that holds ${what}` };
  }));
}

function worst(all: readonly (Suspicion | undefined)[]): Suspicion | undefined {
  return all.find((one) => one?.verdict === 'FAIL') ?? all.find((one) => one !== undefined);
}

/** Last name of a path, indices left out. */
const lastOf = (path: string): string => path.replaceAll(/\[\d+\]/g, '').split('.').at(-1) ?? '';
