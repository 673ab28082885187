import { resolve, valueAt } from '../template/resolve.ts';
import type { Estate, Json, Resource } from '../template/types.ts';
import { ABSENT, itemsOf, memberOf, textOf, type Value } from '../template/value.ts';
import type { Parameters } from './parameters.ts';

/** Types that keep data: the one list of every rule and view that is about stores. Backup vaults hold copies of them, and are judged by what makes the copies. */
export const STORE_TYPES = [
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SNS::Topic',
  'AWS::Kinesis::Stream',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::Logs::LogGroup',
  'AWS::Events::Archive',
  'AWS::SecretsManager::Secret',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::EFS::FileSystem',
  'AWS::OpenSearchService::Domain',
  'AWS::OpenSearchServerless::Collection',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Cognito::UserPool',
  'AWS::Bedrock::KnowledgeBase',
  'AWS::Cassandra::Table',
  'AWS::DocDB::DBCluster',
  'AWS::DocDBElastic::Cluster',
  'AWS::DSQL::Cluster',
  'AWS::HealthLake::FHIRDatastore',
  'AWS::Lightsail::Database',
  'AWS::Neptune::DBCluster',
  'AWS::NeptuneGraph::Graph',
  'AWS::QLDB::Ledger',
  'AWS::Redshift::Cluster',
  'AWS::RedshiftServerless::Namespace',
  'AWS::SDB::Domain',
  'AWS::Timestream::InfluxDBInstance',
  'AWS::Timestream::Table',
  'AWS::DAX::Cluster',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::MemoryDB::Cluster',
  'AWS::EC2::Volume',
  'AWS::FSx::FileSystem',
  'AWS::Lightsail::Bucket',
  'AWS::S3Express::DirectoryBucket',
  'AWS::S3Tables::TableBucket',
  'AWS::S3Vectors::VectorBucket',
  'AWS::BedrockAgentCore::Memory',
  'AWS::Elasticsearch::Domain',
  'AWS::Kendra::Index',
  'AWS::QBusiness::Application',
  'AWS::Rekognition::Collection',
  'AWS::Wisdom::KnowledgeBase',
  'AWS::AmazonMQ::Broker',
  'AWS::KinesisVideo::Stream',
  'AWS::MSK::Cluster',
  'AWS::MSK::ServerlessCluster',
  'AWS::CloudTrail::EventDataStore',
  'AWS::Connect::Instance',
  'AWS::CustomerProfiles::Domain',
  'AWS::Pinpoint::App',
] as const;

/** Stores that CloudFormation puts no tags on. */
export const UNTAGGED: readonly string[] = ['AWS::Events::Archive', 'AWS::SDB::Domain'];

/** Where tags stand on types that do not call them `Tags`. */
const TAGS: Readonly<Record<string, string>> = {
  'AWS::Cognito::UserPool': 'UserPoolTags',
  'AWS::EFS::FileSystem': 'FileSystemTags',
  'AWS::Backup::BackupPlan': 'BackupPlanTags',
  'AWS::Backup::BackupVault': 'BackupVaultTags',
  'AWS::Backup::LogicallyAirGappedBackupVault': 'BackupVaultTags',
  'AWS::Lex::Bot': 'BotTags',
};

/** A tag of a resource; absent when it has none of that name, not known when tags are not known of which one may be it. Lists and maps are read. */
export function tagOf(estate: Estate, resource: Resource, name: string): Value {
  return tagIn(valueAt(estate, resource, TAGS[resource.type] ?? 'Tags'), name);
}

function tagIn(tags: Value, name: string): Value {
  if (tags.kind === 'unknown') return tags;
  if (tags.kind === 'map') return Object.hasOwn(tags.members, name) ? (tags.members[name] ?? ABSENT) : ABSENT;
  const found = itemsOf(tags).find((tag) => textOf(memberOf(tag, 'Key')) === name);
  return found === undefined ? (itemsOf(tags).map((tag) => memberOf(tag, 'Key')).find(({ kind }) => kind === 'unknown') ?? ABSENT) : memberOf(found, 'Value');
}

/** Class of the data that a store holds; undefined when it does not say, or cannot be told. */
export function dataClassOf(estate: Estate, resource: Resource, { tags }: Pick<Parameters, 'tags'>): string | undefined {
  return textOf(storeTag(estate, resource, tags.dataClass));
}

/** A tag of a store, a GlobalTable's first replica included. */
export function storeTag(estate: Estate, resource: Resource, name: string): Value {
  if (resource.type !== 'AWS::DynamoDB::GlobalTable') return tagOf(estate, resource, name);
  const [replica] = itemsOf(valueAt(estate, resource, 'Replicas'));
  return replica === undefined ? ABSENT : tagIn(memberOf(replica, 'Tags'), name);
}

/** What JSON inside a resource stands for, e.g. a member of a policy document. */
export function inside(estate: Estate, resource: Resource, json: Json | undefined): Value {
  return resolve(estate, resource.stack, json);
}
