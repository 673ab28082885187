import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import { itemsOf, memberOf, textOf, type Value } from '../template/value.ts';
import { manyAt } from './check.ts';
import { documentOf } from './document.ts';

/** Where types hold a policy that says who may use a resource. Keys of KMS have a rule of their own. */
export const RESOURCE_POLICIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::S3::BucketPolicy': ['PolicyDocument'],
  'AWS::S3::AccessPoint': ['Policy'],
  'AWS::S3Express::BucketPolicy': ['PolicyDocument'],
  'AWS::S3Tables::TableBucketPolicy': ['ResourcePolicy'],
  'AWS::S3Vectors::VectorBucketPolicy': ['Policy'],
  'AWS::SQS::QueuePolicy': ['PolicyDocument'],
  'AWS::SQS::QueueInlinePolicy': ['PolicyDocument'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument'],
  'AWS::SNS::TopicInlinePolicy': ['PolicyDocument'],
  'AWS::SecretsManager::ResourcePolicy': ['ResourcePolicy'],
  'AWS::EFS::FileSystem': ['FileSystemPolicy'],
  'AWS::Events::EventBus': ['Policy'],
  'AWS::Events::EventBusPolicy': ['Statement'],
  'AWS::Logs::ResourcePolicy': ['PolicyDocument'],
  'AWS::Kinesis::ResourcePolicy': ['ResourcePolicy'],
  'AWS::DynamoDB::Table': ['ResourcePolicy.PolicyDocument', 'StreamSpecification.ResourcePolicy.PolicyDocument'],
  'AWS::DynamoDB::GlobalTable': ['Replicas[].ResourcePolicy.PolicyDocument', 'Replicas[].ReplicaStreamSpecification.ResourcePolicy.PolicyDocument'],
  'AWS::Backup::BackupVault': ['AccessPolicy'],
  'AWS::OpenSearchService::Domain': ['AccessPolicies'],
  'AWS::Elasticsearch::Domain': ['AccessPolicies'],
  'AWS::RedshiftServerless::Namespace': ['NamespaceResourcePolicy'],
  'AWS::BedrockAgentCore::ResourcePolicy': ['Policy'],
  'AWS::Bedrock::ResourcePolicy': ['PolicyDocument'],
  'AWS::VpcLattice::AuthPolicy': ['Policy'],
  'AWS::IAM::Role': ['AssumeRolePolicyDocument'],
};

/** A statement of a resource's policy, and where it stands. */
export interface PlacedStatement {
  /** Path of the policy. */
  readonly property: string;
  /** E.g. `Statement 2`, counted from 1 over all policies of the resource. */
  readonly part: string;
  readonly value: Value;
}

/** Statements of the policies that a resource holds. A policy that is not known is one statement that is not known. */
export function placedStatements(estate: Estate, resource: Resource): PlacedStatement[] {
  const all = valueAt(estate, resource);
  const found = (RESOURCE_POLICIES[resource.type] ?? []).flatMap((path) => manyAt(all, path).flatMap((document) => statementsIn(document).map((value) => ({ property: path.replaceAll('[]', ''), value }))));
  return found.map(({ property, value }, index) => ({ property, value, part: `Statement ${index + 1}` }));
}

/** Statements of a policy document, as a map or as JSON text. */
export function statementsIn(document: Value): readonly Value[] {
  const read = documentOf(document);
  if (read.kind === 'unknown') return [read];
  // An event bus's policy holds one statement without a document around it.
  return memberOf(read, 'Effect').kind === 'absent' ? itemsOf(memberOf(read, 'Statement')) : [read];
}

/** Whether a principal is anybody at all; undefined when it cannot be told. */
export function isAnyone(principal: Value): boolean | undefined {
  const named = principal.kind === 'map' ? memberOf(principal, 'AWS') : principal;
  const items = itemsOf(named);
  if (items.some((item) => textOf(item) === '*')) return true;
  return items.some((item) => item.kind === 'unknown') ? undefined : false;
}
