import { resolve, valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { ABSENT, itemsOf, memberOf, type Value } from '../../template/value.ts';
import { KEY_PLACES } from './places.ts';

/** Where types that name their key in a list, or elsewhere than most, name it: of a list on the way, the first member. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'Replicas.SSESpecification.KMSMasterKeyId',
  'AWS::S3::Bucket': 'BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.KMSMasterKeyID',
  'AWS::S3Express::DirectoryBucket': 'BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.KMSMasterKeyID',
  'AWS::KinesisFirehose::DeliveryStream': 'DeliveryStreamEncryptionConfigurationInput.KeyARN',
  'AWS::RDS::DBInstance': 'KmsKeyId',
};

/** Value that names the key of a store; absent without one. */
export function keyValueOf(estate: Estate, store: Resource): Value {
  const path = ELSEWHERE[store.type] ?? KEY_PLACES[store.type]?.property;
  return path === undefined ? ABSENT : path.split('.').reduce((value, name) => memberOf(itemsOf(value)[0] ?? ABSENT, name), valueAt(estate, store));
}

/** Key of the estate that a store lies under, also through an alias; undefined for another key, for none, and where it cannot be told. */
export function keyOf(estate: Estate, store: Resource): Resource | undefined {
  const value = keyValueOf(estate, store);
  if (value.kind !== 'reference') return undefined;
  if (value.resource.type !== 'AWS::KMS::Alias') return value.resource.type === 'AWS::KMS::Key' ? value.resource : undefined;
  const target = resolve(estate, value.resource.stack, value.resource.properties['TargetKeyId']);
  return target.kind === 'reference' && target.resource.type === 'AWS::KMS::Key' ? target.resource : undefined;
}
