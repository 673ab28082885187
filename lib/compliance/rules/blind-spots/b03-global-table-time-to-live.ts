import { valueAt } from '../../template/resolve.ts';
import { check, isSet, isTrue } from '../check.ts';
import { asPersonal } from '../personal.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::DynamoDB::GlobalTable'];

/** B03: global tables with personal data let items expire. */
export const b03GlobalTableTimeToLive: Rule = {
  id: 'B03',
  pack: 'Blind-Spots',
  version: 1,
  references: ['GDPR Art. 5(1)(e)'],
  title: 'Global tables with personal data let items expire',
  info: 'Passes when TimeToLiveSpecification is enabled and names its attribute. Tables that are tagged as not personal are not judged.',
  explanation: 'Time-to-live is the only deletion that runs without code of ours, and rules for AWS::DynamoDB::Table do not look at global tables. Set TimeToLiveSpecification with Enabled true and the AttributeName that items carry their end in.',
  looksAt: TYPES,
  judge: each(TYPES, (table, estate, parameters) => asPersonal(estate, table, parameters, () => {
    const enabled = check('TimeToLiveSpecification.Enabled', valueAt(estate, table, 'TimeToLiveSpecification.Enabled'), 'true', isTrue);
    return enabled.verdict === 'PASS' ? check('TimeToLiveSpecification.AttributeName', valueAt(estate, table, 'TimeToLiveSpecification.AttributeName'), 'an attribute', isSet) : enabled;
  })),
};
