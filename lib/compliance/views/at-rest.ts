import type { EncryptionRow } from '../report/views.ts';
import { isTrue } from '../rules/check.ts';
import { isCustomerKey } from '../rules/keys/customer-key.ts';
import { keyOf, keyValueOf } from '../rules/keys/key-of.ts';
import { KEY_READERS } from '../rules/keys/special.ts';
import { KEY_PLACES } from '../rules/keys/places.ts';
import { referencesIn } from '../rules/references.ts';
import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import { itemsOf, memberOf, shown, textOf, type Value } from '../template/value.ts';

/** How a store is encrypted at rest. */
export interface AtRest {
  readonly kind: EncryptionRow['keyKind'];
  /** Key of the estate. @default - another, or none */
  readonly key?: Resource;
  /** What stands for a key that is none of the estate. */
  readonly said: string;
}

type Kind = AtRest['kind'];

/** What encrypts a store that names no key: with encryption off or not mentioned, and with encryption on. */
const WITHOUT: Readonly<Record<string, { readonly off: Kind; readonly on?: Kind }>> = {
  'AWS::DynamoDB::Table': { off: 'aws-owned', on: 'aws-managed' },
  'AWS::DynamoDB::GlobalTable': { off: 'aws-owned', on: 'aws-managed' },
  'AWS::S3::Bucket': { off: 'aws-owned', on: 'aws-managed' },
  'AWS::SQS::Queue': { off: 'aws-owned' },
  'AWS::SNS::Topic': { off: 'none' },
  'AWS::Kinesis::Stream': { off: 'none' },
  'AWS::KinesisFirehose::DeliveryStream': { off: 'none' },
  'AWS::Logs::LogGroup': { off: 'aws-owned' },
  'AWS::Events::Archive': { off: 'aws-owned' },
  'AWS::SecretsManager::Secret': { off: 'aws-managed' },
  'AWS::RDS::DBInstance': { off: 'none', on: 'aws-managed' },
  'AWS::RDS::DBCluster': { off: 'none', on: 'aws-managed' },
  'AWS::EFS::FileSystem': { off: 'none', on: 'aws-managed' },
  'AWS::OpenSearchService::Domain': { off: 'none', on: 'aws-managed' },
  'AWS::ElastiCache::ReplicationGroup': { off: 'none', on: 'aws-owned' },
  'AWS::Cognito::UserPool': { off: 'aws-owned' },
  'AWS::Cassandra::Table': { off: 'aws-owned' },
  'AWS::DAX::Cluster': { off: 'none', on: 'aws-owned' },
  'AWS::DocDB::DBCluster': { off: 'none', on: 'aws-managed' },
  'AWS::DSQL::Cluster': { off: 'aws-owned' },
  'AWS::ElastiCache::CacheCluster': { off: 'none' },
  'AWS::FSx::FileSystem': { off: 'aws-managed' },
  'AWS::Kendra::Index': { off: 'aws-owned' },
  'AWS::MSK::Cluster': { off: 'aws-managed' },
  'AWS::MSK::ServerlessCluster': { off: 'aws-managed' },
  'AWS::MemoryDB::Cluster': { off: 'aws-owned' },
  'AWS::Neptune::DBCluster': { off: 'none', on: 'aws-managed' },
  'AWS::S3Express::DirectoryBucket': { off: 'aws-owned', on: 'aws-managed' },
  'AWS::S3Tables::TableBucket': { off: 'aws-owned' },
  'AWS::S3Vectors::VectorBucket': { off: 'aws-owned' },
  'AWS::Timestream::Database': { off: 'aws-managed' },
};

/** Properties that turn encryption on, besides those of {@link KEY_PLACES}. */
const SWITCHES: Readonly<Record<string, string>> = { 'AWS::DAX::Cluster': 'SSESpecification.SSEEnabled', 'AWS::DynamoDB::GlobalTable': 'SSESpecification.SSEEnabled', 'AWS::RDS::DBInstance': 'StorageEncrypted' };

const SAID: Readonly<Record<Kind, string>> = { customer: 'a key of the customer', 'aws-managed': 'the key that AWS manages for the service', 'aws-owned': 'AWS owned', none: 'none', unknown: 'not told by the template' };

/** How a store is encrypted. */
export function atRest(estate: Estate, store: Resource): AtRest {
  const cluster = clusterOf(estate, store);
  if (cluster !== undefined) return cluster === 'elsewhere' ? { kind: 'unknown', said: 'that of its cluster or database, which stands in none of the templates' } : atRest(estate, cluster);
  const [value, on] = [keyOfStore(estate, store), switchOf(estate, store)];
  if (on === 'unknown') return { kind: 'unknown', said: `not told by the template: ${shown(switchValue(estate, store))}`.slice(0, 200) };
  const customer = on === 'off' ? false : isCustomerKey(value);
  if (customer === true) return keyed(estate, store, value);
  if (customer === undefined) return { kind: 'unknown', said: shown(value) };
  return withoutKey(estate, store, value, on);
}

