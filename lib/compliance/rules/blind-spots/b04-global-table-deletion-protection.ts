import { memberOf } from '../../template/value.ts';
import { check, isTrue } from '../check.ts';
import { each, type Rule } from '../rule.ts';
import { eachReplica } from './replicas.ts';

const TYPES = ['AWS::DynamoDB::GlobalTable'];

/** B04: no replica of a global table can be deleted by accident. */
export const b04GlobalTableDeletionProtection: Rule = {
  id: 'B04',
  pack: 'Blind-Spots',
  version: 1,
  references: ['HIPAA 164.312(c)(1)', 'GDPR Art. 32(1)(b)'],
  title: 'Each replica of a global table is protected against deletion',
  info: 'Passes when DeletionProtectionEnabled is true on every replica.',
  explanation: 'A replacement or a removed resource deletes the table with everything in it; DeletionPolicy Retain does not help against a call from the console. Set DeletionProtectionEnabled on each replica: it is not taken over from another.',
  looksAt: TYPES,
  judge: each(TYPES, (table, estate) => eachReplica(estate, table, (replica, part) => check('Replicas.DeletionProtectionEnabled', memberOf(replica, 'DeletionProtectionEnabled'), 'true', isTrue, part))),
};
