import type { Value } from '../template/value.ts';
import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import { anyHole, hasHole, identityHole, kindOf, openHole, textWithHoles, tokensOf } from './hole.ts';

/** How resources of a type are named. */
interface Naming {
  readonly service: string;
  /** Last part of the ARN, for a name. */
  readonly form: (name: string, resource: Resource) => string;
  /** Property that gives the name. @default - AWS gives it */
  readonly property?: string;
  /** What `Ref` gives. @default 'name' */
  readonly ref?: 'arn' | 'other';
  /** Attributes that give the ARN, besides `Arn`. */
  readonly arns?: readonly string[];
  /** Whether the ARN names neither region nor account. @default false */
  readonly global?: 'bucket' | 'account';
}

const under = (prefix: string) => (name: string) => `${prefix}${name}`;

const NAMINGS: Readonly<Record<string, Naming>> = {
  'AWS::DynamoDB::Table': { service: 'dynamodb', form: under('table/'), property: 'TableName' },
  'AWS::DynamoDB::GlobalTable': { service: 'dynamodb', form: under('table/'), property: 'TableName' },
  'AWS::S3::Bucket': { service: 's3', form: under(''), property: 'BucketName', global: 'bucket' },
  'AWS::SQS::Queue': { service: 'sqs', form: under(''), property: 'QueueName', ref: 'other' },
  'AWS::SNS::Topic': { service: 'sns', form: under(''), property: 'TopicName', ref: 'arn', arns: ['TopicArn'] },
  'AWS::Kinesis::Stream': { service: 'kinesis', form: under('stream/'), property: 'Name' },
  'AWS::KinesisFirehose::DeliveryStream': { service: 'firehose', form: under('deliverystream/'), property: 'DeliveryStreamName' },
  'AWS::Logs::LogGroup': { service: 'logs', form: under('log-group:'), property: 'LogGroupName' },
  'AWS::Events::Archive': { service: 'events', form: under('archive/'), property: 'ArchiveName' },
  'AWS::Events::EventBus': { service: 'events', form: under('event-bus/'), property: 'Name' },
  // AWS adds a hyphen and six characters of its own, for which any six stand here.
  'AWS::SecretsManager::Secret': { service: 'secretsmanager', form: (name) => (hasHole(name) ? `secret:${name}` : `secret:${name}-000000`), property: 'Name', ref: 'arn', arns: ['Id'] },
  'AWS::RDS::DBInstance': { service: 'rds', form: under('db:'), property: 'DBInstanceIdentifier', arns: ['DBInstanceArn'] },
  'AWS::RDS::DBCluster': { service: 'rds', form: under('cluster:'), property: 'DBClusterIdentifier', arns: ['DBClusterArn'] },
  'AWS::EFS::FileSystem': { service: 'elasticfilesystem', form: under('file-system/') },
  'AWS::OpenSearchService::Domain': { service: 'es', form: under('domain/'), property: 'DomainName', arns: ['DomainArn'] },
  'AWS::OpenSearchServerless::Collection': { service: 'aoss', form: under('collection/') },
  'AWS::ElastiCache::ReplicationGroup': { service: 'elasticache', form: under('replicationgroup:'), property: 'ReplicationGroupId' },
  'AWS::Cognito::UserPool': { service: 'cognito-idp', form: under('userpool/') },
  'AWS::Bedrock::KnowledgeBase': { service: 'bedrock', form: under('knowledge-base/'), arns: ['KnowledgeBaseArn'] },
  'AWS::Elasticsearch::Domain': { service: 'es', form: under('domain/'), property: 'DomainName', arns: ['DomainArn'] },
  'AWS::Kendra::Index': { service: 'kendra', form: under('index/') },
  'AWS::BedrockAgentCore::Memory': { service: 'bedrock-agentcore', form: under('memory/'), ref: 'other', arns: ['MemoryArn'] },
  'AWS::S3Express::DirectoryBucket': { service: 's3express', form: under('bucket/'), property: 'BucketName' },
  'AWS::S3Tables::TableBucket': { service: 's3tables', form: under('bucket/'), property: 'TableBucketName', ref: 'arn', arns: ['TableBucketARN'] },
  'AWS::S3Vectors::VectorBucket': { service: 's3vectors', form: under('bucket/'), property: 'VectorBucketName', ref: 'arn', arns: ['VectorBucketArn'] },
  'AWS::KMS::Key': { service: 'kms', form: under('key/') },
  'AWS::KMS::ReplicaKey': { service: 'kms', form: under('key/') },
  'AWS::Lambda::Function': { service: 'lambda', form: under('function:'), property: 'FunctionName' },
  'AWS::IAM::Role': { service: 'iam', form: (name, { properties }) => `role${pathOf(properties['Path'])}${name}`, property: 'RoleName', global: 'account' },
  'AWS::IAM::User': { service: 'iam', form: (name, { properties }) => `user${pathOf(properties['Path'])}${name}`, property: 'UserName', global: 'account' },
  'AWS::IAM::Group': { service: 'iam', form: (name, { properties }) => `group${pathOf(properties['Path'])}${name}`, property: 'GroupName', global: 'account' },
};

