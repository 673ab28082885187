import { describe, expect, it } from 'vitest';
import { LEADS } from '../../../../../lib/compliance/rules/ways/leads.ts';
import { waysOut } from '../../../../../lib/compliance/rules/ways-out.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { estate } from '../../views/view.ts';

const OTHER = '999999999999';
/** An ARN, of the estate's account and region unless said otherwise. */
const arn = (service: string, name: string, account = OTHER, region = 'eu-central-1'): string => `arn:aws:${service}:${region}:${account}:${name}`;
const BUCKET = 'arn:aws:s3:::somebodys';

/** By type: properties that lead to another account, or to a bucket of which the account is not told, and how many ways out these are. Written by hand. */
const ABROAD: readonly (readonly [type: string, properties: Json, ways: number])[] = [
  ['AWS::ApiGateway::Method', { Integration: { Type: 'AWS_PROXY', Uri: `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${arn('lambda', 'function:f')}/invocations` } }, 1],
  ['AWS::ApiGateway::Method', { Integration: { Type: 'AWS', Uri: `arn:aws:apigateway:eu-central-1:sqs:path/${OTHER}/q` } }, 1],
  ['AWS::ApiGatewayV2::Integration', { IntegrationType: 'AWS_PROXY', IntegrationUri: arn('lambda', 'function:f') }, 1],
  ['AWS::ApiGateway::Authorizer', { AuthorizerUri: `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${arn('lambda', 'function:f')}/invocations` }, 1],
  ['AWS::ApiGatewayV2::Authorizer', { AuthorizerUri: `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${arn('lambda', 'function:f')}/invocations` }, 1],
  ['AWS::ApiGateway::Stage', { AccessLogSetting: { DestinationArn: arn('firehose', 'deliverystream/d') } }, 1],
  ['AWS::ApiGatewayV2::Stage', { AccessLogSettings: { DestinationArn: arn('logs', 'log-group:l') } }, 1],
  ['AWS::AppSync::DataSource', { LambdaConfig: { LambdaFunctionArn: arn('lambda', 'function:f') }, EventBridgeConfig: { EventBusArn: arn('events', 'event-bus/b') } }, 2],
  ['AWS::Cognito::UserPool', { LambdaConfig: { PostConfirmation: arn('lambda', 'function:f'), CustomSMSSender: { LambdaArn: arn('lambda', 'function:g'), LambdaVersion: 'V1_0' } } }, 2],
  ['AWS::WAFv2::LoggingConfiguration', { LogDestinationConfigs: [arn('firehose', 'deliverystream/aws-waf-logs-x'), BUCKET] }, 2],
  ['AWS::Lex::BotAlias', { ConversationLogSettings: { TextLogSettings: [{ Destination: { CloudWatch: { CloudWatchLogGroupArn: arn('logs', 'log-group:l') } } }], AudioLogSettings: [{ Destination: { S3Bucket: { S3BucketArn: BUCKET } } }] } }, 2],
  ['AWS::Bedrock::Agent', { ActionGroups: [{ ActionGroupExecutor: { Lambda: arn('lambda', 'function:f') } }] }, 1],
  ['AWS::Lambda::EventSourceMapping', { DestinationConfig: { OnFailure: { Destination: arn('sqs', 'q') } } }, 1],
  ['AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: arn('sns', 't') } }, 1],
  ['AWS::Lambda::EventInvokeConfig', { DestinationConfig: { OnFailure: { Destination: arn('sqs', 'q') }, OnSuccess: { Destination: arn('events', 'event-bus/b') } } }, 2],
  ['AWS::Events::Rule', { Targets: [{ Arn: arn('events', 'event-bus/default'), DeadLetterConfig: { Arn: arn('sqs', 'q') } }] }, 2],
  ['AWS::Events::EventBus', { DeadLetterConfig: { Arn: arn('sqs', 'q') } }, 1],
  ['AWS::Events::Endpoint', { EventBuses: [{ EventBusArn: arn('events', 'event-bus/b') }] }, 1],
  ['AWS::Pipes::Pipe', { Target: arn('sqs', 'q'), Enrichment: arn('lambda', 'function:f') }, 2],
  ['AWS::Scheduler::Schedule', { Target: { Arn: arn('lambda', 'function:f'), DeadLetterConfig: { Arn: arn('sqs', 'q') } } }, 2],
  ['AWS::SNS::Subscription', { Protocol: 'lambda', Endpoint: arn('lambda', 'function:f'), RedrivePolicy: { deadLetterTargetArn: arn('sqs', 'q') } }, 2],
  ['AWS::SNS::Topic', { Subscription: [{ Protocol: 'sqs', Endpoint: arn('sqs', 'q') }, { Protocol: 'firehose', Endpoint: arn('firehose', 'deliverystream/d') }] }, 2],
  ['AWS::DynamoDB::Table', { KinesisStreamSpecification: { StreamArn: arn('kinesis', 'stream/s') } }, 1],
  ['AWS::DynamoDB::GlobalTable', { Replicas: [{ Region: 'eu-central-1', KinesisStreamSpecification: { StreamArn: arn('kinesis', 'stream/s') } }] }, 1],
  ['AWS::S3::Bucket', { NotificationConfiguration: { LambdaConfigurations: [{ Function: arn('lambda', 'function:f') }], QueueConfigurations: [{ Queue: arn('sqs', 'q') }], TopicConfigurations: [{ Topic: arn('sns', 't') }] } }, 3],
  ['AWS::S3::Bucket', { ReplicationConfiguration: { Rules: [{ Destination: { Bucket: BUCKET, Account: OTHER } }, { Destination: { Bucket: BUCKET } }] } }, 2],
  ['AWS::S3::Bucket', { InventoryConfigurations: [{ Destination: { BucketArn: BUCKET, BucketAccountId: OTHER } }], AnalyticsConfigurations: [{ StorageClassAnalysis: { DataExport: { Destination: { BucketArn: BUCKET } } } }] }, 2],
  ['AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanRule: [{ CopyActions: [{ DestinationBackupVaultArn: arn('backup', 'backup-vault:v') }] }] } }, 1],
  ['AWS::Logs::SubscriptionFilter', { LogGroupName: 'x', DestinationArn: arn('logs', 'destination:d') }, 1],
  ['AWS::Logs::AccountPolicy', { PolicyDocument: `{"DestinationArn":"${arn('firehose', 'deliverystream/d')}"}` }, 1],
  ['AWS::Logs::Destination', { TargetArn: arn('kinesis', 'stream/s') }, 1],
  ['AWS::Logs::DeliveryDestination', { DestinationResourceArn: BUCKET }, 1],
  ['AWS::Logs::Delivery', { DeliveryDestinationArn: arn('logs', 'delivery-destination:d') }, 1],
  ['AWS::EC2::FlowLog', { LogDestination: BUCKET }, 1],
  ['AWS::CloudTrail::Trail', { S3BucketName: 'somebodys', SnsTopicName: arn('sns', 't'), CloudWatchLogsLogGroupArn: arn('logs', 'log-group:l') }, 3],
  ['AWS::CloudWatch::Alarm', { AlarmActions: [arn('sns', 't')], OKActions: [arn('sns', 't')], InsufficientDataActions: [arn('sns', 't')] }, 3],
  ['AWS::CloudWatch::CompositeAlarm', { AlarmActions: [arn('sns', 't')], OKActions: [arn('sns', 't')], InsufficientDataActions: [arn('sns', 't')] }, 3],
  ['AWS::CloudWatch::MetricStream', { FirehoseArn: arn('firehose', 'deliverystream/d') }, 1],
  ['AWS::KinesisFirehose::DeliveryStream', { ExtendedS3DestinationConfiguration: { BucketARN: BUCKET, S3BackupConfiguration: { BucketARN: BUCKET } }, S3DestinationConfiguration: { BucketARN: BUCKET } }, 3],
  ['AWS::KinesisFirehose::DeliveryStream', Object.fromEntries(['Redshift', 'Amazonopensearchservice', 'AmazonOpenSearchServerless', 'HttpEndpoint', 'Splunk', 'Snowflake', 'Iceberg'].map((name) => [`${name}DestinationConfiguration`, { S3Configuration: { BucketARN: BUCKET } }])), 7],
  ['AWS::KinesisFirehose::DeliveryStream', { AmazonopensearchserviceDestinationConfiguration: { DomainARN: arn('es', 'domain/d') }, IcebergDestinationConfiguration: { CatalogConfiguration: { CatalogArn: arn('glue', 'catalog') } } }, 2],
  ['AWS::SES::ConfigurationSetEventDestination', { EventDestination: { SnsDestination: { TopicARN: arn('sns', 't') }, EventBridgeDestination: { EventBusArn: arn('events', 'event-bus/b') }, KinesisFirehoseDestination: { DeliveryStreamARN: arn('firehose', 'deliverystream/d') } } }, 3],
  ['AWS::Lambda::Function', { Environment: { Variables: { TOPIC: arn('sns', 't'), QUEUE: `https://sqs.eu-central-1.amazonaws.com/${OTHER}/q`, OWN: arn('sns', 't', '111122223333') } } }, 2],
  ['AWS::StepFunctions::StateMachine', { DefinitionString: `{"Resource":"arn:aws:states:::lambda:invoke","FunctionName":"${arn('lambda', 'function:f')}"}` }, 1],
  ['AWS::Bedrock::KnowledgeBase', { StorageConfiguration: { OpensearchServerlessConfiguration: { CollectionArn: arn('aoss', 'collection/c') }, PineconeConfiguration: { ConnectionString: 'https://index.pinecone.example' } } }, 2],
];

const ways = (Type: string, Properties: Json): ReturnType<typeof waysOut> => waysOut(estate({ R: { Type, Properties } }));
/** Properties with every other account replaced by the own, and every foreign bucket left out. */
const inside = (properties: Json): Json => JSON.parse(JSON.stringify(properties).replaceAll(OTHER, '111122223333')) as Json;

describe('destinations', () => {
  it.each(ABROAD)('in another account are ways out: %s %j', (type, properties, count) => {
    const found = ways(type, properties);
    expect(found).toHaveLength(count);
    for (const { place, host } of found) expect(place?.account === OTHER || place?.unclear !== undefined || host === 'index.pinecone.example').toBe(true);
  });

  it.each(ABROAD.filter(([, properties]) => !/somebodys|pinecone/.test(JSON.stringify(properties))))('in the own account and region are none: %s %j', (type, properties) => {
    expect(ways(type, inside(properties))).toEqual([]);
  });

  it.each(ABROAD.filter(([type, properties]) => !/somebodys|pinecone|amazonaws|apigateway|StateMachine|DefinitionString/.test(type + JSON.stringify(properties))))('in another region are ways out: %s %j', (type, properties, count) => {
    const moved = ways(type, JSON.parse(JSON.stringify(inside(properties)).replaceAll(':eu-central-1:', ':us-east-1:')) as Json);
    expect(moved).toHaveLength(count);
    for (const { place } of moved) expect(place).toEqual(expect.objectContaining({ region: 'us-east-1' }));
  });

  it('are tried here for every type of the table that may lead out', () => {
    const types = new Set(LEADS.filter(({ to, reading }) => to !== 'self' && reading !== 'drawn').map(({ type }) => type));
    expect([...types].filter((type) => !ABROAD.some(([one]) => one === type))).toEqual([]);
  });

  it('that nobody can tell are ways out that are not told', () => {
    const target = (Arn: Json): (string | undefined)[] => ways('AWS::Events::Rule', { Targets: [{ Arn }] }).map(({ place }) => place?.unclear);
    expect(target({ Ref: 'Target' })).toEqual(['a value that is not told names it']);
    expect(target({ 'Fn::ImportValue': 'elsewhere' })).toEqual(['a value that is not told names it']);
    expect(target({ 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${Account}:q' })).toEqual(['a value that is not told names it']);
    expect(target({ 'Fn::Sub': '${Whole}' })).toEqual(['a value that is not told names it']);
    // Only its name is not told: it is in the own account and region.
    expect(target({ 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Name}' })).toEqual([]);
  });

  it('of the estate are none, nor a bucket that it names', () => {
    const found = waysOut(estate({ Queue: { Type: 'AWS::SQS::Queue' }, Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }] } }, Logs: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'somebodys' } }, Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: 'somebodys' } }, Flow: { Type: 'AWS::EC2::FlowLog', Properties: { LogDestination: { 'Fn::Sub': 'arn:aws:s3:::${Logs}/flows' } } } }));
    expect(found).toEqual([]);
  });

  it('that a custom resource names are not told', () => {
    const found = waysOut(estate({ Own: { Type: 'Custom::Bus' }, Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn: { 'Fn::GetAtt': ['Own', 'BusArn'] } }] } } }));
    expect(found.map(({ place }) => place?.unclear)).toEqual(['Own gives it at deployment']);
  });

  it('of AWS in another region, named by a setting, are ways out', () => {
    const found = ways('AWS::Lambda::Function', { Environment: { Variables: { URL: 'https://bedrock-runtime.us-east-1.amazonaws.com/model', HERE: 'https://sqs.eu-central-1.amazonaws.com/111122223333/q' } } });
    expect(found.map(({ place }) => place)).toEqual([{ name: 'bedrock-runtime.us-east-1.amazonaws.com', region: 'us-east-1' }]);
  });
});

