import { describe, expect, it } from 'vitest';
import { g29CompleteErasureAndExport } from '../../../../../lib/compliance/rules/gdpr/g29-complete-erasure-and-export.ts';
import { DEFAULT_PARAMETERS } from '../../../../../lib/compliance/rules/parameters.ts';
import { estateOf } from '../../../../../lib/compliance/template/estate.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const DECLARED = { dataSubjectRoles: { erase: ['EraseRole'], export: ['ExportRole'], support: [] } };
const arn = (id: string): Json => ({ 'Fn::GetAtt': [id, 'Arn'] });
const statement = (Action: Json, Resource: Json, Condition?: Json): Json => ({ Effect: 'Allow', Action, Resource, ...(Condition !== undefined && { Condition }) });
const trust = (Principal: Json, Effect = 'Allow'): Json => ({ Effect, Principal, Action: 'sts:AssumeRole' });
const LAMBDA = trust({ Service: 'lambda.amazonaws.com' });
const PEOPLE = trust({ AWS: 'arn:aws:iam::111122223333:role/privacy-officers' });
const trusted = (statements: readonly Json[], ...trusts: readonly Json[]): Json => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: trusts }, Policies: [{ PolicyDocument: { Statement: statements } }] } });
/** A role that people may take. */
const role = (...statements: readonly Json[]): Json => trusted(statements, PEOPLE);
const TABLE: Json = { Type: 'AWS::DynamoDB::Table' };
const tagged = (type: string, dataClass: Json): Json => ({ Type: type, Properties: { Tags: [{ Key: 'data-class', Value: dataClass }] } });
const ERASES = role(statement('dynamodb:DeleteItem', arn('Table')));
const EXPORTS = role(statement('dynamodb:Query', arn('Table')));
const ROLES = { EraseRole: ERASES, ExportRole: EXPORTS };
const USABLE = ['EraseRole in use PASS', 'ExportRole in use PASS'];
/** An erase role that has its rights, under a trust, beside what may use it. */
const waiting = (trusts: readonly Json[], more: Record<string, Json> = {}): Record<string, Json> => ({ Table: TABLE, ...ROLES, EraseRole: trusted([statement('dynamodb:DeleteItem', arn('Table'))], ...trusts), ...more });
const used = (verdict: string): readonly string[] => ['Table erase PASS', 'Table export PASS', `EraseRole in use ${verdict}`, 'ExportRole in use PASS'];
const fn = (Role: Json, more: Json = {}): Json => ({ Type: 'AWS::Lambda::Function', Properties: { Role }, ...(more as object) });

