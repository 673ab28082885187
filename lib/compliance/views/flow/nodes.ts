import { valueAt } from '../../template/resolve.ts';
import { referencesIn } from '../../rules/references.ts';
import { STORE_TYPES } from '../../rules/stores.ts';
import type { Estate, Resource } from '../../template/types.ts';

/** Columns of the diagram, left to right. `people` and `outside` lie beyond the trust boundary of the account. */
export const COLUMNS = ['people', 'edge', 'functions', 'messages', 'stores', 'keys', 'outside'] as const;

/** A column of the diagram. */
export type Column = (typeof COLUMNS)[number];

/** A box of the diagram. */
export interface Node {
  /** Unique in the diagram. */
  readonly id: string;
  readonly column: Column;
  /** What it is, in one line. */
  readonly title: string;
  /** More about it, in one line. */
  readonly fact: string;
  /** Resource that it stands for. @default - none: it lies outside */
  readonly resource?: Resource;
}

const EDGE = new Set(['AWS::ApiGateway::RestApi', 'AWS::Serverless::Api', 'AWS::ApiGatewayV2::Api', 'AWS::AppSync::GraphQLApi', 'AWS::AppSync::Api', 'AWS::CloudFront::Distribution', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancing::LoadBalancer', 'AWS::Lambda::Url', 'AWS::Lex::Bot', 'AWS::Connect::Instance']);
const FUNCTIONS = new Set(['AWS::Lambda::Function', 'AWS::Serverless::Function', 'AWS::StepFunctions::StateMachine', 'AWS::ECS::TaskDefinition', 'AWS::Bedrock::Agent', 'AWS::Bedrock::Flow', 'AWS::BedrockAgentCore::Runtime', 'AWS::CloudTrail::Trail']);
/** Stores through which data passes, and what passes it on without keeping it. */
const MESSAGES = new Set(['AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::Kinesis::Stream', 'AWS::KinesisFirehose::DeliveryStream', 'AWS::Events::EventBus', 'AWS::Events::ApiDestination']);

/** Column of a resource; undefined for what no box stands for by itself. */
export function columnOf({ type }: Resource): Column | undefined {
  if (MESSAGES.has(type)) return 'messages';
  if ((STORE_TYPES as readonly string[]).includes(type)) return 'stores';
  if (type === 'AWS::KMS::Key') return 'keys';
  return EDGE.has(type) ? 'edge' : FUNCTIONS.has(type) ? 'functions' : undefined;
}

/** Properties by which a resource stands for another one, e.g. an alias for its function. */
const STANDS_FOR: Readonly<Record<string, string>> = { 'AWS::Lambda::Alias': 'FunctionName', 'AWS::Lambda::Version': 'FunctionName', 'AWS::KMS::Alias': 'TargetKeyId', 'AWS::ECS::Service': 'TaskDefinition', 'AWS::SNS::Subscription': 'TopicArn', 'AWS::S3::AccessPoint': 'Bucket', 'AWS::Bedrock::DataSource': 'KnowledgeBaseId', 'AWS::ApiGateway::Method': 'RestApiId', 'AWS::ApiGatewayV2::Integration': 'ApiId', 'AWS::AppSync::DataSource': 'ApiId', 'AWS::ElasticLoadBalancingV2::Listener': 'LoadBalancerArn' };

/** Resource that a box stands for when another one is meant by it; undefined when no box does. */
export function drawn(estate: Estate, resource: Resource): Resource | undefined {
  let found: Resource | undefined = resource;
  for (let steps = 0; found !== undefined && steps < 5 && columnOf(found) === undefined; steps += 1) {
    const property: string | undefined = STANDS_FOR[found.type];
    found = property === undefined ? undefined : referencesIn(valueAt(estate, found, property))[0];
  }
  return found !== undefined && columnOf(found) !== undefined ? found : undefined;
}
