import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import { itemsOf, memberOf, type Value } from '../template/value.ts';
import { manyAt } from '../rules/check.ts';
import { RESOURCE_POLICIES } from '../rules/resource-policies.ts';
import { documentOf, type PolicyStatement } from './document.ts';
import { textIn } from './identity.ts';

/** A statement that stands on a resource, and says who is admitted to it. */
export interface ResourceStatement extends PolicyStatement {
  /** What it protects, as far as the estate has it. Empty: its own text says which ones. */
  readonly protects: readonly Resource[];
}

/** Property that names what a policy protects, by type; other types protect themselves, or say in each statement what it is about. */
const PROTECTS: Readonly<Record<string, string>> = {
  'AWS::S3::BucketPolicy': 'Bucket',
  'AWS::S3::AccessPoint': 'Bucket',
  'AWS::S3Express::BucketPolicy': 'Bucket',
  'AWS::SQS::QueuePolicy': 'Queues',
  'AWS::SQS::QueueInlinePolicy': 'Queue',
  'AWS::SNS::TopicPolicy': 'Topics',
  'AWS::SNS::TopicInlinePolicy': 'TopicArn',
  'AWS::SecretsManager::ResourcePolicy': 'SecretId',
  'AWS::Kinesis::ResourcePolicy': 'ResourceArn',
};

/** Properties that hold policies, by type, but those of identities and permissions of Lambda. */
const DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(Object.entries(RESOURCE_POLICIES).filter(([type]) => type !== 'AWS::IAM::Role')),
  'AWS::KMS::Key': ['KeyPolicy'],
  'AWS::KMS::ReplicaKey': ['KeyPolicy'],
  'AWS::ApiGateway::RestApi': ['Policy'],
};

/** Types whose policies are read. */
export const RESOURCE_POLICY_TYPES: readonly string[] = [...Object.keys(DOCUMENTS), 'AWS::Lambda::Permission'];

/** Every statement that stands on a resource. */
export function resourceStatementsOf(estate: Estate): ResourceStatement[] {
  return estate.resources.flatMap((resource) => {
    if (resource.type === 'AWS::Lambda::Permission') return permission(estate, resource);
    const paths = DOCUMENTS[resource.type];
    if (paths === undefined) return [];
    const [all, of] = [valueAt(estate, resource), PROTECTS[resource.type]];
    const elsewhere = resource.type.endsWith('Policy');
    const protects = of !== undefined ? itemsOf(memberOf(all, of)).flatMap((each) => named(estate, resource, each)) : elsewhere ? [] : [resource];
    return paths.flatMap((path) => manyAt(all, path).flatMap((document) => documentOf(estate, resource, path.replaceAll('[]', ''), document).map((each) => Object.assign(each, { protects }))));
  });
}

/** A resource that is named by reference, or by the text of its URL, ARN or name. */
function named(estate: Estate, from: Resource, value: Value): Resource[] {
  if (value.kind === 'reference') return [value.resource];
  const text = textIn(estate, from, value);
  return estate.resources.filter((each) => ['BucketName', 'QueueName', 'TopicName', 'Name'].some((name) => each.properties[name] === text && text !== ''));
}

/** A permission of Lambda is the statement that Lambda makes of it. */
function permission(estate: Estate, source: Resource): ResourceStatement[] {
  const all = valueAt(estate, source);
  const member = (name: string): Value => memberOf(all, name);
  const text = (name: string): string[] => (member(name).kind === 'absent' ? [] : [textIn(estate, source, member(name))]);
  const [principal = ''] = text('Principal');
  const service = /\.amazonaws\.com|\.amazon\.com/.test(principal) || (/\./.test(principal) && !principal.startsWith('arn:'));
  const equals = Object.fromEntries([['aws:SourceAccount', 'SourceAccount'], ['aws:PrincipalOrgID', 'PrincipalOrgID'], ['lambda:EventSourceToken', 'EventSourceToken'], ['lambda:FunctionUrlAuthType', 'FunctionUrlAuthType']].flatMap(([key = '', name = '']) => (text(name).length > 0 ? [[key, text(name)]] : [])));
  const conditions = { ...(text('SourceArn').length > 0 && { ArnLike: { 'aws:SourceArn': text('SourceArn') } }), ...(Object.keys(equals).length > 0 && { StringEquals: equals }) };
  const condition = source.attributes['Condition'];
  const of = member('FunctionName');
  return [{
    statement: { effect: 'Allow', actions: text('Action'), resources: text('FunctionName'), principals: service ? { Service: [principal] } : { AWS: [principal] }, conditions },
    source,
    property: 'Principal',
    protects: of.kind === 'reference' ? [of.resource] : [],
    ...(typeof condition === 'string' && { uncertain: `${source.logicalId} depends on the condition ${condition}` }),
  }];
}

