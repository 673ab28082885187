import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import type { Finding } from '../check.ts';
import { LOG_GROUP_TYPES } from '../log-groups.ts';
import { LOG_WRITER_TYPES, logWriting } from '../log-writers.ts';
import type { Parameters } from '../parameters.ts';
import { retentionLimit, withinPolicy } from '../retention.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = [...LOG_GROUP_TYPES, ...LOG_WRITER_TYPES];

/** G02: every log group is explicit and forgets. */
export const g02LogRetention: Rule = {
  id: 'G02',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 5(1)(e)'],
  title: 'Every log group stands in the template and deletes within the retention policy',
  info: 'Passes when each log group sets a retention within the policy, and what writes logs (functions, API stages, state machines, pipes, trails, firewalls, flow logs, containers, GraphQL APIs) writes to a log group of the estate. What writes no logs, or writes them elsewhere, is not judged.',
  explanation: 'A log group that the service makes by itself never deletes anything, and logs hold addresses, identifiers and at times what people wrote. Declare the log group with RetentionInDays and point its writer at it (LoggingConfig.LogGroup of a function); for logs whose name the service fixes, declare a log group of that name.',
  looksAt: TYPES,
  judge: each(TYPES, (resource, estate, parameters) =>
    (LOG_GROUP_TYPES as readonly string[]).includes(resource.type) ? retention(resource, estate, parameters) : logWriting(estate, resource)),
};

function retention(group: Resource, estate: Estate, parameters: Parameters): Finding {
  const logClass = valueAt(estate, group, 'LogGroupClass');
  if (logClass.kind === 'literal' && logClass.value === 'DELIVERY') return { verdict: 'PASS', property: 'LogGroupClass', actual: 'DELIVERY', note: 'Log groups of this class keep two days, whatever RetentionInDays says.' };
  // The toolkit's resource takes 9999 for "never".
  return withinPolicy('RetentionInDays', valueAt(estate, group, 'RetentionInDays'), { otherwise: 'forever', ...(group.type === 'Custom::LogRetention' && { never: 9999 }) }, retentionLimit(estate, group, parameters));
}