const pathOf = (path: unknown): string => (typeof path === 'string' ? path : path === undefined ? '/' : anyHole('the path of an identity'));

/** ARN of a resource, with holes for what the template does not tell. Two resources of one type never share it. */
export function arnOf(estate: Estate, resource: Resource): string {
  const cached = known.get(estate) ?? new WeakMap<Resource, string>();
  known.set(estate, cached);
  const found = cached.get(resource) ?? madeArn(estate, resource);
  cached.set(resource, found);
  return found;
}

const known = new WeakMap<Estate, WeakMap<Resource, string>>();

function madeArn(estate: Estate, resource: Resource): string {
  const naming = NAMINGS[resource.type];
  if (naming === undefined) return identityHole(resource, '.Arn');
  const last = naming.form(nameOf(estate, resource), resource);
  if (naming.global === 'bucket') return `arn:aws:${naming.service}:::${last}`;
  return `arn:aws:${naming.service}:${naming.global === 'account' ? '' : regionOf(resource)}:${accountOf(resource)}:${last}`;
}

/** Longest name that is put together, holes included. AWS allows 512 characters; names that name each other multiply. */
const LONGEST_NAME = 2_000;

/** How many names may wait for each other. */
const DEEPEST = 50;

/** Names of an estate's resources, and those that are being put together now. */
const named = new WeakMap<Estate, { readonly names: Map<Resource, string>; readonly open: Set<Resource> }>();

/**
 * Name of a resource: its own where the template gives it in full, else a hole that is this resource's alone, as for one whose name
 * depends on itself.
 */
export function nameOf(estate: Estate, resource: Resource): string {
  const { names, open } = named.get(estate) ?? { names: new Map<Resource, string>(), open: new Set<Resource>() };
  named.set(estate, { names, open });
  const found = names.get(resource);
  if (found !== undefined) return found;
  const property = NAMINGS[resource.type]?.property;
  if (property === undefined || open.has(resource) || open.size > DEEPEST) return identityHole(resource);
  open.add(resource);
  const given = textIn(estate, resource, valueAt(estate, resource, property));
  open.delete(resource);
  const told = given !== '' && given.length <= LONGEST_NAME && tokensOf(given).every((token) => kindOf(token) !== 'any') && given.replace(/\u{E000}[^\u{E001}]*\u{E001}/gu, '') !== '';
  const name = told ? given : identityHole(resource);
  names.set(resource, name);
  return name;
}

/** Region that a resource is in, or a hole. */
export const regionOf = ({ stack }: Resource): string => stack.region ?? openHole(`${stack.name}/AWS::Region`);
/** Account that a resource is in, or a hole. */
export const accountOf = ({ stack }: Resource): string => stack.account ?? openHole(`${stack.name}/AWS::AccountId`);

/** A value of a resource as text, with holes for what the template does not tell. */
export function textIn(estate: Estate, { stack }: Pick<Resource, 'stack'>, value: Value): string {
  return textWithHoles(value, stack.name, (reference) => referenced(estate, reference));
}

function referenced(estate: Estate, { resource, attribute }: Extract<Value, { kind: 'reference' }>): string {
  const naming = NAMINGS[resource.type];
  if (naming === undefined) return identityHole(resource, attribute === undefined ? '' : `.${attribute}`);
  if (attribute === undefined ? naming.ref === 'arn' : attribute === 'Arn' || naming.arns?.includes(attribute) === true) return `${arnOf(estate, resource)}${resource.type === 'AWS::Logs::LogGroup' && attribute === 'Arn' ? ':*' : ''}`;
  if (attribute === 'StreamArn' && naming.service === 'dynamodb') return `${arnOf(estate, resource)}/stream/${openHole('label')}`;
  if ((attribute === undefined && naming.ref === undefined) || attribute === naming.property) return nameOf(estate, resource);
  return identityHole(resource, attribute === undefined ? '.Ref' : `.${attribute}`);
}
