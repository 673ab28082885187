import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { memberOf, type Value } from '../../template/value.ts';
import { eachReplica } from '../blind-spots/replicas.ts';
import { check, isSet, isTrue, literal, type Finding } from '../check.ts';
import { restoreTest } from '../restore-test.ts';
import { each, type Rule } from '../rule.ts';
import { inside } from '../stores.ts';

const DATABASES = ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'];
const TYPES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::Cassandra::Table', ...DATABASES];

const eachTable = each(TYPES, (table, estate) => {
  const all = valueAt(estate, table);
  if (table.type === 'AWS::RDS::DBInstance' && isSet(memberOf(all, 'DBClusterIdentifier')) === true) return { verdict: 'NOT_APPLICABLE', note: 'Its cluster is backed up and protected, and judged.' };
  return [...recovery(estate, table, all), ...removal(estate, table)];
});

/** G28: tables survive accidents and wrong deletions. */
export const g28RecoverableTables: Rule = {
  id: 'G28',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 32(1)(b)', 'GDPR Art. 32(1)(c)', 'GDPR Art. 32(1)(d)'],
  title: 'Every table can be restored, is protected against deletion and outlives its stack',
  info: 'Passes when every table, and each replica of a global table, has point-in-time recovery and deletion protection, and DeletionPolicy and UpdateReplacePolicy retain it. Databases need backups, deletion protection, and Retain or Snapshot. That a restore was tried is MANUAL unless AWS Backup tests restores of such a type on a schedule.',
  explanation: 'Availability of personal data, and restoring it in time, is part of security. Recovery is set on each replica by itself, and replication carries a wrong deletion to all of them. Set both on the table and on each replica, retain the resource, and restore once in a while: only that shows that it works.',
  looksAt: [...TYPES, 'AWS::Backup::RestoreTestingSelection'],
  judge: (estate, parameters) => {
    const tables = eachTable(estate, parameters);
    return tables.every(({ verdict }) => verdict === 'NOT_APPLICABLE') ? tables : [...tables, restoreTest(estate, TYPES)];
  },
};

function recovery(estate: Estate, table: Resource, all: Value): Finding[] {
  const on = (property: string, value: Value, part: string): Finding => check(property, value, 'true', isTrue, { part });
  const [pointInTime, protection] = ['PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', 'DeletionProtectionEnabled'];
  if (table.type === 'AWS::DynamoDB::GlobalTable') {
    return [
      ...eachReplica(estate, table, (replica, { part }) => on(`Replicas.${pointInTime}`, memberOf(replica, pointInTime), `${part}: recovery`)),
      ...eachReplica(estate, table, (replica, { part }) => on(`Replicas.${protection}`, memberOf(replica, protection), `${part}: deletion protection`)),
    ];
  }
  if (table.type === 'AWS::DynamoDB::Table') return [on(pointInTime, memberOf(all, pointInTime), 'Recovery'), on(protection, memberOf(all, protection), 'Deletion protection')];
  // Keyspaces has no deletion protection.
  if (table.type === 'AWS::Cassandra::Table') return [on('PointInTimeRecoveryEnabled', memberOf(all, 'PointInTimeRecoveryEnabled'), 'Recovery')];
  // Without the property the service keeps backups for one day.
  const backedUp = (value: Value): boolean | undefined => (value.kind === 'absent' ? true : literal((days) => Number(days) >= 1)(value));
  return [check('BackupRetentionPeriod', memberOf(all, 'BackupRetentionPeriod'), 'at least 1 day', backedUp, { part: 'Recovery' }), on('DeletionProtection', memberOf(all, 'DeletionProtection'), 'Deletion protection')];
}

/** What happens to the table when its stack drops or replaces it: without a policy it is deleted. */
function removal(estate: Estate, table: Resource): Finding[] {
  const kept = ['Retain', 'RetainExceptOnCreate', ...(DATABASES.includes(table.type) ? ['Snapshot'] : [])];
  return ['DeletionPolicy', 'UpdateReplacePolicy'].map((property) => check(property, inside(estate, table, table.attributes[property]), kept.filter((policy) => policy !== 'RetainExceptOnCreate').join(' or '), literal((policy) => kept.includes(policy)), { part: property }));
}
