import { expect, it } from 'vitest';
import { KEY_PLACES } from '../../../../../lib/compliance/rules/keys/places.ts';
import { g14CustomerKeys } from '../../../../../lib/compliance/rules/gdpr/g14-customer-keys.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';
import { judge } from '../judge.ts';

const KEY: Json = { 'Fn::GetAtt': ['Key', 'Arn'] };
const key: Json = { Type: 'AWS::KMS::Key' };
const queue = (KmsMasterKeyId: Json, more: Record<string, Json> = {}): Json => ({ Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId, ...more } });
const bucket = (by: Json): Json => ({ Type: 'AWS::S3::Bucket', Properties: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: by }] } } });
const replica = (Region: string, SSESpecification: Json): Json => ({ Region, SSESpecification });
const collection = (Properties: Json): Json => ({ Type: 'AWS::OpenSearchServerless::Collection', Properties });
const security = (policy: Json): Json => ({ Type: 'AWS::OpenSearchServerless::SecurityPolicy', Properties: { Type: 'encryption', Policy: policy } });

holds(g14CustomerKeys, [
  { name: 'passes a key of the estate, by reference or alias', resources: { One: queue(KEY), Two: queue({ Ref: 'Alias' }), Key: key, Alias: { Type: 'AWS::KMS::Alias' } }, gives: ['One PASS', 'Two PASS'] },
  { name: 'passes a key by ARN, by id and by an alias of its own', resources: { One: queue('arn:aws:kms:eu-central-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab'), Two: queue('1234abcd-12ab-34cd-56ef-1234567890ab'), Three: queue('alias/mine'), Four: queue({ 'Fn::Sub': 'arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/mine' }) }, gives: ['One PASS', 'Two PASS', 'Three PASS', 'Four PASS'] },
  { name: 'fails no key, and a key that AWS manages', resources: { One: { Type: 'AWS::SQS::Queue' }, Two: queue('alias/aws/sqs'), Three: queue({ 'Fn::Sub': 'arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/aws/sqs' }), Four: queue('') }, gives: ['One FAIL', 'Two FAIL', 'Three FAIL', 'Four FAIL'] },
  { name: 'does not guess at a parameter, also inside an ARN', resources: { One: queue(UNRESOLVED), Two: queue({ 'Fn::Sub': 'arn:aws:kms:eu-central-1:000000000000:key/${KeyId}' }), Three: queue('{{resolve:ssm:/key}}') }, gives: ['One UNKNOWN', 'Two UNKNOWN', 'Three UNKNOWN'], says: ['AParameter', 'KeyId', 'dynamic'] },
  { name: 'leaves out what is declared impersonal, and does not guess at a class', resources: { One: queue('', { Tags: [{ Key: 'data-class', Value: 'public' }] }), Two: queue('', { Tags: [{ Key: 'data-class', Value: UNRESOLVED }] }) }, gives: ['One NOT_APPLICABLE', 'Two UNKNOWN'] },
  { name: 'reads buckets', resources: { One: bucket({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY }), Two: bucket({ SSEAlgorithm: 'AES256' }), Three: bucket({ SSEAlgorithm: 'aws:kms' }), Four: { Type: 'AWS::S3::Bucket' }, Five: bucket({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: UNRESOLVED }), Key: key }, gives: ['One PASS', 'Two FAIL', 'Three FAIL', 'Four FAIL', 'Five UNKNOWN'] },
  { name: 'wants a table turned on', resources: { One: { Type: 'AWS::DynamoDB::Table', Properties: { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: KEY } } }, Two: { Type: 'AWS::DynamoDB::Table', Properties: { SSESpecification: { SSEEnabled: false, KMSMasterKeyId: KEY } } }, Key: key }, gives: ['One PASS', 'Two FAIL'] },
  {
    name: 'asks each replica of a GlobalTable',
    resources: { One: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { SSESpecification: { SSEEnabled: true }, Replicas: [replica('eu-central-1', { KMSMasterKeyId: KEY }), replica('eu-west-1', {})] } }, Two: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [replica('eu-central-1', { KMSMasterKeyId: KEY })] } }, Key: key },
    gives: ['One Replica eu-central-1 PASS', 'One Replica eu-west-1 FAIL', 'Two FAIL'],
  },
  {
    name: 'reads the key of a collection from the policy that fits its name',
    resources: {
      One: collection({ Name: 'chats' }), Two: collection({ Name: 'other' }), Three: collection({ Name: 'other', EncryptionConfig: { KmsKeyArn: KEY } }),
      Policy: security({ 'Fn::Join': ['', ['{"Rules":[{"ResourceType":"collection","Resource":["collection/cha*"]}],"KmsARN":"', KEY, '"}']] }), Key: key,
    },
    gives: ['One PASS', 'Two FAIL', 'Three PASS'],
  },
  { name: 'does not guess at the policy of a collection', resources: { One: collection({ Name: 'chats' }), Policy: security(UNRESOLVED) }, gives: ['One UNKNOWN'] },
  { name: 'reads the key of a Timestream table from its database', resources: { In: { Type: 'AWS::Timestream::Table', Properties: { DatabaseName: { Ref: 'Db' } } }, Db: { Type: 'AWS::Timestream::Database', Properties: { KmsKeyId: 'alias/mine' } }, Out: { Type: 'AWS::Timestream::Table', Properties: { DatabaseName: 'elsewhere' } } }, gives: ['In NOT_APPLICABLE', 'Db PASS', 'Out UNKNOWN'] },
  { name: 'fails stores whose service takes no key, unless they hold nothing personal', resources: { One: { Type: 'AWS::SDB::Domain' }, Two: { Type: 'AWS::DAX::Cluster', Properties: { Tags: { 'data-class': 'operational' } } } }, gives: ['One FAIL', 'Two NOT_APPLICABLE'], says: ['the service takes no key'] },
  { name: 'does not take a tag for it that a user pool holds nobody', resources: { Pool: { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolTags: { 'data-class': 'operational' } } }, Own: { Type: 'AWS::Cognito::UserPool', Properties: { KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn: KEY } } }, Key: key }, gives: ['Pool FAIL', 'Own PASS'] },
  { name: 'leaves members of a database cluster and a stream behind a stream to those', resources: { One: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'c' } }, Two: { Type: 'AWS::KinesisFirehose::DeliveryStream', Properties: { DeliveryStreamType: 'KinesisStreamAsSource' } }, Three: { Type: 'AWS::RDS::DBInstance', Properties: { StorageEncrypted: true, KmsKeyId: 'alias/mine' } } }, gives: ['One NOT_APPLICABLE', 'Two NOT_APPLICABLE', 'Three PASS'] },
]);

it.each(Object.entries(KEY_PLACES))('G14: %s passes with its key, and fails without', (type, { property, on }) => {
  const nested = (path: string, value: Json): Json => path.split('.').reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
  const merged = (one: Json, other: Json): Json => {
    if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return other;
    return Object.fromEntries([...Object.keys(one), ...Object.keys(other)].map((name) => [name, merged((one as Record<string, Json>)[name] ?? {}, (other as Record<string, Json>)[name] ?? (one as Record<string, Json>)[name] ?? null)]));
  };
  const keyed = on === undefined ? nested(property, 'alias/mine') : merged(nested(property, 'alias/mine'), nested(on, true));
  expect(judge(g14CustomerKeys, { One: { Type: type, Properties: keyed } }).map(({ verdict }) => verdict)).toEqual(['PASS']);
  expect(judge(g14CustomerKeys, { One: { Type: type, Properties: {} } }).map(({ verdict }) => verdict)).toEqual(['FAIL']);
});