holds(g29CompleteErasureAndExport, [
  { name: 'passes a table that both roles reach', resources: { Table: TABLE, ...ROLES }, parameters: DECLARED, gives: ['Table erase PASS', 'Table export PASS', ...USABLE] },
  { name: 'fails each store without declared roles, by name', resources: { Table: TABLE, ...ROLES }, gives: ['Table erase FAIL', 'Table export FAIL'], says: ['no role is declared to erase', 'dataSubjectRoles.export may read Table'] },
  { name: 'fails when the declared roles are not there', resources: { Table: TABLE }, parameters: DECLARED, gives: ['Table erase FAIL', 'Table export FAIL'], says: ['no role of the estate is named EraseRole'] },
  { name: 'fails the store that was forgotten', resources: { Table: TABLE, Second: TABLE, ...ROLES }, parameters: DECLARED, gives: ['Table erase PASS', 'Table export PASS', 'Second erase FAIL', 'Second export FAIL', ...USABLE], says: ['EraseRole may not delete from it'] },
  { name: 'does not take reading for deleting', resources: { Table: TABLE, EraseRole: EXPORTS, ExportRole: ERASES }, parameters: DECLARED, gives: ['Table erase FAIL', 'Table export FAIL', ...USABLE] },
  { name: 'asks for versions of a bucket that keeps them', resources: { Plain: { Type: 'AWS::S3::Bucket' }, Kept: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } }, EraseRole: role(statement('s3:DeleteObject', '*')), ExportRole: role(statement('s3:GetObject', '*')) }, parameters: DECLARED, gives: ['Plain erase PASS', 'Plain export PASS', 'Kept erase FAIL', 'Kept export PASS', ...USABLE], says: ['s3:DeleteObjectVersion'] },
  {
    name: 'asks for the key that a store lies under',
    resources: {
      Key: { Type: 'AWS::KMS::Key' },
      Table: { Type: 'AWS::DynamoDB::Table', Properties: { SSESpecification: { SSEEnabled: true, KMSMasterKeyId: arn('Key') } } },
      EraseRole: role(statement('dynamodb:DeleteItem', arn('Table'))),
      ExportRole: role(statement('dynamodb:Query', arn('Table')), statement('kms:Decrypt', arn('Key'), { StringEquals: { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' } })),
    },
    parameters: DECLARED,
    gives: ['Table erase FAIL', 'Table export PASS', ...USABLE],
    says: ['may not kms:Decrypt'],
  },
  { name: 'leaves to a person what only expires, and audit trails', resources: { Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } }, Queue: { Type: 'AWS::SQS::Queue' }, Trail: tagged('AWS::S3::Bucket', 'audit'), EraseRole: ERASES, ExportRole: role(statement('logs:FilterLogEvents', arn('Logs'))) }, parameters: DECLARED, gives: ['Logs erase MANUAL', 'Logs export PASS', 'Queue erase MANUAL', 'Queue export MANUAL', 'Trail erase MANUAL', 'Trail export MANUAL', ...USABLE], says: ['RetentionInDays 30 (days)', 'kept 4 days'] },
  { name: 'leaves out what keeps nothing, or nothing personal', resources: { Topic: { Type: 'AWS::SNS::Topic' }, Other: tagged('AWS::DynamoDB::Table', 'operational') }, gives: ['Topic erase NOT_APPLICABLE', 'Topic export NOT_APPLICABLE', 'Other NOT_APPLICABLE'] },
  { name: 'does not know rights inside a database', resources: { Database: { Type: 'AWS::RDS::DBInstance' }, ...ROLES }, parameters: DECLARED, gives: ['Database erase UNKNOWN', 'Database export UNKNOWN', ...USABLE] },
  { name: 'does not know what a parameter decides', resources: { Table: TABLE, EraseRole: role(statement('dynamodb:DeleteItem', UNRESOLVED)), ExportRole: role(statement('dynamodb:Query', arn('Table'), { StringEquals: { 'aws:SourceVpce': UNRESOLVED } })), Unclear: tagged('AWS::DynamoDB::Table', UNRESOLVED) }, parameters: DECLARED, gives: ['Table erase UNKNOWN', 'Table export UNKNOWN', 'Unclear erase UNKNOWN', 'Unclear export UNKNOWN', ...USABLE], says: ['AParameter'] },
  {
    name: 'knows the encryption context that DynamoDB gives for a table, and no other',
    resources: {
      Key: { Type: 'AWS::KMS::Key' },
      Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'people', SSESpecification: { SSEEnabled: true, KMSMasterKeyId: arn('Key') } } },
      EraseRole: role(statement('dynamodb:DeleteItem', arn('Table')), statement('kms:Decrypt', arn('Key'), { StringEquals: { 'kms:EncryptionContext:aws:dynamodb:tableName': 'people' } })),
      ExportRole: role(statement('dynamodb:Query', arn('Table')), statement('kms:Decrypt', arn('Key'), { StringEquals: { 'kms:EncryptionContext:aws:dynamodb:tableName': 'orders' } })),
    },
    parameters: DECLARED,
    gives: ['Table erase PASS', 'Table export FAIL', ...USABLE],
  },
  { name: 'fails rights that nobody can use', resources: waiting([LAMBDA]), parameters: DECLARED, gives: used('FAIL'), says: ['nobody can use it: its trust admits lambda.amazonaws.com alone'] },
  { name: 'fails a role without a trust', resources: waiting([]), parameters: DECLARED, gives: used('FAIL'), says: ['its trust admits nobody'] },
  { name: 'fails a role whose trust admits people to something else', resources: waiting([LAMBDA, { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:TagSession' }]), parameters: DECLARED, gives: used('FAIL') },
  { name: 'does not take what only names the role for what runs under it', resources: waiting([LAMBDA], { Passes: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'ExportRole' }], PolicyDocument: { Statement: [statement('iam:PassRole', arn('EraseRole'))] } } }, Other: fn(arn('OtherRole')), OtherRole: trusted([], LAMBDA), Late: fn('arn:aws:iam::111122223333:role/other') }), parameters: DECLARED, gives: used('FAIL') },
  { name: 'passes a role that a function runs under', resources: waiting([LAMBDA], { Eraser: fn(arn('EraseRole')) }), parameters: DECLARED, gives: used('PASS'), says: ['Eraser runs under it'] },
  { name: 'passes a role that a function names by its ARN', resources: { ...waiting([LAMBDA], { Eraser: fn({ 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/demo-erase' }) }), EraseRole: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'demo-erase', AssumeRolePolicyDocument: { Statement: [LAMBDA] }, Policies: [{ PolicyDocument: { Statement: [statement('dynamodb:DeleteItem', arn('Table'))] } }] } } }, parameters: DECLARED, gives: used('PASS') },
  { name: 'passes a role that a state machine, a task or a machine runs under', resources: { ...waiting([LAMBDA], { Steps: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arn('EraseRole') } }, Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'ExportRole' }] } } }), ExportRole: trusted([statement('dynamodb:Query', arn('Table'))], trust({ Service: 'ec2.amazonaws.com' })) }, parameters: DECLARED, gives: used('PASS'), says: ['Profile runs under it'] },
  { name: 'passes a role that a single sign-on lets people take', resources: waiting([trust({ Federated: 'arn:aws:iam::111122223333:saml-provider/staff' })].map((one) => ({ ...(one as object), Action: 'sts:AssumeRoleWithSAML' }))), parameters: DECLARED, gives: used('PASS') },
  { name: 'judges a role once that is declared for both', resources: { Table: TABLE, EraseRole: trusted([statement(['dynamodb:DeleteItem', 'dynamodb:Query'], arn('Table'))], LAMBDA) }, parameters: { dataSubjectRoles: { erase: ['EraseRole'], export: ['EraseRole'], support: [] } }, gives: ['Table erase PASS', 'Table export PASS', 'EraseRole in use FAIL'], says: ['to erase and export'] },
  { name: 'does not ask whether a role can be used where nothing is personal', resources: { Other: tagged('AWS::DynamoDB::Table', 'operational'), EraseRole: trusted([], LAMBDA) }, parameters: DECLARED, gives: ['Other NOT_APPLICABLE'] },
  { name: 'does not know a function whose role is a parameter', resources: waiting([LAMBDA], { Eraser: fn(UNRESOLVED) }), parameters: DECLARED, gives: used('UNKNOWN'), says: ['which role Eraser runs under'] },
  { name: 'does not know a function that depends on a condition', resources: waiting([LAMBDA], { Eraser: fn(arn('EraseRole'), { Condition: 'WithErasure' }) }), parameters: DECLARED, gives: used('UNKNOWN'), says: ['the condition WithErasure'] },
  { name: 'does not know whom a denial leaves', resources: waiting([PEOPLE, trust({ AWS: '*' }, 'Deny')]), parameters: DECLARED, gives: used('UNKNOWN') },
  { name: 'does not know a trust that cannot be read', resources: waiting([UNRESOLVED]), parameters: DECLARED, gives: used('UNKNOWN'), says: ['AParameter'] },
]);

