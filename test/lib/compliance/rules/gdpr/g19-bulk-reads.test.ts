import { describe, expect, it } from 'vitest';
import { g19BulkReads } from '../../../../../lib/compliance/rules/gdpr/g19-bulk-reads.ts';
import type { Parameters } from '../../../../../lib/compliance/rules/parameters.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';
import { judge } from '../judge.ts';

const TABLE: Json = { Type: 'AWS::DynamoDB::GlobalTable', Properties: { StreamSpecification: { StreamViewType: 'NEW_IMAGE' }, GlobalSecondaryIndexes: [{ IndexName: 'idle' }] } };
const ARN: Json = { 'Fn::GetAtt': ['Table', 'Arn'] };
const IMPERSONAL: Json = { Type: 'AWS::DynamoDB::Table', Properties: { Tags: [{ Key: 'data-class', Value: 'operational' }] } };
const role = (Action: Json, Resource: Json = ARN, Condition?: Json): Json => ({ Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource, ...(Condition !== undefined && { Condition }) }] } }] } });
const KEY: Json = { Type: 'AWS::KMS::Key' };
const KEY_ARN: Json = { 'Fn::GetAtt': ['Key', 'Arn'] };

holds(g19BulkReads, [
  { name: 'passes reading by key, and writing', resources: { Table: TABLE, Role: role(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem']) }, gives: ['Role PASS'] },
  { name: 'fails each way to read all of a table', resources: { Table: TABLE, Role: role(['dynamodb:Scan', 'dynamodb:ExportTableToPointInTime']), Star: role('dynamodb:*', '*') }, gives: ['Role dynamodb:Scan, dynamodb:ExportTableToPointInTime Table FAIL', 'Star dynamodb:Scan, dynamodb:PartiQLSelect, dynamodb:ExportTableToPointInTime, dynamodb:RestoreTableToPointInTime, dynamodb:GetRecords, dynamodb:CreateBackup and dynamodb:RestoreTableFromBackup Table FAIL', 'Star dynamodb:Query Table UNKNOWN'] },
  { name: 'passes declared roles, and stores that are not personal', resources: { Table: TABLE, EraseRole: role('dynamodb:Scan'), Other: IMPERSONAL, Role: role('dynamodb:Scan', { 'Fn::GetAtt': ['Other', 'Arn'] }) }, parameters: { dataSubjectRoles: { erase: ['EraseRole'], export: [], support: [''] } }, gives: ['EraseRole PASS', 'Role PASS'], says: ['dynamodb:Scan Table'] },
  { name: 'takes a leading key for a key, but not where a scan has none', resources: { Table: TABLE, Keyed: role('dynamodb:Query', { 'Fn::Sub': '${Table.Arn}/index/*' }, { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/subject}'] } }), Loose: role('dynamodb:Scan', ARN, { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } }) }, gives: ['Keyed PASS', 'Loose dynamodb:Scan Table FAIL'] },
  { name: 'cannot tell whose data a key of an index stands for', resources: { Table: TABLE, Role: role('dynamodb:Query', { 'Fn::Sub': '${Table.Arn}/index/idle' }) }, gives: ['Role dynamodb:Query Table UNKNOWN'] },
  { name: 'expects of the function that a stream wakes that it reads the stream', resources: { Table: TABLE, Role: role('dynamodb:GetRecords', { 'Fn::GetAtt': ['Table', 'StreamArn'] }), Other: role('dynamodb:GetRecords', { 'Fn::GetAtt': ['Table', 'StreamArn'] }), Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } }, Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Fn' } } }, Wakes: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Live' }, EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] } } } }, gives: ['Role PASS', 'Other dynamodb:GetRecords Table FAIL'], says: ['wakes its function'] },
  { name: 'needs both the list and the objects of a bucket', resources: { Bucket: { Type: 'AWS::S3::Bucket' }, Both: role(['s3:ListBucket', 's3:GetObject'], [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, { 'Fn::Sub': '${Bucket.Arn}/*' }]), Objects: role('s3:GetObject', { 'Fn::Sub': '${Bucket.Arn}/*' }), List: role('s3:ListBucket', { 'Fn::GetAtt': ['Bucket', 'Arn'] }) }, gives: ['Both s3:ListBucket and s3:GetObject Bucket FAIL', 'Objects PASS', 'List PASS'] },
  { name: 'fails who may search logs', resources: { Logs: { Type: 'AWS::Logs::LogGroup' }, Role: role('logs:FilterLogEvents', { 'Fn::GetAtt': ['Logs', 'Arn'] }), Writer: role('logs:PutLogEvents', { 'Fn::GetAtt': ['Logs', 'Arn'] }) }, gives: ['Role logs:FilterLogEvents Logs FAIL', 'Writer PASS'] },
  { name: 'fails decryption that nothing narrows, however it looks', resources: { Key: KEY, Wide: role('kms:Decrypt', KEY_ARN), Hollow: role('kms:Decrypt', KEY_ARN, { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['subject'] } }), Through: role('kms:Decrypt', KEY_ARN, { StringEquals: { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' } }), Subject: role('kms:Decrypt', KEY_ARN, { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['subject'] }, Null: { 'kms:EncryptionContext:subject': 'false' } }) }, gives: ['Wide kms:Decrypt Key FAIL', 'Hollow kms:Decrypt Key FAIL', 'Through PASS', 'Subject PASS'] },
  { name: 'leaves keys alone that only stores without personal data lie under', resources: { Key: KEY, Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: KEY_ARN, Tags: [{ Key: 'data-class', Value: 'operational' }] } }, Wide: role('kms:Decrypt', KEY_ARN) }, gives: ['Wide PASS'] },
  { name: 'does not know what a parameter or a policy elsewhere decides', resources: { Table: { Type: 'AWS::DynamoDB::Table' }, Role: role('dynamodb:Scan', UNRESOLVED), Foreign: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/SomethingElse'] } } }, gives: ['Role dynamodb:Scan Table UNKNOWN', 'Foreign Foreign ManagedPolicyArns[0] UNKNOWN'], says: ['AParameter', 'SomethingElse', 'of one store: dynamodb:Scan, dynamodb:PartiQLSelect'] },
  { name: 'says once what a policy elsewhere may give, and of which stores', resources: { ...Object.fromEntries(Array.from({ length: 30 }, (_, number): [string, Json] => [`Bucket${number}`, { Type: 'AWS::S3::Bucket' }])), Foreign: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/SomethingElse'] } } }, gives: ['Foreign Foreign ManagedPolicyArns[0] UNKNOWN'], says: ['of 30 stores', 'Bucket0, Bucket1,', 'Bucket29'] },
  { name: 'fails the list of versions with the versions, and not the versions alone', resources: { Bucket: { Type: 'AWS::S3::Bucket' }, Both: role(['s3:ListBucketVersions', 's3:GetObjectVersion'], '*'), Versions: role('s3:GetObjectVersion', '*') }, gives: ['Both s3:ListBucketVersions and s3:GetObjectVersion Bucket FAIL', 'Versions PASS'] },
  { name: 'fails copying a table by what restores it', resources: { Table: { Type: 'AWS::DynamoDB::Table' }, Backup: role(['dynamodb:CreateBackup', 'dynamodb:RestoreTableFromBackup'], '*'), Point: role('dynamodb:RestoreTableToPointInTime'), Service: role(['backup:StartBackupJob', 'backup:StartRestoreJob'], '*'), Makes: role('dynamodb:CreateBackup'), Restores: role('dynamodb:RestoreTableFromBackup', { 'Fn::Sub': '${Table.Arn}/backup/*' }) }, gives: ['Backup dynamodb:CreateBackup and dynamodb:RestoreTableFromBackup Table FAIL', 'Point dynamodb:RestoreTableToPointInTime Table FAIL', 'Service backup:StartBackupJob and backup:StartRestoreJob Table FAIL', 'Makes PASS', 'Restores dynamodb:RestoreTableFromBackup Table UNKNOWN'], says: ['whether there is one is not told'] },
  { name: 'counts what a user may as a member of groups', resources: { Key: KEY, Listed: { Type: 'AWS::IAM::User', Properties: { Groups: [{ Ref: 'Admins' }] } }, Added: { Type: 'AWS::IAM::User' }, Addition: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: { Ref: 'Admins' }, Users: [{ Ref: 'Added' }] } }, Elsewhere: { Type: 'AWS::IAM::User', Properties: { Groups: ['others'] } }, Alone: { Type: 'AWS::IAM::User' }, Admins: { Type: 'AWS::IAM::Group', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] } } }, gives: ['Listed kms:Decrypt Key FAIL', 'Added kms:Decrypt Key FAIL', 'Elsewhere kms:Decrypt Key UNKNOWN', 'Alone PASS', 'Admins kms:Decrypt Key FAIL'], says: ['the group others'] },
  { name: 'has nothing to say without a store and a key', resources: { Role: role('dynamodb:Scan', '*') }, gives: ['estate NOT_APPLICABLE'] },
]);

/** What the rule says where the template tells its account. */
const bound = (resources: Record<string, Json>, parameters: Partial<Parameters> = {}): string[] => judge(g19BulkReads, resources, parameters, { account: OWN }).map(({ resource, part, verdict }) => `${resource?.logicalId ?? 'estate'} ${part ?? ''} ${verdict}`);
const OWN = '111122223333';
const OTHER = '999988887777';
const open = (Principal: Json, Condition?: Json): Record<string, Json> => ({ Queue: { Type: 'AWS::SQS::Queue' }, Table: { Type: 'AWS::DynamoDB::Table', Properties: { ResourcePolicy: { PolicyDocument: { Statement: [{ Effect: 'Allow', Principal, Action: 'dynamodb:Scan', Resource: '*', ...(Condition !== undefined && { Condition }) }] } } } } });

describe('G19: those outside the templates', () => {
  it.each<readonly [string, Json, Json | undefined, string]>([
    ['another account by its number', { AWS: OTHER }, undefined, `Table dynamodb:Scan by account ${OTHER} FAIL`],
    ['another account by its root', { AWS: `arn:aws:iam::${OTHER}:root` }, undefined, `Table dynamodb:Scan by account ${OTHER} FAIL`],
    ['a role of another account', { AWS: `arn:aws:iam::${OTHER}:role/analyst` }, undefined, `Table dynamodb:Scan by role/analyst of account ${OTHER} FAIL`],
    ['a role of the account that stands in no template', { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/ops' } }, undefined, 'Table dynamodb:Scan by role/ops of the account itself FAIL'],
    ['anybody', '*', undefined, 'Table dynamodb:Scan by anybody FAIL'],
    ['an organisation', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-abcd123456' } }, 'Table dynamodb:Scan by organisation o-abcd123456 FAIL'],
    ['an account by a condition', { AWS: '*' }, { StringEquals: { 'aws:PrincipalAccount': [OTHER, OWN] } }, `Table dynamodb:Scan by account ${OTHER} FAIL`],
    ['anybody, under a condition that no template decides', '*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'Table dynamodb:Scan by anybody UNKNOWN'],
    ['whoever a parameter names', { AWS: { Ref: 'Partner' } }, undefined, 'Table dynamodb:Scan by account <Partner> UNKNOWN'],
  ])('%s', (_, principal, condition, told) => {
    expect(bound(open(principal, condition))).toEqual([told]);
  });

  it.each<readonly [string, Json, Json | undefined]>([
    ['the account itself, whose policies decide', { AWS: `arn:aws:iam::${OWN}:root` }, undefined],
    ['the account by a condition', '*', { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } }],
    ['roles of the account by a condition', '*', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/*` } }],
    ['a service', { Service: 'dynamodb.amazonaws.com' }, undefined],
  ])('leaves out %s', (_, principal, condition) => {
    expect(bound(open(principal, condition))).toEqual(['estate  NOT_APPLICABLE']);
  });

  it('reads buckets and keys so too, and stops at a denial', () => {
    const policy = (...more: readonly Json[]): Json => ({ Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: OTHER }, Action: ['s3:GetObject', 's3:ListBucket'], Resource: [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, { 'Fn::Sub': '${Bucket.Arn}/*' }] }, ...more] } } });
    const bucket = { Bucket: { Type: 'AWS::S3::Bucket' } };
    expect(bound({ ...bucket, Policy: policy() })).toEqual([`Bucket s3:ListBucket and s3:GetObject by account ${OTHER} FAIL`]);
    expect(bound({ ...bucket, Policy: policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': OWN } } }) })).toEqual(['estate  NOT_APPLICABLE']);
    expect(bound({ Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: OTHER }, Action: 'kms:*', Resource: '*' }] } } } })).toEqual([`Key kms:Decrypt by account ${OTHER} FAIL`]);
  });

  it('passes who is declared, and does not know another account where the template does not tell its own', () => {
    expect(bound(open({ AWS: OTHER }), { dataSubjectRoles: { erase: [], export: [], support: [OTHER] } })).toEqual([`Table dynamodb:Scan by account ${OTHER} PASS`]);
    expect(judge(g19BulkReads, open({ AWS: OTHER })).map(({ verdict, note }) => [verdict, note])).toEqual([['UNKNOWN', `Whether account ${OTHER} is another account is not told: the template does not tell its own.`]]);
    expect(judge(g19BulkReads, open('*')).map(({ verdict }) => verdict)).toEqual(['FAIL']);
  });
});
