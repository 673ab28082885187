import { afterAll, describe, expect, it } from 'vitest';
import { EstateModel } from '../../local/assembly/model.ts';
import { readAssembly } from '../../local/assembly/read.ts';
import { ASSEMBLY, ENVIRONMENTS } from '../support/paths.ts';
import { figure } from '../support/promise.ts';
import { resourcePoliciesOf } from './support/least-privilege/resource-policies.ts';
import type { ResourceStatement } from './support/least-privilege/resource-policies.ts';
import type { Statement } from '../../lib/compliance/policy/statement.ts';

/** Admissions without a named source, each with its reason. One that matches nothing fails. */
const EXCEPTIONS: readonly { readonly type: string; readonly service: string; readonly action: string; readonly reason: string }[] = [
  {
    type: 'AWS::IAM::Role',
    service: 'lambda.amazonaws.com',
    action: 'sts:AssumeRole',
    reason:
      'Lambda takes only a role of the function’s own account, which iam:PassRole of that account has to allow: nobody elsewhere can make it take ours. AWS documents no source key for the trust in an execution role, and a condition on one that is not sent would stop every function.',
  },
];

/** Operators that demand a value; the others only exclude some, or hold for a key that is not there. */
const POSITIVE = new Set(['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike']);
/** Keys that say in whose name a service acts; the log service sends the group as encryption context instead of a source. */
const SOURCES = new Set(['aws:sourcearn', 'aws:sourceaccount', 'kms:encryptioncontext:aws:logs:arn', 'kms:encryptioncontext:aws:events:event-bus:arn']);

const model = (environment: string): EstateModel => new EstateModel(readAssembly(ASSEMBLY, environment), { aws: () => 'http://127.0.0.1', issuer: () => 'http://127.0.0.1' });
const servicesOf = ({ principals = {} }: Statement): readonly string[] => principals['Service'] ?? [];

/** Whether a statement admits only what acts for something of this account: each value names the account. */
function namesSource({ conditions }: Statement, accountId: string): boolean {
  return Object.entries(conditions).some(([operator, keys]) => POSITIVE.has(operator) && Object.entries(keys).some(([key, values]) => SOURCES.has(key.toLowerCase()) && values.length > 0 && values.every((value) => value.split(':').includes(accountId))));
}

const excepted = ({ type, statement }: ResourceStatement) => EXCEPTIONS.filter((one) => one.type === type && statement.actions.every((action) => action === one.action) && servicesOf(statement).every((service) => service === one.service));

const met = new Set<unknown>();
let admissions = 0;
afterAll(() => figure('S8', `${admissions} admissions of services in ${ENVIRONMENTS.length} environments: each names its source, or is one of ${EXCEPTIONS.length} exception with its reason`));

describe('S8: confused deputy', () => {
  it.each(ENVIRONMENTS)('S8: every service that something of %s admits has to act for something of this account', (environment) => {
    const estate = model(environment);
    const [{ accountId } = { accountId: '' }] = estate.stacks;
    const all = resourcePoliciesOf(estate).filter(({ statement }) => statement.effect === 'Allow' && servicesOf(statement).length > 0);
    admissions += all.length;
    // Trusts, keys, queues, topics and functions at least, and every policy of a resource: a reader that misses them would find nothing wrong.
    const policies = estate.stacks.flatMap(({ template }) => Object.values(template.Resources ?? {}).map(({ Type }) => Type)).filter((type) => type.endsWith('Policy') && !type.startsWith('AWS::IAM::'));
    expect(policies.length).toBeGreaterThan(1);
    for (const type of ['AWS::IAM::Role', 'AWS::KMS::Key', 'AWS::Lambda::Permission', ...policies]) expect(all.map((one) => one.type)).toContain(type);
    const open = all.filter((one) => {
      if (namesSource(one.statement, accountId)) return false;
      for (const exception of excepted(one)) met.add(exception);
      return excepted(one).length === 0;
    });
    expect(open.map(({ where, statement }) => `${where}: ${servicesOf(statement).join(', ')} may ${statement.actions.join(', ')} when ${JSON.stringify(statement.conditions)}`)).toEqual([]);
  });

  it.each(ENVIRONMENTS)('S8: nothing of %s admits anybody at all', (environment) => {
    const anybody = resourcePoliciesOf(model(environment)).filter(({ statement: { effect, principals = {}, conditions } }) => effect === 'Allow' && Object.values(principals).flat().includes('*') && Object.keys(conditions).length === 0);
    expect(anybody).toEqual([]);
  });

  it('S8: every exception matches something', () => {
    expect(EXCEPTIONS.filter((exception) => !met.has(exception))).toEqual([]);
  });
});
