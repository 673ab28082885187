import { g28RecoverableTables } from '../../../../../lib/compliance/rules/gdpr/g28-recoverable-tables.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const safe = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, DeletionProtectionEnabled: true };
const parts = (id: string, ...verdicts: readonly string[]): string[] => ['Recovery', 'Deletion protection', 'DeletionPolicy', 'UpdateReplacePolicy'].map((part, index) => `${id} ${part} ${verdicts[index] ?? verdicts[0] ?? ''}`);
const untested = 'estate Restore test MANUAL';

holds(g28RecoverableTables, [
  { name: 'passes a table with all of it; the restore itself is for a person', resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: safe, ...kept } }, gives: [...parts('Table', 'PASS'), untested], says: ['record when one was last tried'] },
  { name: 'fails a bare table, tagged or not', resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: [{ Key: 'data-class', Value: 'public' }] } } }, gives: [...parts('Table', 'FAIL'), untested] },
  {
    name: 'judges each replica of a global table',
    resources: { Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'eu-central-1', ...safe }, { Region: 'eu-west-1' }] }, ...kept, UpdateReplacePolicy: 'Delete' } },
    gives: ['Table Replica eu-central-1: recovery PASS', 'Table Replica eu-west-1: recovery FAIL', 'Table Replica eu-central-1: deletion protection PASS', 'Table Replica eu-west-1: deletion protection FAIL', 'Table DeletionPolicy PASS', 'Table UpdateReplacePolicy FAIL', untested],
  },
  { name: 'cannot tell parameters, in policies neither', resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: { PointInTimeRecoverySpecification: UNRESOLVED, DeletionProtectionEnabled: { 'Fn::If': ['Prod', true, false] } }, DeletionPolicy: UNRESOLVED, UpdateReplacePolicy: 'Retain' } }, gives: [...parts('Table', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'PASS'), untested], says: ['AParameter', 'Prod'] },
  { name: 'holds databases to theirs; a snapshot is enough', resources: { Db: { Type: 'AWS::RDS::DBCluster', Properties: { DeletionProtection: true }, DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' }, Member: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Db' } } }, Bare: { Type: 'AWS::RDS::DBInstance', Properties: { BackupRetentionPeriod: 0 } } }, gives: [...parts('Db', 'PASS'), 'Member NOT_APPLICABLE', ...parts('Bare', 'FAIL'), untested] },
  { name: 'does not take a snapshot for a table', resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: safe, ...kept, DeletionPolicy: 'Snapshot' } }, gives: [...parts('Table', 'PASS', 'PASS', 'FAIL'), untested] },
  { name: 'passes the restore test that is on a schedule, for that type alone', resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: safe, ...kept }, Test: { Type: 'AWS::Backup::RestoreTestingSelection', Properties: { ProtectedResourceType: 'DynamoDB' } } }, gives: [...parts('Table', 'PASS'), 'estate Restore test PASS'] },
  { name: 'does not take the test of another type', resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: safe, ...kept }, Test: { Type: 'AWS::Backup::RestoreTestingSelection', Properties: { ProtectedResourceType: 'RDS' } } }, gives: [...parts('Table', 'PASS'), untested], says: ['not for DynamoDB'] },
  { name: 'asks of Keyspaces what it has', resources: { Table: { Type: 'AWS::Cassandra::Table', Properties: { PointInTimeRecoveryEnabled: true }, ...kept } }, gives: ['Table Recovery PASS', 'Table DeletionPolicy PASS', 'Table UpdateReplacePolicy PASS', untested] },
]);
