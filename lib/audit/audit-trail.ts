import { ArnFormat, Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acceptRisk } from '../compliance/index.ts';
import { declareData } from '../governance/index.ts';

/** Props of {@link AuditTrail}. */
export interface AuditTrailProps {
  readonly prefix: string;
  /** ARNs of the tables whose reads and writes are recorded, those of their streams included. */
  readonly tableArns: readonly string[];
  /**
   * Whether management events of the account and region are recorded too, reads included: calls of models and use of keys are among them. The
   * first copy in an account is free, each further one 2.00 USD for 100,000 events (AWS CloudTrail price list, November 2026).
   */
  readonly managementEvents: boolean;
  readonly key: IKey;
  readonly retentionDays: number;
  readonly removal: RemovalPolicy;
  readonly owner: string;
  /** Bucket that the organisation brings. @default - a new one */
  readonly bucketName?: string;
}

/**
 * Records every read and write of personal stores, every read of their streams, and calls of models and keys: who, what, when; with validated
 * log files that nobody can change unseen.
 */
export class AuditTrail extends Construct {
  readonly trail: CfnTrail;

  constructor(scope: Construct, id: string, props: AuditTrailProps) {
    super(scope, id);
    const trailName = `${props.prefix}-data-events`;
    const trailArn = Stack.of(this).formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: trailName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    const bucket = props.bucketName ? Bucket.fromBucketName(this, 'Archive', props.bucketName) : this.#archive(props, trailArn);
    this.trail = new CfnTrail(this, 'Trail', {
      trailName,
      isLogging: true,
      isMultiRegionTrail: false,
      includeGlobalServiceEvents: false,
      enableLogFileValidation: true,
      kmsKeyId: props.key.keyArn,
      s3BucketName: bucket.bucketName,
      advancedEventSelectors: [
        {
          name: 'Items of personal stores',
          fieldSelectors: [
            { field: 'eventCategory', equalTo: ['Data'] },
            { field: 'resources.type', equalTo: ['AWS::DynamoDB::Table'] },
            { field: 'resources.ARN', equalTo: [...props.tableArns] },
          ],
        },
        // A stream carries the same items, and reads of it are events of another type. Its label is only known to AWS.
        {
          name: 'Streams of personal stores',
          fieldSelectors: [
            { field: 'eventCategory', equalTo: ['Data'] },
            { field: 'resources.type', equalTo: ['AWS::DynamoDB::Stream'] },
            { field: 'resources.ARN', startsWith: props.tableArns.map((arn) => `${arn}/stream/`) },
          ],
        },
        // Those of AWS KMS are most of them, and stay in: denied decryptions are among them, and what watches for these hears only what a trail records.
        ...(props.managementEvents ? [{ name: 'Calls of models and keys', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] }] : []),
      ],
    });
    const policy = bucket.policy;
    if (policy) this.trail.node.addDependency(policy);
    acceptRisk(
      {
        id: 'trail-to-bucket-only',
        findings: ['HIPAA.Security::HIPAA.Security-CloudTrailCloudWatchLogsEnabled', 'NIST.800.53.R5::NIST.800.53.R5-CloudTrailCloudWatchLogsEnabled'],
        justification: 'Data events in CloudWatch Logs would be a second copy of who reads which conversation, readable by everybody who may read logs.',
        compensatingControl: 'Validated log files in an encrypted bucket that only the audit role reads.',
        since: '2026-11-22',
        expires: '2027-05-21',
      },
      this.trail,
    );
  }

  #archive(props: AuditTrailProps, trailArn: string): IBucket {
    const bucket = new Bucket(this, 'Archive', {
      encryption: BucketEncryption.KMS,
      encryptionKey: props.key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      removalPolicy: props.removal,
      lifecycleRules: [{ expiration: Duration.days(props.retentionDays), noncurrentVersionExpiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    const cloudTrail = new ServicePrincipal('cloudtrail.amazonaws.com');
    const conditions = { StringEquals: { 'aws:SourceArn': trailArn } };
    bucket.addToResourcePolicy(new PolicyStatement({ sid: 'TrailChecksTheBucket', principals: [cloudTrail], actions: ['s3:GetBucketAcl'], resources: [bucket.bucketArn], conditions }));
    bucket.addToResourcePolicy(new PolicyStatement({ sid: 'TrailDelivers', principals: [cloudTrail], actions: ['s3:PutObject'], resources: [bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`)], conditions }));
    declareData(bucket, { dataClass: 'audit', purpose: 'access records', legalBasis: 'legal-obligation', retentionDays: props.retentionDays, owner: props.owner });
    acceptRisk(
      {
        id: 'archive-has-no-second-bucket',
        findings: [
          'HIPAA.Security::HIPAA.Security-S3BucketReplicationEnabled',
          'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled',
          'AwsSolutions::AwsSolutions-S1',
          'HIPAA.Security::HIPAA.Security-S3BucketLoggingEnabled',
          'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled',
        ],
        justification:
          'Replication and access logging would each write to a second bucket. A replica in another region takes records of who reached whose conversation out of the region that the environment promises. Access logs of a bucket of logs need a bucket too, whose own access would have to be logged, without end.',
        compensatingControl: 'Against loss: versioned objects, validated log files, and the durability of S3 within the region. Against unseen access: the trail of the account records management events on the bucket; who needs more brings the log archive of the organisation (existing.logArchiveBucket), whose rules then hold.',
        since: '2026-11-22',
        expires: '2027-05-21',
      },
      bucket,
    );
    return bucket;
  }
}
