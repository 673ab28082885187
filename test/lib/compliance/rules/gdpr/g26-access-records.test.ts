import { g26AccessRecords } from '../../../../../lib/compliance/rules/gdpr/g26-access-records.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const ARCHIVE: Json = { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' }, PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true } } };
const field = (Field: string, Equals: Json): Json => ({ Field, Equals: Array.isArray(Equals) ? Equals : [Equals] });
const data = (type: string, ...more: Json[]): Json => ({ FieldSelectors: [field('eventCategory', 'Data'), field('resources.type', type), ...more] });
const trail = (selectors: Json, more: Record<string, Json> = {}): Record<string, Json> => ({ Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { IsLogging: true, EnableLogFileValidation: true, KMSKeyId: 'alias/records', S3BucketName: { Ref: 'Archive' }, AdvancedEventSelectors: selectors, ...more } }, Archive: ARCHIVE });
const TABLE: Record<string, Json> = { T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'talks' } } };
const CALLER: Record<string, Json> = { P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: 'arn' }] } } } };
const SOUND = ['Trail IsLogging PASS', 'Trail EnableLogFileValidation PASS', 'Trail KMSKeyId PASS', 'Trail S3BucketName PASS'];
const ARN = { 'Fn::GetAtt': ['T', 'Arn'] };

holds(g26AccessRecords, [
  { name: 'passes for a store and calls that a sound trail selects', resources: { ...trail([data('AWS::DynamoDB::Table', field('resources.ARN', ARN)), { FieldSelectors: [field('eventCategory', 'Management')] }]), ...TABLE, ...CALLER }, gives: [...SOUND, 'T Data events PASS', 'estate Model calls PASS'] },
  { name: 'passes for all of a type, by name and by prefix', resources: { ...trail([data('AWS::DynamoDB::Table'), data('AWS::S3::Object', { Field: 'resources.ARN', StartsWith: [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['B', 'Arn'] }, '/']] }] })]), ...TABLE, B: { Type: 'AWS::S3::Bucket' } }, gives: [...SOUND, 'T Data events PASS', 'B Data events PASS'] },
  { name: 'reads the older selectors', resources: { ...trail(null, { EventSelectors: [{ DataResources: [{ Type: 'AWS::DynamoDB::Table', Values: ['arn:aws:dynamodb'] }] }] }), ...TABLE, ...CALLER }, gives: [...SOUND, 'T Data events PASS', 'estate Model calls PASS'] },
  { name: 'fails without a trail', resources: { ...TABLE, ...CALLER }, gives: ['T Data events FAIL', 'estate Model calls FAIL'] },
  { name: 'fails for a store that no selector means, for reads alone and for part of a store', resources: { ...trail([data('AWS::DynamoDB::Table', field('resources.ARN', { 'Fn::GetAtt': ['T', 'Arn'] })), data('AWS::DynamoDB::Table', field('readOnly', 'true')), data('AWS::S3::Object', { Field: 'resources.ARN', StartsWith: [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['B', 'Arn'] }, '/public/']] }] })]), ...TABLE, U: { Type: 'AWS::DynamoDB::Table' }, B: { Type: 'AWS::S3::Bucket' }, ...CALLER }, gives: [...SOUND, 'T Data events PASS', 'U Data events FAIL', 'B Data events FAIL', 'estate Model calls FAIL'] },
  { name: 'fails for a trail that can be changed', resources: { Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: { Ref: 'Archive' } } }, Archive: { Type: 'AWS::S3::Bucket' } }, gives: ['Trail IsLogging FAIL', 'Trail EnableLogFileValidation FAIL', 'Trail KMSKeyId FAIL', 'Trail S3BucketName FAIL', 'Archive Data events FAIL'] },
  { name: 'fails where management events leave Bedrock or reads out', resources: { ...trail([{ FieldSelectors: [field('eventCategory', 'Management'), field('readOnly', 'false')] }, { FieldSelectors: [field('eventCategory', 'Management'), { Field: 'eventSource', NotEquals: ['bedrock.amazonaws.com'] }] }]), ...CALLER }, gives: [...SOUND, 'estate Model calls FAIL'] },
  { name: 'does not ask for stores that are not personal', resources: { T: { Type: 'AWS::SQS::Queue', Properties: { Tags: [{ Key: 'data-class', Value: 'operational' }] } } }, gives: ['estate NOT_APPLICABLE'] },
  { name: 'leaves a trail outside to a person, with what it must select', parameters: { outsideTrail: 'organisation trail' }, resources: { ...TABLE, ...CALLER }, gives: ['T Data events MANUAL', 'estate Model calls MANUAL'], says: ['organisation trail', 'resources.type = AWS::DynamoDB::Table'] },
  { name: 'cannot tell what a parameter decides', resources: { ...trail([data('AWS::DynamoDB::Table', field('resources.ARN', UNRESOLVED)), UNRESOLVED], { KMSKeyId: UNRESOLVED, S3BucketName: 'elsewhere' }), ...TABLE, ...CALLER }, gives: ['Trail IsLogging PASS', 'Trail EnableLogFileValidation PASS', 'Trail KMSKeyId UNKNOWN', 'Trail S3BucketName UNKNOWN', 'Archive Data events UNKNOWN', 'T Data events UNKNOWN', 'estate Model calls UNKNOWN'], says: ['AParameter'] },
]);