function keyed(estate: Estate, store: Resource, value: Value): AtRest {
  const key = keyOf(estate, store);
  // A table has a key in each region: the first of them is named, and the others are told of where they are no customer's.
  const findings = store.type === 'AWS::DynamoDB::GlobalTable' ? [KEY_READERS[store.type]?.(estate, store) ?? []].flat() : [];
  const other = findings.find(({ verdict }) => verdict !== 'PASS');
  if (other !== undefined) return { kind: other.verdict === 'FAIL' ? 'aws-managed' : 'unknown', said: `${other.part ?? 'a replica'}: ${other.actual ?? 'not told'}` };
  return { kind: 'customer', ...(key !== undefined && { key }), said: shown(value) };
}

function withoutKey(estate: Estate, store: Resource, value: Value, on: 'on' | 'off' | 'no switch'): AtRest {
  if (store.type === 'AWS::OpenSearchServerless::Collection') return collection(estate, store);
  if (textOf(value)?.includes('alias/aws/') === true && on !== 'off') return { kind: 'aws-managed', said: textOf(value) ?? '' };
  const all = valueAt(estate, store);
  if (store.type === 'AWS::SQS::Queue' && memberOf(all, 'SqsManagedSseEnabled').kind !== 'absent') {
    const managed = isTrue(memberOf(all, 'SqsManagedSseEnabled'));
    if (managed !== true) return managed === false ? { kind: 'none', said: SAID.none } : { kind: 'unknown', said: shown(memberOf(all, 'SqsManagedSseEnabled')) };
  }
  if (store.type === 'AWS::KinesisFirehose::DeliveryStream' && memberOf(all, 'DeliveryStreamEncryptionConfigurationInput').kind !== 'absent') return { kind: 'aws-owned', said: SAID['aws-owned'] };
  const without = WITHOUT[store.type];
  const kind = without === undefined ? 'unknown' : on === 'on' ? (without.on ?? without.off) : without.off;
  return { kind, said: without === undefined ? (store.type === 'AWS::Bedrock::KnowledgeBase' ? 'where the store keeps its content is not told here' : 'no key of the customer is named; what the service encrypts with then is not told here') : SAID[kind] };
}

function keyOfStore(estate: Estate, store: Resource): Value {
  return store.type === 'AWS::OpenSearchServerless::Collection' ? valueAt(estate, store, 'EncryptionConfig.KmsKeyArn') : keyValueOf(estate, store);
}

function switchValue(estate: Estate, store: Resource): Value {
  if (!isBucket(store)) return valueAt(estate, store, SWITCHES[store.type] ?? KEY_PLACES[store.type]?.on ?? '');
  const rules = valueAt(estate, store, 'BucketEncryption.ServerSideEncryptionConfiguration');
  return rules.kind === 'unknown' ? rules : memberOf(itemsOf(rules)[0] ?? { kind: 'absent' }, 'ServerSideEncryptionByDefault.SSEAlgorithm');
}

function switchOf(estate: Estate, store: Resource): 'on' | 'off' | 'no switch' | 'unknown' {
  const bucket = isBucket(store);
  if (!bucket && SWITCHES[store.type] === undefined && KEY_PLACES[store.type]?.on === undefined) return 'no switch';
  const value = switchValue(estate, store);
  if (value.kind !== 'literal') return value.kind === 'absent' ? 'off' : 'unknown';
  const on = bucket ? /^aws:kms(:dsse)?$/.test(String(value.value)) : isTrue(value) === true;
  return on ? 'on' : 'off';
}

const isBucket = ({ type }: Resource): boolean => type === 'AWS::S3::Bucket' || type === 'AWS::S3Express::DirectoryBucket';

/** Types whose data lies in another resource, or under the key of another: the property that names it, and its type. */
const KEPT_IN: Readonly<Record<string, readonly [property: string, type: string]>> = { 'AWS::RDS::DBInstance': ['DBClusterIdentifier', 'AWS::RDS::DBCluster'], 'AWS::Timestream::Table': ['DatabaseName', 'AWS::Timestream::Database'] };

/** Cluster that keeps the data of a database instance, or database of a table; `elsewhere` when it is in no template. */
function clusterOf(estate: Estate, store: Resource): Resource | 'elsewhere' | undefined {
  const [property, kind] = KEPT_IN[store.type] ?? [];
  if (property === undefined) return undefined;
  const named = valueAt(estate, store, property);
  if (named.kind === 'absent') return undefined;
  return referencesIn(named).find(({ type }) => type === kind) ?? 'elsewhere';
}

/** The key of a collection stands in a policy that fits its name. */
function collection(estate: Estate, store: Resource): AtRest {
  const [finding] = [KEY_READERS[store.type]?.(estate, store) ?? []].flat();
  if (finding?.verdict === 'PASS') return { kind: 'customer', said: finding.actual ?? SAID.customer };
  const owned = finding?.verdict === 'FAIL' && finding.property === 'Policy.KmsARN';
  return owned ? { kind: 'aws-owned', said: SAID['aws-owned'] } : { kind: 'unknown', said: finding?.note ?? finding?.actual ?? SAID.unknown };
}
