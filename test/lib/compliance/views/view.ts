import type { ReportViews } from '../../../../lib/compliance/report/views.ts';
import { DEFAULT_PARAMETERS, type Parameters } from '../../../../lib/compliance/rules/parameters.ts';
import { estateOf } from '../../../../lib/compliance/template/estate.ts';
import type { Estate, Json } from '../../../../lib/compliance/template/types.ts';
import { reportViews } from '../../../../lib/compliance/views/index.ts';

/** Parameters of the samples. */
export const PARAMETERS: Parameters = { ...DEFAULT_PARAMETERS, allowedRegions: ['eu-central-1'], processors: [{ name: 'Mailer', hosts: ['*.mailer.example'], region: 'eu-central-1' }, { name: 'Far', hosts: ['far.example'], region: 'us-east-1' }, { name: 'Country', hosts: ['country.example'], region: 'Switzerland' }] };

/** An estate of one stack, made of plain resources. */
export const estate = (resources: Readonly<Record<string, Json>>): Estate => estateOf('test', [{ name: 'one', region: 'eu-central-1', account: '111122223333', template: { Resources: resources }, file: 'one.json', sha256: '0' }]);

/** Views of plain resources. */
export const view = (resources: Readonly<Record<string, Json>>, parameters: Partial<Parameters> = {}): Required<ReportViews> => {
  const views = reportViews(estate(resources), { ...PARAMETERS, ...parameters });
  if (views.broken !== undefined) throw new Error(JSON.stringify(views.broken));
  return views as Required<ReportViews>;
};

/** `Fn::GetAtt` of the ARN. */
export const arn = (id: string): Json => ({ 'Fn::GetAtt': [id, 'Arn'] });
/** A statement that allows. */
export const statement = (Action: Json, Resource: Json, Condition?: Json): Json => ({ Effect: 'Allow', Action, Resource, ...(Condition !== undefined && { Condition }) });
/** A role with statements of its own. */
export const role = (...statements: readonly Json[]): Json => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }, Policies: [{ PolicyDocument: { Statement: statements } }] } });
/** Tags that declare a store. */
export const tags = (dataClass: string, purpose = 'support', days: string = '30'): Json => Object.entries({ 'data-class': dataClass, purpose, 'legal-basis': 'contract', 'retention-days': days, 'data-owner': 'privacy' }).map(([Key, Value]) => ({ Key, Value }));

/** A small estate with something of everything. */
export const SAMPLE: Readonly<Record<string, Json>> = {
  Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } },
  Conversations: { Type: 'AWS::DynamoDB::Table', Properties: { SSESpecification: { SSEEnabled: true, KMSMasterKeyId: arn('Key') }, Tags: tags('conversation') } },
  Metrics: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: tags('operational', 'statistics') } },
  Turns: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: 'alias/aws/sqs', Tags: tags('conversation') } },
  Logs: { Type: 'AWS::Logs::LogGroup' },
  Topic: { Type: 'AWS::SNS::Topic' },
  Mail: { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'https', Endpoint: 'https://in.mailer.example/hook', TopicArn: { Ref: 'Topic' } } },
  ChatRole: role(statement(['dynamodb:GetItem', 'dynamodb:PutItem'], arn('Conversations')), statement('kms:Decrypt', arn('Key')), statement('sqs:SendMessage', arn('Turns')), statement('bedrock:InvokeModel', 'arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0')),
  Chat: { Type: 'AWS::Lambda::Function', Properties: { Role: arn('ChatRole'), Environment: { Variables: { URL: 'https://far.example/v1', OTHER: 'https://nobody.example' } } } },
  BlindRole: role(statement('dynamodb:GetItem', arn('Conversations'))),
  WorkerRole: role(statement('sqs:ReceiveMessage', arn('Turns')), statement('dynamodb:Scan', arn('Metrics'))),
  Worker: { Type: 'AWS::Lambda::Function', Properties: { Role: arn('WorkerRole') } },
  TurnsToWorker: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: arn('Turns'), FunctionName: { Ref: 'Worker' } } },
  Api: { Type: 'AWS::ApiGateway::RestApi' },
  Post: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, HttpMethod: 'POST', Integration: { Type: 'AWS_PROXY', Uri: { 'Fn::Sub': 'arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${Chat.Arn}/invocations' } } } },
};

const OTHER = '999999999999';
const admits = (Action: Json): Json => ({ Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OTHER}:root` }, Action, Resource: '*' }] });

/** An estate whose data leaves on every kind of way. */
export const RICH: Readonly<Record<string, Json>> = {
  Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: admits('kms:*') } },
  Items: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: tags('conversation'), KinesisStreamSpecification: { StreamArn: `arn:aws:kinesis:eu-central-1:${OTHER}:stream/changes` }, ResourcePolicy: { PolicyDocument: admits('dynamodb:Scan') } } },
  Global: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'eu-central-1' }, { Region: 'us-east-1' }] } },
  Files: { Type: 'AWS::S3::Bucket', Properties: { Tags: tags('upload'), ReplicationConfiguration: { Rules: [{ Destination: { Bucket: 'arn:aws:s3:::copies', Account: OTHER } }] } } },
  FilesPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Files' }, PolicyDocument: admits('s3:GetObject') } },
  Partner: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: admits('sts:AssumeRole') } },
  Bus: { Type: 'AWS::Events::EventBus' },
  Rule: { Type: 'AWS::Events::Rule', Properties: { EventBusName: { Ref: 'Bus' }, Targets: [{ Arn: `arn:aws:events:eu-central-1:${OTHER}:event-bus/default` }, { Arn: { 'Fn::Sub': 'arn:aws:events:us-east-1:${AWS::AccountId}:event-bus/far' } }, { Arn: { Ref: 'Target' } }] } },
  Pipe: { Type: 'AWS::Pipes::Pipe', Properties: { Source: { 'Fn::GetAtt': ['Items', 'StreamArn'] }, Target: `arn:aws:sqs:eu-central-1:${OTHER}:q` } },
  Nightly: { Type: 'AWS::Scheduler::Schedule', Properties: { Target: { Arn: `arn:aws:lambda:eu-central-1:${OTHER}:function:x` } } },
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/chat', Tags: tags('audit') } },
  Filter: { Type: 'AWS::Logs::SubscriptionFilter', Properties: { LogGroupName: '/chat', DestinationArn: `arn:aws:logs:eu-central-1:${OTHER}:destination:siem` } },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { Tags: tags('alerts') } },
  Sub: { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'lambda', TopicArn: { Ref: 'Topic' }, Endpoint: `arn:aws:lambda:eu-central-1:${OTHER}:function:y` } },
  Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: 'a-bucket' } },
  Signing: { Type: 'AWS::SecretsManager::Secret', Properties: { Tags: tags('signing') } },
  Wrapped: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: tags('key-material') } },
  FnRole: role(statement(['dynamodb:GetItem'], [arn('Items'), arn('Wrapped')]), statement('secretsmanager:GetSecretValue', { Ref: 'Signing' }), statement('bedrock:InvokeModel', 'arn:aws:bedrock:*:*:inference-profile/us.amazon.nova-lite-v1:0')),
  Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: arn('FnRole'), Environment: { Variables: { URL: 'https://api.vendor.example', MODEL_ID: 'us.amazon.nova-lite-v1:0' } } } },
};
