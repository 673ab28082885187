import { valueAt } from '../../template/resolve.ts';
import { memberOf } from '../../template/value.ts';
import { check, literal } from '../check.ts';
import { CUSTOMER_KEY, isCustomerKey } from '../keys/customer-key.ts';
import { each, type Rule } from '../rule.ts';
import { eachReplica } from './replicas.ts';

const TYPES = ['AWS::DynamoDB::GlobalTable'];
const isKms = literal((text) => text === 'KMS');

/** B01: global tables and each of their replicas are encrypted with a customer-managed key. */
export const b01GlobalTableEncryption: Rule = {
  id: 'B01',
  pack: 'Blind-Spots',
  version: 1,
  references: ['AWS Security Hub DynamoDB', 'HIPAA 164.312(a)(2)(iv)', 'GDPR Art. 32(1)(a)'],
  title: 'Each replica of a global table is encrypted with a customer-managed key',
  info: 'Passes when SSESpecification has SSEEnabled true and SSEType KMS, and each replica names a KMSMasterKeyId.',
  explanation: 'Rules for AWS::DynamoDB::Table never see a GlobalTable, which is what the construct TableV2 makes. Under the key that AWS owns nobody can see, limit or withdraw the use of the key. Set SSESpecification on the table and KMSMasterKeyId on each replica, with a key of its region.',
  looksAt: TYPES,
  judge: each(TYPES, (table, estate) => [
    check('SSESpecification.SSEType', valueAt(estate, table, 'SSESpecification.SSEType'), 'KMS', isKms),
    check('SSESpecification.SSEEnabled', valueAt(estate, table, 'SSESpecification.SSEEnabled'), 'true', literal((text) => text.toLowerCase() === 'true'), { part: 'Enabled' }),
    ...eachReplica(estate, table, (replica, part) => check('Replicas.SSESpecification.KMSMasterKeyId', memberOf(replica, 'SSESpecification.KMSMasterKeyId'), CUSTOMER_KEY, isCustomerKey, part)),
  ]),
};
