import { memberOf } from '../../template/value.ts';
import { check, isTrue } from '../check.ts';
import { each, type Rule } from '../rule.ts';
import { eachReplica } from './replicas.ts';

const TYPES = ['AWS::DynamoDB::GlobalTable'];

/** B02: each replica of a global table can be restored to a point in time. */
export const b02GlobalTableRecovery: Rule = {
  id: 'B02',
  pack: 'Blind-Spots',
  version: 1,
  references: ['HIPAA 164.308(a)(7)(ii)(A)', 'GDPR Art. 32(1)(c)'],
  title: 'Each replica of a global table can be restored to a point in time',
  info: 'Passes when PointInTimeRecoveryEnabled is true on every replica.',
  explanation: 'Recovery is set on each replica by itself: one that has it does not give it to the others, and replication carries a wrong deletion to all of them within a second. Set PointInTimeRecoverySpecification on each replica.',
  looksAt: TYPES,
  judge: each(TYPES, (table, estate) => eachReplica(estate, table, (replica, part) => check('Replicas.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', memberOf(replica, 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled'), 'true', isTrue, part))),
};
