import { fits } from '../../policy/wildcard.ts';
import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, memberOf, shown, textOf, type Value } from '../../template/value.ts';
import { check, isTrue, manyAt, type Finding } from '../check.ts';
import { documentOf } from '../document.ts';
import { referencesIn } from '../references.ts';
import { CUSTOMER_KEY, isCustomerKey } from './customer-key.ts';
import { WITHOUT_KEY } from './places.ts';

type Reader = (estate: Estate, resource: Resource) => Finding | readonly Finding[];

const keyed = (property: string, value: Value, part?: string): Finding => check(property, value, CUSTOMER_KEY, isCustomerKey, part === undefined ? {} : { part });

/** Types that name their key in more than one place, or elsewhere than on themselves. */
export const KEY_READERS: Readonly<Record<string, Reader>> = {
  'AWS::DynamoDB::GlobalTable': (estate, table) => {
    const on = check('SSESpecification.SSEEnabled', valueAt(estate, table, 'SSESpecification.SSEEnabled'), 'true', isTrue);
    if (on.verdict !== 'PASS') return on;
    const replicas = valueAt(estate, table, 'Replicas');
    const property = 'Replicas.SSESpecification.KMSMasterKeyId';
    if (itemsOf(replicas).length === 0) return keyed(property, replicas);
    return itemsOf(replicas).map((replica) => keyed(property, memberOf(replica, 'SSESpecification.KMSMasterKeyId'), `Replica ${shown(memberOf(replica, 'Region'))}`));
  },
  'AWS::S3::Bucket': bucket,
  'AWS::S3Express::DirectoryBucket': bucket,
  'AWS::KinesisFirehose::DeliveryStream': (estate, stream) => {
    const all = valueAt(estate, stream);
    if (textOf(memberOf(all, 'DeliveryStreamType')) === 'KinesisStreamAsSource') return { verdict: 'NOT_APPLICABLE', note: 'It keeps nothing: the stream that it reads from is judged.' };
    return keyed('DeliveryStreamEncryptionConfigurationInput.KeyARN', memberOf(all, 'DeliveryStreamEncryptionConfigurationInput.KeyARN'));
  },
  'AWS::RDS::DBInstance': (estate, instance) => {
    const all = valueAt(estate, instance);
    if (memberOf(all, 'DBClusterIdentifier').kind !== 'absent') return { verdict: 'NOT_APPLICABLE', note: 'Its cluster keeps the data.' };
    const on = check('StorageEncrypted', memberOf(all, 'StorageEncrypted'), 'true', isTrue);
    return on.verdict === 'PASS' ? keyed('KmsKeyId', memberOf(all, 'KmsKeyId')) : on;
  },
  'AWS::OpenSearchServerless::Collection': collection,
  'AWS::Timestream::Table': (estate, table) => {
    const value = valueAt(estate, table, 'DatabaseName');
    if (referencesIn(value).some(({ type }) => type === 'AWS::Timestream::Database')) return { verdict: 'NOT_APPLICABLE', note: 'Its database names the key, and is judged.' };
    return { verdict: 'UNKNOWN', property: 'DatabaseName', actual: shown(value), expected: CUSTOMER_KEY, note: 'Its database names the key, and stands in none of the templates.' };
  },
  'AWS::Bedrock::KnowledgeBase': () => ({ verdict: 'NOT_APPLICABLE', note: 'It keeps its vectors in the store that it names; its data sources are judged.' }),
  'AWS::Connect::Instance': () => ({ verdict: 'UNKNOWN', expected: CUSTOMER_KEY, note: 'Each of its storage configurations names a key of its own; what the instance itself keeps is not told by the template.' }),
  ...Object.fromEntries(WITHOUT_KEY.map((type): [string, Reader] => [type, () => ({ verdict: 'FAIL', actual: 'the service takes no key', expected: CUSTOMER_KEY, note: 'Keep the data in a store that takes one, or tag the store with a class that is not personal, if that is true.' })])),
};

function bucket(estate: Estate, resource: Resource): Finding {
  const property = 'BucketEncryption.ServerSideEncryptionConfiguration';
  const value = valueAt(estate, resource, property);
  const [first] = manyAt(value.kind === 'absent' ? value : { kind: 'map', members: { rules: value } }, 'rules[].ServerSideEncryptionByDefault');
  if (first === undefined || first.kind === 'unknown') return keyed(property, first ?? value);
  const algorithm = check(`${property}.ServerSideEncryptionByDefault.SSEAlgorithm`, memberOf(first, 'SSEAlgorithm'), 'aws:kms or aws:kms:dsse', (found) => (found.kind === 'literal' ? /^aws:kms(:dsse)?$/.test(String(found.value)) : found.kind === 'absent' ? false : undefined));
  return algorithm.verdict === 'PASS' ? keyed(`${property}.ServerSideEncryptionByDefault.KMSMasterKeyID`, memberOf(first, 'KMSMasterKeyID')) : algorithm;
}

/** A collection names its key itself, or a security policy that fits its name does. */
function collection(estate: Estate, resource: Resource): Finding {
  const own = memberOf(valueAt(estate, resource), 'EncryptionConfig.KmsKeyArn');
  if (own.kind !== 'absent') return keyed('EncryptionConfig.KmsKeyArn', own);
  const name = textOf(valueAt(estate, resource, 'Name'));
  const policies = estate.resources.filter(({ type }) => type === 'AWS::OpenSearchServerless::SecurityPolicy').map((policy) => valueAt(estate, policy)).filter((policy) => ['encryption', undefined].includes(textOf(memberOf(policy, 'Type'))));
  const documents = policies.map((policy) => documentOf(memberOf(policy, 'Policy')));
  const fitting = documents.find((document) => manyAt(document, 'Rules[].Resource').flatMap(itemsOf).some((pattern) => name !== undefined && fits(textOf(pattern) ?? '', `collection/${name}`)));
  if (fitting !== undefined) return keyed('Policy.KmsARN', memberOf(fitting, 'KmsARN'));
  if (name === undefined || documents.some((document) => document.kind !== 'map' || manyAt(document, 'Rules[].Resource').flatMap(itemsOf).some(({ kind }) => kind !== 'literal'))) {
    return { verdict: 'UNKNOWN', property: 'Name', expected: CUSTOMER_KEY, note: 'Which encryption policy fits the collection is not told by the template.' };
  }
  return { verdict: 'FAIL', property: 'EncryptionConfig.KmsKeyArn', actual: 'absent, and no encryption policy of the template fits', expected: CUSTOMER_KEY };
}
