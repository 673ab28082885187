import { g29CompleteErasureAndExport } from '../../../../../lib/compliance/rules/gdpr/g29-complete-erasure-and-export.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const DECLARED = { dataSubjectRoles: { erase: ['EraseRole'], export: ['ExportRole'], support: [] } };
const arn = (id: string): Json => ({ 'Fn::GetAtt': [id, 'Arn'] });
const statement = (Action: Json, Resource: Json, Condition?: Json): Json => ({ Effect: 'Allow', Action, Resource, ...(Condition !== undefined && { Condition }) });
const role = (...statements: readonly Json[]): Json => ({ Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: statements } }] } });
const TABLE: Json = { Type: 'AWS::DynamoDB::Table' };
const tagged = (type: string, dataClass: Json): Json => ({ Type: type, Properties: { Tags: [{ Key: 'data-class', Value: dataClass }] } });
const ERASES = role(statement('dynamodb:DeleteItem', arn('Table')));
const EXPORTS = role(statement('dynamodb:Query', arn('Table')));
const ROLES = { EraseRole: ERASES, ExportRole: EXPORTS };

holds(g29CompleteErasureAndExport, [
  { name: 'passes a table that both roles reach', resources: { Table: TABLE, ...ROLES }, parameters: DECLARED, gives: ['Table erase PASS', 'Table export PASS'] },
  { name: 'fails each store without declared roles, by name', resources: { Table: TABLE, ...ROLES }, gives: ['Table erase FAIL', 'Table export FAIL'], says: ['no role is declared to erase', 'dataSubjectRoles.export may read Table'] },
  { name: 'fails when the declared roles are not there', resources: { Table: TABLE }, parameters: DECLARED, gives: ['Table erase FAIL', 'Table export FAIL'], says: ['no role of the estate is named EraseRole'] },
  { name: 'fails the store that was forgotten', resources: { Table: TABLE, Second: TABLE, ...ROLES }, parameters: DECLARED, gives: ['Table erase PASS', 'Table export PASS', 'Second erase FAIL', 'Second export FAIL'], says: ['EraseRole may not delete from it'] },
  { name: 'does not take reading for deleting', resources: { Table: TABLE, EraseRole: EXPORTS, ExportRole: ERASES }, parameters: DECLARED, gives: ['Table erase FAIL', 'Table export FAIL'] },
  { name: 'asks for versions of a bucket that keeps them', resources: { Plain: { Type: 'AWS::S3::Bucket' }, Kept: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } }, EraseRole: role(statement('s3:DeleteObject', '*')), ExportRole: role(statement('s3:GetObject', '*')) }, parameters: DECLARED, gives: ['Plain erase PASS', 'Plain export PASS', 'Kept erase FAIL', 'Kept export PASS'], says: ['s3:DeleteObjectVersion'] },
  {
    name: 'asks for the key that a store lies under',
    resources: {
      Key: { Type: 'AWS::KMS::Key' },
      Table: { Type: 'AWS::DynamoDB::Table', Properties: { SSESpecification: { SSEEnabled: true, KMSMasterKeyId: arn('Key') } } },
      EraseRole: role(statement('dynamodb:DeleteItem', arn('Table'))),
      ExportRole: role(statement('dynamodb:Query', arn('Table')), statement('kms:Decrypt', arn('Key'), { StringEquals: { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' } })),
    },
    parameters: DECLARED,
    gives: ['Table erase FAIL', 'Table export PASS'],
    says: ['may not kms:Decrypt'],
  },
  { name: 'leaves to a person what only expires, and audit trails', resources: { Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } }, Queue: { Type: 'AWS::SQS::Queue' }, Trail: tagged('AWS::S3::Bucket', 'audit'), EraseRole: ERASES, ExportRole: role(statement('logs:FilterLogEvents', arn('Logs'))) }, parameters: DECLARED, gives: ['Logs erase MANUAL', 'Logs export PASS', 'Queue erase MANUAL', 'Queue export MANUAL', 'Trail erase MANUAL', 'Trail export MANUAL'], says: ['RetentionInDays 30 (days)', 'kept 4 days'] },
  { name: 'leaves out what keeps nothing, or nothing personal', resources: { Topic: { Type: 'AWS::SNS::Topic' }, Other: tagged('AWS::DynamoDB::Table', 'operational') }, gives: ['Topic erase NOT_APPLICABLE', 'Topic export NOT_APPLICABLE', 'Other NOT_APPLICABLE'] },
  { name: 'does not know rights inside a database', resources: { Database: { Type: 'AWS::RDS::DBInstance' }, ...ROLES }, parameters: DECLARED, gives: ['Database erase UNKNOWN', 'Database export UNKNOWN'] },
  { name: 'does not know what a parameter decides', resources: { Table: TABLE, EraseRole: role(statement('dynamodb:DeleteItem', UNRESOLVED)), ExportRole: role(statement('dynamodb:Query', arn('Table'), { StringEquals: { 'aws:SourceVpce': UNRESOLVED } })), Unclear: tagged('AWS::DynamoDB::Table', UNRESOLVED) }, parameters: DECLARED, gives: ['Table erase UNKNOWN', 'Table export UNKNOWN', 'Unclear erase UNKNOWN', 'Unclear export UNKNOWN'], says: ['AParameter'] },
]);
