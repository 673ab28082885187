import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, memberOf, textOf, type Value } from '../../template/value.ts';
import { eachReplica } from '../blind-spots/replicas.ts';
import { check, isSet, isTrue, type Finding } from '../check.ts';
import type { Parameters } from '../parameters.ts';
import { asPersonal } from '../personal.ts';
import { fsxBackups } from '../file-systems.ts';
import { retentionLimit, withinPolicy } from '../retention.ts';
import { each, type Rule } from '../rule.ts';

/** Types with automatic backups: the property that says for how many days, and what holds without it. */
const BACKUPS: Readonly<Record<string, { readonly property: string; readonly otherwise: number }>> = {
  'AWS::RDS::DBInstance': { property: 'BackupRetentionPeriod', otherwise: 1 },
  'AWS::RDS::DBCluster': { property: 'BackupRetentionPeriod', otherwise: 1 },
  'AWS::DocDB::DBCluster': { property: 'BackupRetentionPeriod', otherwise: 1 },
  'AWS::DocDBElastic::Cluster': { property: 'BackupRetentionPeriod', otherwise: 1 },
  'AWS::Neptune::DBCluster': { property: 'BackupRetentionPeriod', otherwise: 1 },
  'AWS::Redshift::Cluster': { property: 'AutomatedSnapshotRetentionPeriod', otherwise: 1 },
  'AWS::ElastiCache::ReplicationGroup': { property: 'SnapshotRetentionLimit', otherwise: 0 },
  'AWS::ElastiCache::CacheCluster': { property: 'SnapshotRetentionLimit', otherwise: 0 },
  'AWS::ElastiCache::ServerlessCache': { property: 'SnapshotRetentionLimit', otherwise: 0 },
  'AWS::MemoryDB::Cluster': { property: 'SnapshotRetentionLimit', otherwise: 0 },
};
const TYPES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::Cassandra::Table', 'AWS::EFS::FileSystem', 'AWS::FSx::FileSystem', 'AWS::Backup::BackupPlan', ...Object.keys(BACKUPS)];

/** Days that point-in-time recovery and the default backup plan of file systems keep, where nothing else is set. */
const SERVICE_DAYS = 35;

/** G05: how long erased data can still be restored is bounded, and recorded here. */
export const g05ResidualWindow: Rule = {
  id: 'G05',
  pack: 'GDPR',
  version: 2,
  references: ['GDPR Art. 17', 'GDPR Art. 5(1)(e)'],
  title: 'Erased data can be restored from backups for a bounded time only',
  info: 'Passes when the window of point-in-time recovery and the lifetime of backups and of their copies end within the retention policy. The value found is the residual window: how long erased data can still be restored. Tables and databases that are tagged as not personal are not judged; backup plans always are, as what they select is known at run time alone.',
  explanation: 'Erasure does not reach into backups, so each restore can bring erased data back. That is tolerable for a short, known time that the privacy notice names, when the erasures are run again after each restore. Set RecoveryPeriodInDays, BackupRetentionPeriod or Lifecycle.DeleteAfterDays, for copies as well.',
  looksAt: TYPES,
  judge: each(TYPES, (resource, estate, parameters) =>
    resource.type === 'AWS::Backup::BackupPlan' ? planned(resource, estate, parameters) : asPersonal(estate, resource, parameters, () => kept(resource, estate, parameters))),
};

