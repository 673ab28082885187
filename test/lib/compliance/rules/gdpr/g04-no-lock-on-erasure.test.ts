import { g04NoLockOnErasure } from '../../../../../lib/compliance/rules/gdpr/g04-no-lock-on-erasure.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const bucket = (properties: Record<string, Json>): Json => ({ Type: 'AWS::S3::Bucket', Properties: properties });
const tags = (name: string, value: Json): Json => [{ Key: name, Value: value }];

holds(g04NoLockOnErasure, [
  { name: 'passes what is not locked', resources: { Bucket: { Type: 'AWS::S3::Bucket' }, Off: bucket({ ObjectLockEnabled: false }), Vault: { Type: 'AWS::Backup::BackupVault' } }, gives: ['Bucket PASS', 'Off PASS', 'Vault PASS'] },
  { name: 'fails locks without a basis', resources: { Bucket: bucket({ ObjectLockEnabled: true }), Configured: bucket({ ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } }), Vault: { Type: 'AWS::Backup::BackupVault', Properties: { LockConfiguration: { MinRetentionDays: 7 } } }, Gapped: { Type: 'AWS::Backup::LogicallyAirGappedBackupVault' } }, gives: ['Bucket FAIL', 'Configured FAIL', 'Vault FAIL', 'Gapped FAIL'], says: ['not declared', 'locked by its type'] },
  { name: 'fails a basis that does not outweigh erasure, passes one that does', resources: { Consent: bucket({ ObjectLockEnabled: true, Tags: tags('legal-basis', 'consent') }), Law: bucket({ ObjectLockEnabled: true, Tags: tags('legal-basis', 'legal-obligation') }), Vault: { Type: 'AWS::Backup::BackupVault', Properties: { LockConfiguration: {}, BackupVaultTags: { 'legal-basis': 'Art. 6(1)(c)' } } } }, gives: ['Consent FAIL', 'Law PASS', 'Vault PASS'], says: ['consent', 'legal-obligation'] },
  { name: 'passes what is erased by destroying keys', resources: { Bucket: bucket({ ObjectLockEnabled: true }) }, parameters: { keyShredded: ['Buck'] }, gives: ['Bucket PASS'], says: ['destroying keys'] },
  { name: 'leaves out what is not personal', resources: { Bucket: bucket({ ObjectLockEnabled: true, Tags: tags('data-class', 'operational') }) }, gives: ['Bucket NOT_APPLICABLE'] },
  { name: 'cannot tell a lock or a basis that is a parameter', resources: { Lock: bucket({ ObjectLockEnabled: UNRESOLVED }), Basis: bucket({ ObjectLockEnabled: true, Tags: tags('legal-basis', UNRESOLVED) }) }, gives: ['Lock UNKNOWN', 'Basis UNKNOWN'], says: ['AParameter'] },
  { name: 'is not misled by a second property that is not known', resources: { Bucket: bucket({ ObjectLockEnabled: UNRESOLVED, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } }) }, gives: ['Bucket FAIL'] },
]);
