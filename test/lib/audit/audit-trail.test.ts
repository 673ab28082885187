import { RemovalPolicy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { AuditTrail } from '../../../lib/audit/index.ts';
import type { AuditTrailProps } from '../../../lib/audit/index.ts';
import { capability, list, only, plain, propertiesOf, sentence, statementsOf } from '../../support/capability-app.ts';
import type { Properties } from '../../support/capability-app.ts';

const TABLES = ['arn:aws:dynamodb:eu-central-1:111122223333:table/a', 'arn:aws:dynamodb:eu-central-1:111122223333:table/b'];
const make = (props: Partial<AuditTrailProps> = {}) =>
  capability(({ stack, key }) => new AuditTrail(stack, 'Audit', { prefix: 'demo', tableArns: TABLES, managementEvents: true, key, retentionDays: 365, removal: RemovalPolicy.RETAIN, owner: 'support-lead', ...props })).template;

const template = make();
const TRAIL = 'arn:<AWS::Partition>:cloudtrail:eu-central-1:111122223333:trail/demo-data-events';

describe('the trail', () => {
  const trail = only(template, 'AWS::CloudTrail::Trail');

  it('records reads and writes of exactly the given tables, reads of their streams, and all management events with reads', () => {
    expect(trail['AdvancedEventSelectors']).toEqual([
      {
        Name: 'Items of personal stores',
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Data'] },
          { Field: 'resources.type', Equals: ['AWS::DynamoDB::Table'] },
          { Field: 'resources.ARN', Equals: TABLES },
        ],
      },
      {
        Name: 'Streams of personal stores',
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Data'] },
          { Field: 'resources.type', Equals: ['AWS::DynamoDB::Stream'] },
          { Field: 'resources.ARN', StartsWith: TABLES.map((table) => `${table}/stream/`) },
        ],
      },
      { Name: 'Calls of models and keys', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
    ]);
    expect(trail).not.toHaveProperty('EventSelectors');
  });

  it('leaves management events to another trail when there is one', () => {
    const all = trail['AdvancedEventSelectors'] as unknown[];
    expect(only(make({ managementEvents: false }), 'AWS::CloudTrail::Trail')['AdvancedEventSelectors']).toEqual(all.slice(0, 2));
  });

  it('is on, validated and encrypted, for this region: global events come only with all regions', () => {
    expect(trail).toMatchObject({ TrailName: 'demo-data-events', IsLogging: true, EnableLogFileValidation: true, IsMultiRegionTrail: false, IncludeGlobalServiceEvents: false });
    expect(plain(trail['KMSKeyId'])).toBe('<Key.Arn>');
  });

  it('is made when its bucket lets it in', () => {
    const [policy] = propertiesOf(template, 'AWS::S3::BucketPolicy').keys();
    expect(list(Object.values(template.findResources('AWS::CloudTrail::Trail'))[0]?.['DependsOn'])).toContain(policy);
  });
});

describe('its bucket', () => {
  const [[, bucket] = ['', {} as Properties]] = Object.entries(template.findResources('AWS::S3::Bucket'));

  it('is encrypted, versioned and closed to the public', () => {
    expect(bucket).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
      },
    });
  });

  it('forgets records after their time', () => {
    expect((bucket['Properties'] as Properties)['LifecycleConfiguration']).toMatchObject({ Rules: [{ Status: 'Enabled', ExpirationInDays: 365, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }] });
  });

  it('takes records of this trail only, over TLS only', () => {
    const policy = only(template, 'AWS::S3::BucketPolicy');
    const statements = statementsOf(policy['PolicyDocument']);
    expect(statements.map(sentence)).toEqual([
      'deny s3:* on <AuditArchive.Arn> <AuditArchive.Arn>/* if Bool aws:SecureTransport = false',
      `s3:GetBucketAcl on <AuditArchive.Arn> if StringEquals aws:SourceArn = ${TRAIL}`,
      `s3:PutObject on <AuditArchive.Arn>/AWSLogs/<AWS::AccountId>/* if StringEquals aws:SourceArn = ${TRAIL}`,
    ]);
    expect(statements.slice(1).map(({ Principal }) => Principal)).toEqual([{ Service: 'cloudtrail.amazonaws.com' }, { Service: 'cloudtrail.amazonaws.com' }]);
  });
});

describe('an archive that is brought', () => {
  it('is used, and no bucket or policy of ours is made', () => {
    const brought = make({ bucketName: 'organisation-log-archive' });
    expect(only(brought, 'AWS::CloudTrail::Trail')).toMatchObject({ S3BucketName: 'organisation-log-archive' });
    expect(propertiesOf(brought, 'AWS::S3::Bucket').size + propertiesOf(brought, 'AWS::S3::BucketPolicy').size).toBe(0);
  });
});
