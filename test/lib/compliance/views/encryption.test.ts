import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../lib/compliance/template/types.ts';
import { arn, view } from './view.ts';

const rows = (resources: Readonly<Record<string, Json>>): string[] => view(resources).encryption.map(({ store, key, keyKind, rotated, inTransit }) => `${store}: ${keyKind}, ${key}, ${rotated === undefined ? '?' : rotated ? 'rotated' : 'not rotated'}, ${inTransit}`);
const kind = (type: string, properties: Json = {}): string | undefined => view({ Store: { Type: type, Properties: properties } }).encryption[0]?.keyKind;
const queue = (properties: Json): Json => ({ Type: 'AWS::SQS::Queue', Properties: properties });

describe('the encryption of each store', () => {
  it('names the key, its rotation and the protection on the way', () => {
    const deny = { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Statement: { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: arn('Queue'), Condition: { Bool: { 'aws:SecureTransport': 'false' } } } } } };
    expect(rows({ Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } }, Old: { Type: 'AWS::KMS::Key' }, Queue: queue({ KmsMasterKeyId: arn('Key') }), Deny: deny, Second: queue({ KmsMasterKeyId: { Ref: 'Old' } }), Logs: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: { Ref: 'KeyParameter' } } } })).toEqual([
      'Queue: customer, Key, rotated, TLS only, by policy',
      'Second: customer, Old, not rotated, plain HTTP is not refused: no policy denies it',
      expect.stringMatching(/^Logs: unknown, .*KeyParameter.*, \?, HTTPS, the only protocol of its API$/),
    ]);
  });

  it.each([
    ['AWS::DynamoDB::Table', {}, 'aws-owned'],
    ['AWS::DynamoDB::Table', { SSESpecification: { SSEEnabled: true } }, 'aws-managed'],
    ['AWS::DynamoDB::Table', { SSESpecification: { SSEEnabled: { Ref: 'On' } } }, 'unknown'],
    ['AWS::DynamoDB::Table', { SSESpecification: { SSEEnabled: false, KMSMasterKeyId: 'alias/own' } }, 'aws-owned'],
    ['AWS::DynamoDB::GlobalTable', { SSESpecification: { SSEEnabled: true }, Replicas: [{ SSESpecification: { KMSMasterKeyId: 'alias/own' } }] }, 'customer'],
    ['AWS::DynamoDB::GlobalTable', { SSESpecification: { SSEEnabled: true }, Replicas: [{ SSESpecification: { KMSMasterKeyId: 'alias/own' } }, { Region: 'eu-west-1' }] }, 'aws-managed'],
    ['AWS::S3::Bucket', {}, 'aws-owned'],
    ['AWS::S3::Bucket', { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] } }, 'aws-managed'],
    ['AWS::S3::Bucket', { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/own' } }] } }, 'customer'],
    ['AWS::SQS::Queue', {}, 'aws-owned'],
    ['AWS::SQS::Queue', { SqsManagedSseEnabled: false }, 'none'],
    ['AWS::SQS::Queue', { SqsManagedSseEnabled: { Ref: 'On' } }, 'unknown'],
    ['AWS::SQS::Queue', { KmsMasterKeyId: 'alias/aws/sqs' }, 'aws-managed'],
    ['AWS::SNS::Topic', {}, 'none'],
    ['AWS::Kinesis::Stream', {}, 'none'],
    ['AWS::KinesisFirehose::DeliveryStream', { DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' } }, 'aws-owned'],
    ['AWS::SecretsManager::Secret', {}, 'aws-managed'],
    ['AWS::RDS::DBInstance', { StorageEncrypted: true }, 'aws-managed'],
    ['AWS::RDS::DBInstance', { DBClusterIdentifier: 'elsewhere' }, 'unknown'],
    ['AWS::EFS::FileSystem', {}, 'none'],
    ['AWS::OpenSearchServerless::Collection', { Name: 'one' }, 'unknown'],
    ['AWS::Bedrock::KnowledgeBase', {}, 'unknown'],
    ['AWS::S3Express::DirectoryBucket', { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/own' } }] } }, 'customer'],
    ['AWS::S3Express::DirectoryBucket', {}, 'aws-owned'],
    ['AWS::Neptune::DBCluster', {}, 'none'],
    ['AWS::Cassandra::Table', { EncryptionSpecification: { KmsKeyIdentifier: 'alias/own' } }, 'customer'],
    ['AWS::Timestream::Table', { DatabaseName: 'elsewhere' }, 'unknown'],
    ['AWS::QBusiness::Application', {}, 'unknown'],
  ] as const)('%s %j is %s', (type, properties, expected) => {
    expect(kind(type, properties as Json)).toBe(expected);
  });
});