describe('a role that leaves its stack', () => {
  it('is not known to be unused: who takes it is in no template', () => {
    const resources = waiting([LAMBDA]);
    const estate = estateOf('test', [{ name: 'one', template: { Resources: resources, Outputs: { Other: { Value: 'text' }, EraseRoleArn: { Value: arn('EraseRole'), Export: { Name: 'erase-role' } } } }, file: 'one.json', sha256: '0' }]);
    const found = g29CompleteErasureAndExport.judge(estate, { ...DEFAULT_PARAMETERS, ...DECLARED }).find(({ part, resource }) => part === 'in use' && resource?.logicalId === 'EraseRole');
    expect(found).toMatchObject({ verdict: 'UNKNOWN', note: expect.stringContaining('EraseRoleArn') as string });
  });

  it('is used by a function of another stack of the estate', () => {
    const one = { name: 'one', template: { Resources: waiting([LAMBDA]), Outputs: { Erase: { Value: arn('EraseRole'), Export: { Name: 'erase-role' } } } }, file: 'one.json', sha256: '0' };
    const two = { name: 'two', template: { Resources: { Eraser: fn({ 'Fn::ImportValue': 'erase-role' }) } }, file: 'two.json', sha256: '0' };
    const found = g29CompleteErasureAndExport.judge(estateOf('test', [one, two]), { ...DEFAULT_PARAMETERS, ...DECLARED });
    expect(found.find(({ resource }) => resource?.logicalId === 'EraseRole')).toMatchObject({ part: 'in use', verdict: 'PASS' });
  });
});
