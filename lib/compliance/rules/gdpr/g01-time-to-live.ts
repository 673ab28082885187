import { valueAt } from '../../template/resolve.ts';
import { check, isSet, isTrue } from '../check.ts';
import { asPersonal } from '../personal.ts';
import { retentionLimit, withinPolicy } from '../retention.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::Cassandra::Table'];

/** G01: tables with personal data let items expire. */
export const g01TimeToLive: Rule = {
  id: 'G01',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 5(1)(e)'],
  title: 'Tables with personal data let items expire',
  info: 'Passes when a DynamoDB table or global table has time-to-live on and names its attribute, and a Keyspaces table has a default time-to-live within the retention policy. Tables that are tagged as not personal are not judged. Whether the items carry the attribute is not in the template.',
  explanation: 'Personal data may be kept no longer than its purpose needs. Time-to-live deletes without anybody having to think of it; without it a table keeps each item until code deletes it. Set TimeToLiveSpecification with Enabled true and the AttributeName that items carry their end in.',
  looksAt: TYPES,
  judge: each(TYPES, (table, estate, parameters) => asPersonal(estate, table, parameters, () => {
    if (table.type === 'AWS::Cassandra::Table') {
      return withinPolicy('DefaultTimeToLive', valueAt(estate, table, 'DefaultTimeToLive'), { unit: 1 / 86_400, otherwise: 'forever', never: 0 }, retentionLimit(estate, table, parameters));
    }
    const enabled = check('TimeToLiveSpecification.Enabled', valueAt(estate, table, 'TimeToLiveSpecification.Enabled'), 'true', isTrue);
    if (enabled.verdict !== 'PASS') return enabled;
    const attribute = check('TimeToLiveSpecification.AttributeName', valueAt(estate, table, 'TimeToLiveSpecification.AttributeName'), 'an attribute', isSet);
    // Which attribute it is may be known at deployment alone: that there is one is what counts.
    return attribute.verdict === 'FAIL' ? attribute : enabled;
  })),
};
