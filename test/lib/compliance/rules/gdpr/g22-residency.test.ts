import { describe, expect, it } from 'vitest';
import { g22Residency } from '../../../../../lib/compliance/rules/gdpr/g22-residency.ts';
import { DEFAULT_PARAMETERS } from '../../../../../lib/compliance/rules/parameters.ts';
import { estateOf } from '../../../../../lib/compliance/template/estate.ts';
import type { Json, Stack } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';
import { judge } from '../judge.ts';

const EU = { allowedRegions: ['eu-central-1', 'eu-west-1'] };
const STACK = 'estate Stack stack PASS';
const one = (Type: string, Properties: Json): Record<string, Json> => ({ R: { Type, Properties } });
const key = (ReplicaRegion: Json): Record<string, Json> => one('AWS::KMS::Key', { MultiRegion: true, KeyPolicy: { Statement: [{ Effect: 'Deny', Action: 'kms:ReplicateKey', Condition: { StringNotEquals: { 'kms:ReplicaRegion': ReplicaRegion } } }] } });
const replicas = (...regions: Json[]): Json => ({ Replicas: regions.map((Region) => ({ Region })) });

holds(g22Residency, [
  { name: 'passes inside the allowed regions', parameters: EU, resources: one('AWS::DynamoDB::GlobalTable', replicas('eu-central-1', 'eu-west-1')), gives: [STACK, 'R Copy 1 PASS', 'R Copy 2 PASS'] },
  { name: 'passes without a copy', parameters: EU, resources: { B: { Type: 'AWS::S3::Bucket' }, S: { Type: 'AWS::SecretsManager::Secret' }, K: { Type: 'AWS::KMS::Key' } }, gives: [STACK, 'B PASS', 'S PASS', 'K PASS'] },
  { name: 'fails for a replica elsewhere', parameters: EU, resources: one('AWS::DynamoDB::GlobalTable', replicas('eu-central-1', 'us-east-1')), gives: [STACK, 'R Copy 1 PASS', 'R Copy 2 FAIL'] },
  { name: 'fails for secrets, backups, files and databases elsewhere', parameters: EU, resources: { S: { Type: 'AWS::SecretsManager::Secret', Properties: { ReplicaRegions: [{ Region: 'us-east-1' }] } }, B: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [{ CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:us-east-1:1:backup-vault:v' }, { DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:1:backup-vault:v' }] }] } } }, D: { Type: 'AWS::RDS::DBInstance', Properties: { AutomaticBackupReplicationRegion: 'us-east-1' } } }, gives: [STACK, 'S Copy 1 FAIL', 'B Copy 1 FAIL', 'B Copy 2 PASS', 'D Copy 1 FAIL'] },
  { name: 'fails for a stack elsewhere', parameters: { allowedRegions: ['us-east-1'] }, resources: { A: { Type: 'AWS::SSM::Document' } }, gives: ['estate Stack stack FAIL'] },
  { name: 'fails for a multi-region key without bounds, or with wrong ones', parameters: EU, resources: one('AWS::KMS::Key', { MultiRegion: 'true' }), gives: [STACK, 'R FAIL'] },
  { name: 'fails for a multi-region key that may go elsewhere', parameters: EU, resources: key(['eu-west-1', 'us-east-1']), gives: [STACK, 'R FAIL'] },
  { name: 'passes for a multi-region key with bounds', parameters: EU, resources: key(['eu-west-1']), gives: [STACK, 'R PASS'] },
  { name: 'cannot tell the region of a bucket from its ARN', parameters: EU, resources: one('AWS::S3::Bucket', { ReplicationConfiguration: { Rules: [{ Destination: { Bucket: 'arn:aws:s3:::copies' } }] } }), gives: [STACK, 'R Copy 1 UNKNOWN'] },
  { name: 'cannot tell what a parameter decides', parameters: EU, resources: { ...one('AWS::DynamoDB::GlobalTable', replicas(UNRESOLVED)), K: { Type: 'AWS::KMS::Key', Properties: { MultiRegion: UNRESOLVED } }, S: { Type: 'AWS::SecretsManager::Secret', Properties: { ReplicaRegions: UNRESOLVED } } }, gives: [STACK, 'R Copy 1 UNKNOWN', 'S Copy 1 UNKNOWN', 'K UNKNOWN'], says: ['AParameter'] },
  { name: 'cannot tell without declared regions', resources: one('AWS::DynamoDB::GlobalTable', replicas('eu-central-1')), gives: ['estate Stack stack UNKNOWN', 'R Copy 1 UNKNOWN'], says: ['allowedRegions'] },
], { nothing: ['estate Stack stack UNKNOWN'] });

describe('the region of a stack', () => {
  it('is not known where the template does not say', () => {
    expect(judge(g22Residency, {}, EU, { name: 'file' }).length).toBe(1);
    const template: Stack = { name: 'file', template: { Resources: {} }, file: 'file.json', sha256: '0' };
    expect(g22Residency.judge(estateOf('file', [template]), { ...DEFAULT_PARAMETERS, ...EU })).toMatchObject([{ verdict: 'UNKNOWN' }]);
  });

  it('is that of the bucket which another stack of the estate replicates to', () => {
    const target: Stack = { name: 'far', region: 'us-east-1', file: 'far', sha256: '0', template: { Resources: { Copies: { Type: 'AWS::S3::Bucket' } }, Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Copies', 'Arn'] } } } } };
    const source: Stack = { name: 'near', region: 'eu-central-1', file: 'near', sha256: '0', template: { Resources: { Data: { Type: 'AWS::S3::Bucket', Properties: { ReplicationConfiguration: { Rules: [{ Destination: { Bucket: { 'Fn::GetStackOutput': { StackName: 'far', OutputName: 'Arn', Region: 'us-east-1' } } } }] } } } } } };
    const found = g22Residency.judge(estateOf('two', [target, source]), { ...DEFAULT_PARAMETERS, ...EU });
    expect(found.map(({ resource, part, verdict }) => [resource?.logicalId ?? part, verdict])).toEqual([['Stack far', 'FAIL'], ['Stack near', 'PASS'], ['Copies', 'PASS'], ['Data', 'FAIL']]);
  });
});
