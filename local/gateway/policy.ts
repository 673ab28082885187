import { arrayOf, isObject, objectOf } from '../json.ts';

/** What a policy says about one request. */
export type Decision = 'allow' | 'deny' | 'no-statement';

/** What an authorizer returned cannot be used. */
export class InvalidResult extends Error {}

/**
 * Evaluates the policy document that an authorizer returned: a Deny that matches wins, then an Allow.
 * @throws InvalidResult when it is no policy, or has parts (`Condition`, `NotAction`, `NotResource`) that are not emulated
 */
export function evaluate(document: unknown, methodArn: string): Decision {
  if (!isObject(document)) throw new InvalidResult('The authorizer returned no policyDocument.');
  let decision: Decision = 'no-statement';
  const statements = isObject(document['Statement']) ? [document['Statement']] : arrayOf(document['Statement']);
  for (const statement of statements.map(objectOf)) {
    const unknown = ['Condition', 'NotAction', 'NotResource'].find((part) => part in statement);
    if (unknown !== undefined) throw new InvalidResult(`The authorizer's policy has a ${unknown}, which the local runner does not emulate.`);
    if (!matches(statement['Action'], 'execute-api:Invoke', true) || !matches(statement['Resource'], methodArn, false)) continue;
    if (statement['Effect'] === 'Deny') return 'deny';
    if (statement['Effect'] === 'Allow') decision = 'allow';
  }
  return decision;
}

function matches(patterns: unknown, value: string, ignoreCase: boolean): boolean {
  const list = Array.isArray(patterns) ? patterns : [patterns];
  return list.some((pattern) => typeof pattern === 'string' && wildcard(pattern, ignoreCase).test(value));
}

const wildcard = (pattern: string, ignoreCase: boolean): RegExp =>
  new RegExp(`^${pattern.replaceAll(/[$()+.[\\\]^{|}]/g, String.raw`\$&`).replaceAll('*', '.*').replaceAll('?', '.')}$`, ignoreCase ? 'si' : 's');
