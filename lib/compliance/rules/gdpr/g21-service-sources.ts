import type { PolicyStatement } from '../../policy/document.ts';
import { readable } from '../../policy/hole.ts';
import { conditionsShown } from '../../policy/may.ts';
import { policiesOf } from '../../policy/policies.ts';
import { RESOURCE_POLICY_TYPES } from '../../policy/resource-policies.ts';
import { anyOf } from '../answers.ts';
import type { Finding } from '../check.ts';
import { demands, namesSomebody } from '../exposure/somebody.ts';
import type { Judgement, Rule } from '../rule.ts';

/** Services that send no source when they take a role, and take only roles of the account of what runs under them. */
const WITHOUT_SOURCE = new Set(['lambda.amazonaws.com', 'edgelambda.amazonaws.com', 'ec2.amazonaws.com']);

/** G21: a service is admitted only for what acts in a known name. */
export const g21ServiceSources: Rule = {
  id: 'G21',
  pack: 'GDPR',
  version: 2,
  references: ['GDPR Art. 32(1)(b)'],
  title: 'Services are admitted only in the name of a known source',
  info: 'Looks at every statement that allows a service principal: in policies of keys, buckets, queues, topics, secrets, tables, streams, log groups and event buses, in permissions of Lambda, and in the trust of roles. Passes when a condition demands aws:SourceArn, aws:SourceAccount, an organisation, or the encryption context that the service sends in their place, and its value names somebody: an ARN its account, or, where it has none as that of a bucket, all of the name; an account its twelve digits; an organisation its id. The trust of execution roles of Lambda, Lambda@Edge and EC2 is NOT_APPLICABLE: these services send no source, and run under roles of the same account alone, which iam:PassRole of that account has to allow.',
  explanation: 'A service principal stands for the service in every account of AWS. Without a source, anybody who can make the service act can make it act on this resource (the confused deputy). Add aws:SourceArn with the ARN of what acts, or aws:SourceAccount; for a permission of Lambda set SourceArn or SourceAccount.',
  looksAt: [...RESOURCE_POLICY_TYPES, 'AWS::IAM::Role'],
  judge: (estate) => {
    const { holders, onResources } = policiesOf(estate);
    const all: readonly PolicyStatement[] = [...holders.flatMap(({ trust }) => trust), ...onResources];
    const counted = new Map<unknown, number>();
    const found = all.flatMap((one): Judgement[] => {
      const services = one.statement.principals?.['Service'] ?? [];
      if (one.statement.effect !== 'Allow' || (services.length === 0 && one.uncertain === undefined)) return [];
      const index = (counted.get(one.source) ?? 0) + 1;
      counted.set(one.source, index);
      const { source, property } = one;
      return [{ resource: source, property, part: one.statement.sid ?? `Statement ${index}`, ...judged(one, services) }];
    });
    return found.length > 0 ? found : [{ verdict: 'NOT_APPLICABLE', note: 'No policy of the estate admits a service.' }];
  },
};

function judged(one: PolicyStatement, services: readonly string[]): Finding {
  const { statement: { conditions }, source, uncertain } = one;
  const who = readable(services.join(', '));
  const expected = 'a condition that demands aws:SourceArn or aws:SourceAccount';
  const told = conditionsShown(one);
  const actual = `${who || 'not known'}${told === '' ? ' without a condition' : ` when ${told}`}`;
  const wanted = Object.entries(conditions).flatMap(([operator, keys]) => (demands(operator) ? Object.entries(keys) : [])).map(([key, values]) => ({ values, named: namesSomebody(key, values, 'service') }));
  const named = anyOf(wanted.map((each) => each.named));
  if (named === true) return { verdict: 'PASS', actual, expected };
  if (uncertain !== undefined && services.length === 0) return { verdict: 'UNKNOWN', actual, expected, note: `Not told by the template: ${uncertain}.` };
  if (named === undefined) return { verdict: 'UNKNOWN', actual, expected, note: `Not told by the template: ${readable(wanted.flatMap((each) => (each.named === undefined ? each.values : [])).join(', '))}.` };
  if (source.type === 'AWS::IAM::Role' && services.every((service) => WITHOUT_SOURCE.has(service))) return { verdict: 'NOT_APPLICABLE', actual, note: 'The service sends no source when it takes an execution role, and a condition on one would stop it. It runs only under roles of the same account, and iam:PassRole of that account decides who may hand this one over.' };
  return { verdict: 'FAIL', actual, expected };
}
