import { reaches } from '../../policy/reach.ts';
import { policiesOf } from '../../policy/policies.ts';
import { manyAt } from '../../rules/check.ts';
import { keyOf } from '../../rules/keys/key-of.ts';
import { referencesIn } from '../../rules/references.ts';
import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import type { AccessMatrix } from '../access-matrix.ts';
import { usersOf } from '../users.ts';
import { columnOf, drawn } from './nodes.ts';

/** Data that goes from one resource to another, or a key that something lies under. */
export interface Link {
  readonly from: Resource;
  readonly to: Resource;
  readonly kind: 'data' | 'key';
}

/** Types that lead data from one resource to another: what names where it comes from, and where it goes; `self` for the resource itself. */
const LEADS: readonly (readonly [type: string, from: string, to: string])[] = [
  ['AWS::ApiGateway::Method', 'RestApiId', 'Integration.Uri'],
  ['AWS::ApiGateway::Authorizer', 'RestApiId', 'AuthorizerUri'],
  ['AWS::ApiGatewayV2::Integration', 'ApiId', 'IntegrationUri'],
  ['AWS::ApiGatewayV2::Authorizer', 'ApiId', 'AuthorizerUri'],
  ['AWS::AppSync::DataSource', 'ApiId', 'LambdaConfig.LambdaFunctionArn'],
  ['AWS::AppSync::DataSource', 'ApiId', 'DynamoDBConfig.TableName'],
  ['AWS::Lambda::Url', 'self', 'TargetFunctionArn'],
  ['AWS::CloudFront::Distribution', 'self', 'DistributionConfig.Origins[].DomainName'],
  ['AWS::Lambda::EventSourceMapping', 'EventSourceArn', 'FunctionName'],
  ['AWS::Lambda::Function', 'self', 'DeadLetterConfig.TargetArn'],
  ['AWS::Lambda::EventInvokeConfig', 'FunctionName', 'DestinationConfig.OnFailure.Destination'],
  ['AWS::Lambda::EventInvokeConfig', 'FunctionName', 'DestinationConfig.OnSuccess.Destination'],
  ['AWS::Events::Rule', 'EventBusName', 'Targets[].Arn'],
  ['AWS::Events::Archive', 'SourceArn', 'self'],
  ['AWS::Pipes::Pipe', 'Source', 'Target'],
  ['AWS::SNS::Subscription', 'TopicArn', 'Endpoint'],
  ['AWS::SNS::Topic', 'self', 'Subscription[].Endpoint'],
  ['AWS::SQS::Queue', 'self', 'RedrivePolicy.deadLetterTargetArn'],
  ['AWS::S3::Bucket', 'self', 'NotificationConfiguration.LambdaConfigurations[].Function'],
  ['AWS::S3::Bucket', 'self', 'NotificationConfiguration.QueueConfigurations[].Queue'],
  ['AWS::S3::Bucket', 'self', 'NotificationConfiguration.TopicConfigurations[].Topic'],
  ['AWS::Logs::SubscriptionFilter', 'LogGroupName', 'DestinationArn'],
  ['AWS::CloudTrail::Trail', 'self', 'S3BucketName'],
  ['AWS::KinesisFirehose::DeliveryStream', 'KinesisStreamSourceConfiguration.KinesisStreamARN', 'self'],
  ['AWS::KinesisFirehose::DeliveryStream', 'self', 'ExtendedS3DestinationConfiguration.BucketARN'],
  ['AWS::StepFunctions::StateMachine', 'self', 'DefinitionSubstitutions'],
  ['AWS::Bedrock::KnowledgeBase', 'self', 'StorageConfiguration'],
  ['AWS::ApiGateway::Stage', 'RestApiId', 'AccessLogSetting.DestinationArn'],
  ['AWS::ApiGatewayV2::Stage', 'ApiId', 'AccessLogSettings.DestinationArn'],
];

/** Every flow that event sources, routes and settings name, that rights allow, and the key of every store. Each once. */
export function linksOf(estate: Estate, matrix: AccessMatrix): Link[] {
  const links = [...led(estate), ...granted(estate, matrix), ...published(estate), ...locked(estate)].filter(({ from, to }) => from !== to);
  const number = new Map(estate.resources.map((resource, index) => [resource, index]));
  return [...new Map(links.map((link) => [`${number.get(link.from) ?? ''} ${number.get(link.to) ?? ''} ${link.kind}`, link])).values()];
}

function led(estate: Estate): Link[] {
  return estate.resources.flatMap((resource) => {
    const named = (path: string): Resource[] => (path === 'self' ? [resource] : manyAt(valueAt(estate, resource), path).flatMap(referencesIn)).flatMap((one) => drawn(estate, one) ?? []);
    return LEADS.filter(([type]) => type === resource.type).flatMap(([, from, to]) => named(from).flatMap((source) => named(to).map((target): Link => ({ from: source, to: target, kind: 'data' }))));
  });
}

/** Boxes of those that run as a role; the role's own where nothing of the estate does. */
export function boxesOf(estate: Estate, role: Resource): readonly Resource[] {
  const users = [...new Set((usersOf(estate).get(role) ?? []).flatMap((user) => drawn(estate, user) ?? []))];
  return users.length > 0 ? users : [role];
}

function granted(estate: Estate, { cells }: AccessMatrix): Link[] {
  return cells.filter(({ store, kind }) => store.type !== 'AWS::KMS::Key' && (kind.startsWith('read') || kind === 'write' || kind === 'delete')).flatMap(({ role, store, kind }) =>
    boxesOf(estate, role.resource).map((box): Link => (kind.startsWith('read') ? { from: store.resource, to: box, kind: 'data' } : { from: box, to: store.resource, kind: 'data' })),
  );
}

function published(estate: Estate): Link[] {
  const buses = estate.resources.filter(({ type }) => type === 'AWS::Events::EventBus');
  return buses.flatMap((bus) => policiesOf(estate).holders.filter((holder) => reaches(estate, holder, bus, 'events:PutEvents').decision !== 'deny').flatMap(({ role }) => boxesOf(estate, role).map((box): Link => ({ from: box, to: bus, kind: 'data' }))));
}

function locked(estate: Estate): Link[] {
  return estate.resources.flatMap((store) => {
    const key = columnOf(store) === undefined ? undefined : keyOf(estate, store);
    return key === undefined ? [] : [{ from: store, to: key, kind: 'key' as const }];
  });
}
