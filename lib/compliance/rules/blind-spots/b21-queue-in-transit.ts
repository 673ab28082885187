import { valueAt } from '../../template/resolve.ts';
import type { Resource } from '../../template/types.ts';
import { booleanOf, itemsOf, memberOf, textOf, type Value } from '../../template/value.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::SQS::Queue'];

/** B21: queues refuse requests without TLS. */
export const b21QueueInTransit: Rule = {
  id: 'B21',
  pack: 'Blind-Spots',
  version: 1,
  references: ['GDPR Art. 32(1)(a)', 'HIPAA 164.312(e)(1)'],
  title: 'Every queue refuses what does not come over TLS',
  info: 'Passes when a QueuePolicy of the estate denies everybody sqs:* on the queue while aws:SecureTransport is false.',
  explanation: 'SQS answers plain HTTP unless a policy forbids it. Attach a QueuePolicy with a Deny for principal `*` on condition that aws:SecureTransport is false (`enforceSSL: true` in the construct).',
  looksAt: [...TYPES, 'AWS::SQS::QueuePolicy'],
  judge: each(TYPES, (queue, estate) => {
    const policies = estate.resources.filter(({ type }) => type === 'AWS::SQS::QueuePolicy').map((policy) => valueAt(estate, policy));
    const attached = policies.map((policy) => ({ policy, attached: concerns(memberOf(policy, 'Queues'), queue) }));
    const finding = { property: 'QueuePolicy', expected: 'a Deny while aws:SecureTransport is false' };
    const statements = attached.filter((each) => each.attached).flatMap(({ policy }) => itemsOf(memberOf(policy, 'PolicyDocument.Statement')));
    if (statements.some(denies)) return { ...finding, verdict: 'PASS', actual: 'a Deny while aws:SecureTransport is false' };
    const unclear = attached.some((each) => each.attached === undefined) || statements.some((statement) => statement.kind === 'unknown') || attached.some((each) => each.attached && memberOf(each.policy, 'PolicyDocument').kind === 'unknown');
    return unclear ? { ...finding, verdict: 'UNKNOWN', actual: 'not known', note: 'A policy that may concern this queue depends on what the template does not tell.' } : { ...finding, verdict: 'FAIL', actual: statements.length === 0 ? 'no policy' : 'no such statement' };
  }),
};

function concerns(queues: Value, queue: Resource): boolean | undefined {
  const items = itemsOf(queues);
  if (items.some((item) => item.kind === 'reference' && item.resource === queue)) return true;
  return items.some(({ kind }) => kind !== 'reference') ? undefined : false;
}

function denies(statement: Value): boolean {
  const principal = memberOf(statement, 'Principal');
  const everybody = [principal, memberOf(principal, 'AWS')].flatMap(itemsOf).some((item) => textOf(item) === '*');
  const insecure = memberOf(statement, 'Condition.Bool');
  const transport = insecure.kind === 'map' ? insecure.members['aws:SecureTransport'] : undefined;
  const all = itemsOf(memberOf(statement, 'Action')).some((action) => ['*', 'sqs:*'].includes(textOf(action)?.toLowerCase() ?? ''));
  return textOf(memberOf(statement, 'Effect')) === 'Deny' && everybody && all && transport !== undefined && booleanOf(itemsOf(transport)[0] ?? transport) === false;
}
