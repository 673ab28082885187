import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../../../lib/compliance/index.ts';
import type { Parameters } from '../../../../lib/compliance/rules/parameters.ts';
import type { Judgement, Rule } from '../../../../lib/compliance/rules/rule.ts';
import type { Json } from '../../../../lib/compliance/template/types.ts';
import { ROOT } from '../../../support/paths.ts';
import { UNRESOLVED } from './cases.ts';
import { judge } from './judge.ts';

type Resources = Record<string, Json>;
type Properties = Record<string, Json>;

/** What a rule finds on a store, as far as it holds personal data. */
interface Row {
  readonly id: string;
  /** Fails when the store `One`, which gets the tags, is personal. */
  readonly fails: (tags: Properties) => Resources;
  /** Passes whatever it holds. @default - no store passes this rule by itself */
  readonly passes?: (tags: Properties) => Resources;
  readonly parameters?: Partial<Parameters>;
}

const one = (Type: string, properties: Properties = {}, more: Resources = {}) => (tags: Properties): Resources => ({ One: { Type, Properties: { ...properties, ...tags } }, ...more });
const globalTable = (properties: Properties) => (tags: Properties): Resources => ({ One: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { ...properties, Replicas: [{ Region: 'eu-central-1', ...tags }] } } });
const ROLE: Json = { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['dynamodb:Scan', 'kms:Decrypt'], Resource: '*' }] } }] } };
const READER: Json = { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' }] } }] } };
const KEY_ARN: Json = { 'Fn::GetAtt': ['Key', 'Arn'] };
const WRITER: Json = { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogGroup: { Ref: 'One' } } } };
const MASK: Json = { Statement: [{ Operation: { Deidentify: { MaskConfig: {} } }, DataIdentifier: ['a'] }] };
const TO_DEAD: Properties = { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] } } };
const DEAD: Json = { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1_209_600, Tags: [{ Key: 'data-class', Value: 'operational' }] } };
const OTHER_TAGS = ['purpose', 'legal-basis', 'retention-days', 'data-owner'].map((Key) => ({ Key, Value: Key === 'retention-days' ? '30' : Key === 'legal-basis' ? 'none' : 'x' }));
const TTL = { TimeToLiveSpecification: { Enabled: true, AttributeName: 'expiresAt' } };
const BLOCKS: Json = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

const ROWS: readonly Row[] = [
  { id: 'GDPR-G01', fails: one('AWS::DynamoDB::Table'), passes: one('AWS::DynamoDB::Table', TTL) },
  { id: 'GDPR-G03', fails: one('AWS::S3::Bucket'), passes: one('AWS::S3::Bucket', { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 1, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }] } }) },
  { id: 'GDPR-G04', fails: one('AWS::S3::Bucket', { ObjectLockEnabled: true }), passes: one('AWS::S3::Bucket') },
  { id: 'GDPR-G05', fails: one('AWS::RDS::DBInstance', { BackupRetentionPeriod: 30 }), passes: one('AWS::RDS::DBInstance', { BackupRetentionPeriod: 1 }), parameters: { maxRetentionDays: 7 } },
  { id: 'GDPR-G06', fails: one('AWS::Bedrock::KnowledgeBase', {}, { Source: { Type: 'AWS::Bedrock::DataSource', Properties: { KnowledgeBaseId: { Ref: 'One' }, DataDeletionPolicy: 'RETAIN' } } }), passes: one('AWS::Bedrock::KnowledgeBase', {}, { Source: { Type: 'AWS::Bedrock::DataSource', Properties: { KnowledgeBaseId: { Ref: 'One' }, DataDeletionPolicy: 'DELETE' } } }) },
  { id: 'GDPR-G07', fails: one('AWS::BedrockAgentCore::Memory', { EventExpiryDuration: 365 }), passes: one('AWS::BedrockAgentCore::Memory', { EventExpiryDuration: 7 }), parameters: { maxRetentionDays: 7 } },
  { id: 'GDPR-G08', fails: one('AWS::SQS::Queue', { MessageRetentionPeriod: 1_209_600 }), passes: one('AWS::SQS::Queue', { MessageRetentionPeriod: 60 }), parameters: { maxRetentionDays: 7 } },
  { id: 'GDPR-G08', fails: one('AWS::SQS::Queue', { MessageRetentionPeriod: 60, ...TO_DEAD }, { Dead: DEAD }), parameters: { maxRetentionDays: 7 } },
  { id: 'GDPR-G11', fails: one('AWS::Logs::LogGroup', {}, { Writer: WRITER }), passes: one('AWS::Logs::LogGroup', { DataProtectionPolicy: MASK }, { Writer: WRITER }) },
  { id: 'GDPR-G14', fails: one('AWS::SQS::Queue'), passes: one('AWS::SQS::Queue', { KmsMasterKeyId: 'alias/own' }) },
  { id: 'GDPR-G17', fails: one('AWS::SQS::Queue'), passes: one('AWS::SQS::Queue', {}, { Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'One' }], PolicyDocument: { Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] } } } }) },
  { id: 'GDPR-G18', fails: one('AWS::S3::Bucket'), passes: one('AWS::S3::Bucket', { PublicAccessBlockConfiguration: BLOCKS }) },
  { id: 'GDPR-G19', fails: one('AWS::DynamoDB::Table', {}, { Role: ROLE }), passes: one('AWS::DynamoDB::Table', {}, { Role: READER }) },
  { id: 'GDPR-G19', fails: one('AWS::SQS::Queue', { KmsMasterKeyId: KEY_ARN }, { Key: { Type: 'AWS::KMS::Key' }, Role: ROLE }), passes: one('AWS::SQS::Queue', { KmsMasterKeyId: KEY_ARN }, { Key: { Type: 'AWS::KMS::Key' }, Role: READER }) },
  { id: 'GDPR-G24', fails: one('AWS::KinesisFirehose::DeliveryStream', { ExtendedS3DestinationConfiguration: {} }), passes: one('AWS::KinesisFirehose::DeliveryStream', { ExtendedS3DestinationConfiguration: { ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'Lambda' }] } } }) },
  { id: 'GDPR-G25', fails: ({ Tags = [] }) => ({ One: { Type: 'AWS::SQS::Queue', Properties: { Tags: Array.isArray(Tags) ? [...(Tags as Json[]), ...OTHER_TAGS] : Tags } } }) },
  { id: 'GDPR-G26', fails: one('AWS::DynamoDB::Table'), passes: one('AWS::DynamoDB::Table', {}, { Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { IsLogging: true, AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }, { Field: 'resources.type', Equals: ['AWS::DynamoDB::Table'] }] }] } } }) },
  { id: 'GDPR-G29', fails: one('AWS::DynamoDB::Table') },
  { id: 'Blind-Spots-B03', fails: globalTable({}), passes: globalTable(TTL) },
];

