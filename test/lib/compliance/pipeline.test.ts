import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largeTemplate, type Rights } from '../../../bin/bench/large-template.ts';
import { evidenceOf, type Judgement } from '../../../bin/report/evidence.ts';
import { DEFAULT_PARAMETERS, REPORT_FILES, renderReport, reportViews } from '../../../lib/compliance/index.ts';
import { estateOf } from '../../../lib/compliance/template/estate.ts';
import type { Estate, Json, JsonObject } from '../../../lib/compliance/template/types.ts';
import { SAMPLE, estate as sample } from './views/view.ts';

const estate = (template: JsonObject): Estate => estateOf('test', [{ name: 'one', template, file: 'one.json', sha256: '0' }]);
const judged = (of: Estate): Judgement => evidenceOf({ estate: of, parameters: DEFAULT_PARAMETERS, commit: { at: '1970-01-01T00:00:00.000Z' }, release: '0' });

/** Resources that are called A to E and name each other, themselves included, wherever a name or a reference may stand. */
const IDS = ['A', 'B', 'C', 'D', 'E'] as const;
const named = fc.constantFrom(...IDS);
const reference: fc.Arbitrary<Json> = fc.oneof(
  named.map((id): Json => ({ Ref: id })),
  fc.tuple(named, fc.constantFrom('Arn', 'QueueName', 'StreamArn', 'Name', 'TopicArn')).map(([id, attribute]): Json => ({ 'Fn::GetAtt': [id, attribute] })),
  fc.tuple(named, named).map(([one, other]): Json => ({ 'Fn::Sub': `\${${one}}-\${${other}.Arn}*` })),
  named.map((id): Json => ({ 'Fn::Join': ['/', [{ Ref: id }, { 'Fn::GetAtt': [id, 'Arn'] }]] })),
  named.map((id): Json => ({ 'Fn::If': [id, { Ref: id }, { Ref: 'AWS::NoValue' }] })),
  fc.constantFrom<Json>('*', 'plain', '999988887777', { Ref: 'AWS::AccountId' }, { Ref: 'Nobody' }),
);
const statement = fc.record({ Effect: fc.constantFrom('Allow', 'Deny'), Action: fc.constantFrom<Json>('*', ['s3:*', 'dynamodb:*'], 'kms:Decrypt', 'sts:AssumeRole'), Resource: reference, Principal: fc.oneof(reference, reference.map((AWS): Json => ({ AWS }))) });
const policy = fc.array(statement, { maxLength: 2 }).map((Statement): Json => ({ Statement: Statement as unknown as Json }));
const NAMES = ['RoleName', 'BucketName', 'TableName', 'QueueName', 'TopicName', 'FunctionName', 'GroupName', 'UserName', 'LogGroupName', 'ManagedPolicyName', 'Name', 'Bucket', 'Role', 'RoleArn', 'Queues', 'Topics', 'Users', 'Roles', 'Groups', 'KmsMasterKeyId', 'KmsKeyId', 'EventSourceArn', 'EventBusName', 'SourceArn', 'TargetKeyId', 'PermissionsBoundary', 'ManagedPolicyArns'];
const DOCUMENTS = ['PolicyDocument', 'AssumeRolePolicyDocument', 'KeyPolicy', 'ResourcePolicy', 'Policy'];
const resource = fc.record({
  Type: fc.constantFrom('AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::UserToGroupAddition', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'AWS::SNS::Topic', 'AWS::KMS::Key', 'AWS::KMS::Alias', 'AWS::Lambda::Function', 'AWS::Lambda::Permission', 'AWS::Lambda::EventSourceMapping', 'AWS::Logs::LogGroup', 'AWS::Events::EventBus', 'AWS::SecretsManager::Secret'),
  Properties: fc.tuple(fc.dictionary(fc.constantFrom(...NAMES), reference, { maxKeys: 8 }), fc.dictionary(fc.constantFrom(...DOCUMENTS), policy, { maxKeys: 3 })).map(([names, documents]): Json => ({ ...names, ...documents })),
});

describe('a template whose resources name each other and themselves', () => {
  it('goes through rules, views and every file of the report', () => {
    fc.assert(fc.property(fc.tuple(resource, resource, resource, resource, resource), (resources) => {
      const { evidence, views } = judged(estate({ Resources: Object.fromEntries(IDS.map((id, at) => [id, resources[at] as unknown as Json])) }));
      expect(evidence.outcomes.filter(({ verdict }) => verdict === 'ERROR')).toEqual([]);
      expect(views.broken).toBeUndefined();
      expect(renderReport(evidence, views).size).toBe(Object.keys(REPORT_FILES).length);
    }), { numRuns: 40 });
  });

  it.each<readonly [string, JsonObject]>([
    ['a role by its own reference', { R: { Type: 'AWS::IAM::Role', Properties: { RoleName: { Ref: 'R' } } } }],
    ['a bucket by its own reference, and a role that reads it', { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'B' } } }, R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: { 'Fn::GetAtt': ['B', 'Arn'] } }] } }] } } }],
    ['two roles by each other', { One: { Type: 'AWS::IAM::Role', Properties: { RoleName: { 'Fn::Sub': '${Two}-x' } } }, Two: { Type: 'AWS::IAM::Role', Properties: { RoleName: { Ref: 'One' } } } }],
  ])('%s', (_, resources) => {
    const { evidence, views } = judged(estate({ Resources: resources }));
    expect(evidence.outcomes.some(({ verdict }) => verdict === 'ERROR')).toBe(false);
    expect(views.broken).toBeUndefined();
  });
});

describe('a template of very many pairs of role and store', () => {
  const of = (rights: Rights): Judgement => judged(estate(largeTemplate(rights, 40) as JsonObject));
  const count = ({ evidence }: Judgement, control: string): number => evidence.outcomes.filter((outcome) => outcome.control === control).length;

  it('gives one finding for each role whose rights stand elsewhere, not one for each pair', () => {
    const elsewhere = of('elsewhere');
    expect(count(elsewhere, 'GDPR-G19')).toBe(40);
    expect(elsewhere.evidence.outcomes.length).toBeLessThan(40 * 100);
  });

  it('draws neither the table of all pairs nor their arrows, and lists them all', () => {
    const { evidence, views } = of('wildcards');
    const cells = views.accessMatrix?.cells.length ?? 0;
    expect(cells).toBe(40 * 40 * 2);
    const page = renderReport(evidence, views).get(REPORT_FILES.page) as string;
    expect(page).toContain(`${cells} of its cells would hold something`);
    expect(page.length).toBeLessThan(10_000_000);
    expect(views.dataFlowSvg).toContain('flows that rights allow are not drawn');
    expect((views.dataFlowSvg ?? '').split('<path').length).toBeLessThan(1_000);
  });
});

describe('a view that breaks', () => {
  it('is left out and named, and takes no other away', () => {
    const broken = { some: () => { throw new Error('no such part'); } } as unknown as string[];
    const views = reportViews(sample(SAMPLE), { ...DEFAULT_PARAMETERS, keyShredded: broken });
    expect(views.accessMatrix).toBeUndefined();
    expect(views.broken).toEqual({ accessMatrix: 'no such part' });
    expect(views.egress).toBeDefined();
    expect(views.dataFlowSvg).toContain('<svg');
    const { evidence } = judged(sample(SAMPLE));
    expect(renderReport(evidence, views).get(REPORT_FILES.page)).toContain('Not derived for this report: deriving it broke (no such part).');
  });
});
