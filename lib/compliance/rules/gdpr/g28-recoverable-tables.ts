import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { memberOf, type Value } from '../../template/value.ts';
import { eachReplica } from '../blind-spots/replicas.ts';
import { check, isSet, isTrue, literal, type Finding } from '../check.ts';
import { fsxBackups } from '../file-systems.ts';
import { restoreTest } from '../restore-test.ts';
import { each, type Rule } from '../rule.ts';
import { inside } from '../stores.ts';

/** How a database or file system is backed up and protected. */
interface Care {
  /** Property with the days that automatic backups are kept, and what holds without it. @default - the service has none of its own */
  readonly backups?: { readonly property: string; readonly otherwise: number };
  /** Why nothing has to be set for backups. @default - something has */
  readonly always?: string;
  /** Property that protects it against deletion. @default - the service has no such protection */
  readonly protection?: string;
  /** Whether CloudFormation can take a last snapshot in place of keeping it. @default false */
  readonly snapshot?: true;
}

const cluster: Care = { backups: { property: 'BackupRetentionPeriod', otherwise: 1 }, protection: 'DeletionProtection', snapshot: true };

/** Databases and file systems: what is meant to last. Caches, queues, streams and logs are not meant to be restored. */
const LASTING: Readonly<Record<string, Care>> = {
  'AWS::RDS::DBInstance': cluster,
  'AWS::RDS::DBCluster': cluster,
  'AWS::DocDB::DBCluster': cluster,
  'AWS::Neptune::DBCluster': cluster,
  'AWS::DocDBElastic::Cluster': { backups: { property: 'BackupRetentionPeriod', otherwise: 1 } },
  'AWS::DSQL::Cluster': { protection: 'DeletionProtectionEnabled' },
  'AWS::MemoryDB::Cluster': { backups: { property: 'SnapshotRetentionLimit', otherwise: 0 } },
  'AWS::NeptuneGraph::Graph': { protection: 'DeletionProtection' },
  'AWS::QLDB::Ledger': { protection: 'DeletionProtection' },
  'AWS::Redshift::Cluster': { backups: { property: 'AutomatedSnapshotRetentionPeriod', otherwise: 1 }, snapshot: true },
  'AWS::RedshiftServerless::Namespace': { always: 'The service makes recovery points by itself.' },
  'AWS::Timestream::InfluxDBInstance': {},
  'AWS::Timestream::Table': {},
  'AWS::EFS::FileSystem': {},
  'AWS::FSx::FileSystem': {},
};
const TYPES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::Cassandra::Table', ...Object.keys(LASTING)];

const eachTable = each(TYPES, (table, estate) => {
  const all = valueAt(estate, table);
  if (table.type === 'AWS::RDS::DBInstance' && isSet(memberOf(all, 'DBClusterIdentifier')) === true) return { verdict: 'NOT_APPLICABLE', note: 'Its cluster is backed up and protected, and judged.' };
  return [...recovery(estate, table, all), ...removal(estate, table)];
});

/** G28: tables survive accidents and wrong deletions. */
export const g28RecoverableTables: Rule = {
  id: 'G28',
  pack: 'GDPR',
  version: 2,
  references: ['GDPR Art. 32(1)(b)', 'GDPR Art. 32(1)(c)', 'GDPR Art. 32(1)(d)'],
  title: 'Every table, database and file system can be restored, is protected against deletion and outlives its stack',
  info: 'Passes when every table, and each replica of a global table, has point-in-time recovery and deletion protection, and DeletionPolicy and UpdateReplacePolicy retain it. Databases and file systems need automatic backups, deletion protection where the service has one, and Retain, or Snapshot where CloudFormation takes one; where the service has no backups of its own, UNKNOWN when a backup selection of the template may cover them. Caches, queues, streams and logs are not meant to be restored. That a restore was tried is MANUAL unless AWS Backup tests restores of such a type on a schedule.',
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
  const { protection: guard, ...care } = LASTING[table.type] ?? {};
  return [backedUp(estate, table, all, care), ...(guard === undefined ? [] : [on(guard, memberOf(all, guard), 'Deletion protection')])];
}

function backedUp(estate: Estate, table: Resource, all: Value, { backups, always }: Care): Finding {
  const part = 'Recovery';
  if (always !== undefined) return { verdict: 'PASS', part, note: always };
  if (backups !== undefined) return check(backups.property, memberOf(all, backups.property), 'at least 1 day', (value) => (value.kind === 'absent' ? backups.otherwise >= 1 : literal((days) => Number(days) >= 1)(value)), { part });
  const own = ownBackups(table, all);
  if (own !== undefined && own.verdict !== 'FAIL') return own;
  const failed = own ?? { verdict: 'FAIL' as const, part, actual: 'no backup', expected: 'a backup selection that covers it' };
  return estate.resources.some(({ type }) => type === 'AWS::Backup::BackupSelection') ? { ...failed, verdict: 'UNKNOWN', note: 'A backup selection of the templates may cover it.' } : failed;
}

/** Backups that a file system makes by itself. */
function ownBackups(table: Resource, all: Value): Finding | undefined {
  const part = 'Recovery';
  if (table.type === 'AWS::EFS::FileSystem') return check('BackupPolicy.Status', memberOf(all, 'BackupPolicy.Status'), 'ENABLED', literal((status) => status === 'ENABLED'), { part });
  if (table.type !== 'AWS::FSx::FileSystem') return undefined;
  const property = fsxBackups(all);
  if (property === undefined) return { verdict: 'UNKNOWN', part, expected: 'automatic backups', note: 'Without AutomaticBackupRetentionDays the kind of file system decides whether it is backed up.' };
  return check(property, memberOf(all, property), 'at least 1 day', (value) => (value.kind === 'absent' ? undefined : literal((days) => Number(days) >= 1)(value)), { part });
}

/** What happens to the table when its stack drops or replaces it: without a policy it is deleted. */
function removal(estate: Estate, table: Resource): Finding[] {
  const kept = ['Retain', 'RetainExceptOnCreate', ...(LASTING[table.type]?.snapshot === true ? ['Snapshot'] : [])];
  return ['DeletionPolicy', 'UpdateReplacePolicy'].map((property) => check(property, inside(estate, table, table.attributes[property]), kept.filter((policy) => policy !== 'RetainExceptOnCreate').join(' or '), literal((policy) => kept.includes(policy)), { part: property }));
}