const ruleOf = ({ id }: Row): Rule => RULES.find((rule) => `${rule.pack}-${rule.id}` === id) as Rule;
const tagged = (Value: Json): Properties => ({ Tags: [{ Key: 'data-class', Value }] });
const found = (row: Row, resources: Resources): readonly Judgement[] => judge(ruleOf(row), resources, row.parameters);
const of = (verdict: string, judgements: readonly Judgement[]): readonly Judgement[] => judgements.filter((each) => each.verdict === verdict);

describe.each(ROWS)('$id, of a store that fails where it is personal,', (row) => {
  it.each<[string, Properties]>([['a class that is personal', tagged('conversation-content')], ['no class', {}]])('fails it with %s', (_, tags) => {
    expect(of('FAIL', found(row, row.fails(tags)))).not.toEqual([]);
  });

  it('does not fail it with a class that is not', () => {
    expect(of('FAIL', found(row, row.fails(tagged('operational'))))).toEqual([]);
  });

  it.each<[string, Json]>([['a parameter', UNRESOLVED], ['text with a parameter in it', { 'Fn::Sub': 'x-${AParameter}' }], ['a condition', { 'Fn::If': ['AParameter', 'operational', 'personal'] }]])('cannot tell with a class that is %s, and says why', (_, value) => {
    const judgements = found(row, row.fails(tagged(value)));
    expect(of('FAIL', judgements)).toEqual([]);
    const unknown = of('UNKNOWN', judgements).find(({ note, actual }) => /data-class/.test(`${note} ${actual}`));
    expect(unknown?.note).toContain('AParameter');
  });

  it('cannot tell with tags that are not known at all', () => {
    const judgements = found(row, row.fails({ Tags: UNRESOLVED }));
    expect([of('FAIL', judgements), of('UNKNOWN', judgements).length > 0]).toEqual([[], true]);
  });
});

describe.each(ROWS.flatMap(({ passes, ...row }) => (passes === undefined ? [] : [{ ...row, passes }])))('$id, of a store that passes,', (row) => {
  it.each<[string, Properties]>([['no class', {}], ['a class that is personal', tagged('conversation-content')], ['a class that is not told', tagged(UNRESOLVED)]])('passes it with %s', (_, tags) => {
    const judgements = found(row, row.passes(tags)).filter(({ resource, part }) => resource?.type !== 'AWS::CloudTrail::Trail' && part !== 'ACL');
    expect([of('PASS', judgements).length > 0, of('FAIL', judgements), of('UNKNOWN', judgements)]).toEqual([true, [], []]);
  });
});

describe('rules that ask whether a store is personal', () => {
  it('have each a row', () => {
    const asking = ['gdpr', 'blind-spots', 'hipaa'].flatMap((pack) => readdirSync(join(ROOT, 'lib/compliance/rules', pack)).filter((file) => /\/personal\.ts'/.test(readFileSync(join(ROOT, 'lib/compliance/rules', pack, file), 'utf8'))));
    expect(asking.length).toBeGreaterThan(15);
    expect(asking.map((file) => file.slice(0, 3).toUpperCase()).filter((id) => !ROWS.some((row) => row.id.endsWith(`-${id}`)))).toEqual([]);
  });
});

describe('a limit that depends on the class', () => {
  const table = (Value: Json): Resources => ({ One: { Type: 'AWS::Cassandra::Table', Properties: { DefaultTimeToLive: 60 * 86_400, ...tagged(Value) } } });
  const verdict = (value: Json, maxRetentionDays: number, maxAuditRetentionDays: number): unknown => found({ id: 'GDPR-G01', fails: table, parameters: { maxRetentionDays, maxAuditRetentionDays } }, table(value))[0]?.verdict;

  it('is the shorter one while the class is not told', () => {
    expect([verdict('audit', 30, 90), verdict('audit', 90, 30), verdict('x', 90, 30)]).toEqual(['PASS', 'FAIL', 'PASS']);
    expect([verdict(UNRESOLVED, 30, 90), verdict(UNRESOLVED, 90, 30), verdict(UNRESOLVED, 90, 90)]).toEqual(['UNKNOWN', 'UNKNOWN', 'PASS']);
  });
});
