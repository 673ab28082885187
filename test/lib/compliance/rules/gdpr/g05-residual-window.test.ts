import { g05ResidualWindow } from '../../../../../lib/compliance/rules/gdpr/g05-residual-window.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const recovery = (days?: Json, enabled: Json = true): Json => ({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: enabled, ...(days !== undefined && { RecoveryPeriodInDays: days }) } });
const table = (properties: Json): Json => ({ Type: 'AWS::DynamoDB::Table', Properties: properties });
const plan = (...rules: Json[]): Json => ({ Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: rules } } });

holds(g05ResidualWindow, [
  { name: 'reads the backups of FSx where its kind has them', resources: { Short: { Type: 'AWS::FSx::FileSystem', Properties: { LustreConfiguration: { AutomaticBackupRetentionDays: 7 } } }, Long: { Type: 'AWS::FSx::FileSystem', Properties: { OntapConfiguration: { AutomaticBackupRetentionDays: 90 } } }, Unset: { Type: 'AWS::FSx::FileSystem', Properties: { OpenZFSConfiguration: {} } }, Bare: { Type: 'AWS::FSx::FileSystem' } }, parameters: { maxRetentionDays: 30 }, gives: ['Short PASS', 'Long FAIL', 'Unset UNKNOWN', 'Bare UNKNOWN'] },
  { name: 'passes a bounded window, and records it', resources: { Table: table(recovery(7)), Default: table(recovery()), Off: table({}) }, gives: ['Table PASS', 'Default PASS', 'Off PASS'], says: ['restored: 7 days', 'absent: 35 days', 'nothing outlives'] },
  { name: 'fails a window beyond the policy', resources: { Table: table(recovery()) }, parameters: { maxRetentionDays: 30 }, gives: ['Table FAIL'], says: ['at most 30 days'] },
  { name: 'judges each replica', resources: { Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'eu-central-1', ...(recovery(1) as object) }, { Region: 'eu-west-1', ...(recovery(35) as object) }] } } }, parameters: { maxRetentionDays: 30 }, gives: ['Table Replica eu-central-1 PASS', 'Table Replica eu-west-1 FAIL'] },
  { name: 'cannot tell parameters', resources: { Days: table(recovery(UNRESOLVED)), On: table(recovery(7, UNRESOLVED)), Replicas: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: UNRESOLVED } }, Plan: plan({ RuleName: 'daily', Lifecycle: { DeleteAfterDays: UNRESOLVED } }) }, gives: ['Days UNKNOWN', 'On UNKNOWN', 'Replicas Replica 1 UNKNOWN', 'Plan daily UNKNOWN'], says: ['AParameter'] },
  { name: 'leaves out what is tagged as not personal', resources: { Table: table({ Tags: [{ Key: 'data-class', Value: 'public' }] }) }, gives: ['Table NOT_APPLICABLE'] },
  { name: 'judges each rule of a plan and its copies', resources: { Plan: plan({ RuleName: 'daily', Lifecycle: { DeleteAfterDays: 35 }, CopyActions: [{ DestinationBackupVaultArn: 'x' }] }, { RuleName: 'for ever' }, { Lifecycle: { DeleteAfterDays: 3650 } }) }, gives: ['Plan daily PASS', 'Plan daily, copy 1 FAIL', 'Plan for ever FAIL', 'Plan Rule 3 FAIL'], says: ['kept for ever'] },
  {
    name: 'knows the defaults of databases, caches and file systems',
    resources: { Db: { Type: 'AWS::RDS::DBInstance' }, Long: { Type: 'AWS::RDS::DBCluster', Properties: { BackupRetentionPeriod: 35 } }, Member: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Long' } } }, Cache: { Type: 'AWS::ElastiCache::ReplicationGroup' }, Files: { Type: 'AWS::EFS::FileSystem', Properties: { BackupPolicy: { Status: 'ENABLED' } } }, Plain: { Type: 'AWS::EFS::FileSystem' }, Public: { Type: 'AWS::EFS::FileSystem', Properties: { FileSystemTags: [{ Key: 'data-class', Value: 'public' }] } } },
    parameters: { maxRetentionDays: 30 },
    gives: ['Db PASS', 'Long FAIL', 'Member NOT_APPLICABLE', 'Cache PASS', 'Files FAIL', 'Plain PASS', 'Public NOT_APPLICABLE'],
    says: ['absent: 1 day', '35 days'],
  },
  { name: 'knows the fixed window of Keyspaces', resources: { Off: { Type: 'AWS::Cassandra::Table' }, On: { Type: 'AWS::Cassandra::Table', Properties: { PointInTimeRecoveryEnabled: true } } }, parameters: { maxRetentionDays: 30 }, gives: ['Off PASS', 'On FAIL'], says: ['the service keeps 35 days'] },
]);