describe('others whom policies let read', () => {
  const policy = (Principal: Json, Action: Json, Condition?: Json): Json => ({ Statement: [{ Effect: 'Allow', Principal, Action, Resource: '*', ...(Condition !== undefined && { Condition }) }] });
  const said = (resources: Readonly<Record<string, Json>>): string[] => waysOut(estate(resources)).map(({ resource, reader }) => `${resource.logicalId}: ${reader?.who ?? ''}${reader?.unsure === undefined ? '' : ', not told'}`);
  const bucket = (document: Json): Record<string, Json> => ({ Bucket: { Type: 'AWS::S3::Bucket' }, Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: document } } });
  const table = (document: Json): Record<string, Json> => ({ Table: { Type: 'AWS::DynamoDB::Table', Properties: { ResourcePolicy: { PolicyDocument: document } } } });
  const root = `arn:aws:iam::${OTHER}:root`;

  it('are ways out: buckets, tables, keys and roles', () => {
    expect(said(bucket(policy({ AWS: root }, ['s3:Get*', 's3:ListBucket'])))).toEqual([`Bucket: account ${OTHER}`]);
    expect(said(table(policy({ AWS: OTHER }, 'dynamodb:Scan')))).toEqual([`Table: account ${OTHER}`]);
    expect(said({ Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy({ AWS: root }, 'kms:*') } } })).toEqual([`Key: account ${OTHER}`]);
    expect(said({ Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: policy({ AWS: root }, 'sts:AssumeRole') } } })).toEqual([`Role: account ${OTHER}`]);
  });

  it('are none where they may not read, or are of the own account', () => {
    expect(said(bucket(policy({ AWS: root }, 's3:PutObject')))).toEqual([]);
    expect(said(bucket(policy({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, 's3:*')))).toEqual([]);
    expect(said(bucket(policy({ Service: 'cloudtrail.amazonaws.com' }, 's3:*')))).toEqual([]);
    expect(said({ Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy({ AWS: 'arn:aws:iam::111122223333:root' }, 'kms:*') } } })).toEqual([]);
  });

  it('are anybody, or not told', () => {
    expect(said(bucket(policy('*', 's3:GetObject')))).toEqual(['Bucket: anybody']);
    expect(said(table(policy({ AWS: { Ref: 'Partner' } }, 'dynamodb:Scan')))).toEqual([expect.stringMatching(/^Table: .*not told$/)]);
  });
});