function kept(resource: Resource, estate: Estate, parameters: Parameters): Finding | Finding[] {
  const limit = retentionLimit(estate, resource, parameters);
  const all = valueAt(estate, resource);
  const backup = BACKUPS[resource.type];
  if (resource.type === 'AWS::RDS::DBInstance' && isSet(memberOf(all, 'DBClusterIdentifier')) === true) return { verdict: 'NOT_APPLICABLE', note: 'Its cluster is backed up, and judged.' };
  if (backup !== undefined) return recorded(withinPolicy(backup.property, memberOf(all, backup.property), backup, limit));
  if (resource.type === 'AWS::FSx::FileSystem') {
    const property = fsxBackups(all);
    if (property === undefined) return { verdict: 'UNKNOWN', expected: 'backups that end', note: 'Without AutomaticBackupRetentionDays the kind of file system decides how long it keeps backups.' };
    return recorded(withinPolicy(property, memberOf(all, property), { otherwise: 'undocumented' }, limit));
  }
  if (resource.type === 'AWS::DynamoDB::GlobalTable') return eachReplica(estate, resource, (replica, part) => pointInTime('Replicas.', replica, limit, part));
  if (resource.type === 'AWS::DynamoDB::Table') return pointInTime('', all, limit, {});
  const [property, on] = resource.type === 'AWS::EFS::FileSystem' ? ['BackupPolicy.Status', 'ENABLED'] : ['PointInTimeRecoveryEnabled', 'true'];
  return fixed(property, memberOf(all, property), on, limit);
}

/** Point-in-time recovery of a table or a replica. */
function pointInTime(prefix: string, table: Value, limit: number, part: { readonly part?: string }): Finding {
  const specification = memberOf(table, 'PointInTimeRecoverySpecification');
  const enabled = check(`${prefix}PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled`, memberOf(specification, 'PointInTimeRecoveryEnabled'), 'true or absent', isTrue, part);
  if (enabled.verdict === 'FAIL') return { ...enabled, verdict: 'PASS', note: 'Point-in-time recovery is off: nothing outlives an erasure.' };
  if (enabled.verdict === 'UNKNOWN') return enabled;
  return recorded(withinPolicy(`${prefix}PointInTimeRecoverySpecification.RecoveryPeriodInDays`, memberOf(specification, 'RecoveryPeriodInDays'), { otherwise: SERVICE_DAYS }, limit, part));
}

/** Backups whose lifetime the service fixes, where they are on. */
function fixed(property: string, value: Value, on: string, limit: number): Finding {
  const isOff = (known: Value): boolean | undefined => (known.kind === 'absent' ? true : known.kind === 'literal' ? String(known.value) !== on || SERVICE_DAYS <= limit : undefined);
  return check(property, value, `off, or a limit of ${SERVICE_DAYS} days or more`, isOff, { note: `Where it is on, the service keeps ${SERVICE_DAYS} days.` });
}

/** Rules of a backup plan, and the copies that they make. */
function planned(plan: Resource, estate: Estate, parameters: Parameters): Finding[] {
  const path = 'BackupPlan.BackupPlanRule';
  const rules = valueAt(estate, plan, path);
  const limit = retentionLimit(estate, plan, parameters);
  const lifetime = (value: Value, part: string, property: string): Finding => recorded(withinPolicy(`${path}.${property}`, memberOf(value, 'Lifecycle.DeleteAfterDays'), { otherwise: 'forever' }, limit, { part }));
  return (itemsOf(rules).length === 0 ? [rules] : itemsOf(rules)).flatMap((rule, index) => {
    const name = textOf(memberOf(rule, 'RuleName')) ?? `Rule ${index + 1}`;
    const copies = rule.kind === 'unknown' ? [] : itemsOf(memberOf(rule, 'CopyActions'));
    const copied = copies.map((copy, at) => lifetime(copy, `${name}, copy ${at + 1}`, 'CopyActions.Lifecycle.DeleteAfterDays'));
    return [lifetime(rule, name, 'Lifecycle.DeleteAfterDays'), copied].flat();
  });
}

function recorded(finding: Finding): Finding {
  const days = (finding.actual ?? '').replace('absent: ', '');
  if (finding.verdict !== 'PASS') return finding;
  return { ...finding, note: days === '0 days' ? 'No backups are kept: nothing outlives an erasure.' : `Residual window, in which erased data can still be restored: ${days}.` };
}
