/** How what stands at a destination is read. */
export type Reading =
  /** ARN, or name of something in the own account. */
  | 'arn'
  /** Name or ARN of a bucket, or a map of it and its account: names of buckets are one for all accounts, so a name tells of none. */
  | 'bucket'
  /** It cannot lie in another account or region, or another part of these rules reads it: it is drawn alone. */
  | 'drawn';

/** A property that leads data from one resource to another. */
export interface Lead {
  readonly type: string;
  /** What names where the data comes from; `self` for the resource itself. */
  readonly from: string;
  /** What names where it goes; `self` for the resource itself. */
  readonly to: string;
  /** What goes there. */
  readonly data: string;
  readonly reading: Reading;
}

type Row = readonly [type: string, from: string, to: string, data: string, reading?: Reading];

const EVENTS = 'events that it lets through';
const FAILED = 'what it could not process';
const CALLERS = 'requests of callers, as they come';
const LINES = 'lines of the log';
const CHANGES = 'every change of its items';
const LISTS = 'lists of its objects';
const RECORDS = 'records of the stream';

const bucketsOf = (type: string, data: string, ...paths: readonly string[]): Row[] => paths.map((path): Row => [type, 'self', path, data, 'bucket']);

const ROWS: readonly Row[] = [
  ['AWS::ApiGateway::Method', 'RestApiId', 'Integration.Uri', CALLERS, 'drawn'],
  ['AWS::ApiGatewayV2::Integration', 'ApiId', 'IntegrationUri', CALLERS, 'drawn'],
  ['AWS::ApiGateway::Authorizer', 'RestApiId', 'AuthorizerUri', 'tokens of callers'],
  ['AWS::ApiGatewayV2::Authorizer', 'ApiId', 'AuthorizerUri', 'tokens of callers'],
  ['AWS::ApiGateway::Stage', 'RestApiId', 'AccessLogSetting.DestinationArn', 'lines of the access log'],
  ['AWS::ApiGatewayV2::Stage', 'ApiId', 'AccessLogSettings.DestinationArn', 'lines of the access log'],
  ['AWS::AppSync::DataSource', 'ApiId', 'LambdaConfig.LambdaFunctionArn', CALLERS],
  ['AWS::AppSync::DataSource', 'ApiId', 'EventBridgeConfig.EventBusArn', CALLERS],
  ['AWS::AppSync::DataSource', 'ApiId', 'DynamoDBConfig.TableName', CALLERS, 'drawn'],
  ['AWS::CloudFront::Distribution', 'self', 'DistributionConfig.Origins[].DomainName', CALLERS, 'drawn'],
  ['AWS::Cognito::UserPool', 'self', 'LambdaConfig', 'attributes of users'],
  ['AWS::WAFv2::LoggingConfiguration', 'self', 'LogDestinationConfigs[]', 'requests that the firewall judged'],
  ['AWS::Lex::BotAlias', 'self', 'ConversationLogSettings.TextLogSettings[].Destination.CloudWatch.CloudWatchLogGroupArn', 'texts of conversations'],
  ['AWS::Lex::BotAlias', 'self', 'ConversationLogSettings.AudioLogSettings[].Destination.S3Bucket.S3BucketArn', 'speech of conversations', 'bucket'],
  ['AWS::Bedrock::Agent', 'self', 'ActionGroups[].ActionGroupExecutor.Lambda', 'what the agent asks for'],
  ['AWS::Lambda::Url', 'self', 'TargetFunctionArn', CALLERS, 'drawn'],
  ['AWS::Lambda::EventSourceMapping', 'EventSourceArn', 'FunctionName', RECORDS, 'drawn'],
  ['AWS::Lambda::EventSourceMapping', 'EventSourceArn', 'DestinationConfig.OnFailure.Destination', FAILED],
  ['AWS::Lambda::Function', 'self', 'DeadLetterConfig.TargetArn', FAILED],
  ['AWS::Lambda::EventInvokeConfig', 'FunctionName', 'DestinationConfig.OnFailure.Destination', FAILED],
  ['AWS::Lambda::EventInvokeConfig', 'FunctionName', 'DestinationConfig.OnSuccess.Destination', 'results of the function'],
  ['AWS::Events::Rule', 'EventBusName', 'Targets[].Arn', EVENTS],
  ['AWS::Events::Rule', 'EventBusName', 'Targets[].DeadLetterConfig.Arn', FAILED],
  ['AWS::Events::EventBus', 'self', 'DeadLetterConfig.Arn', FAILED],
  ['AWS::Events::Endpoint', 'self', 'EventBuses[].EventBusArn', EVENTS],
  ['AWS::Events::Archive', 'SourceArn', 'self', EVENTS],
  ['AWS::Pipes::Pipe', 'Source', 'Target', RECORDS],
  ['AWS::Pipes::Pipe', 'Source', 'Enrichment', RECORDS],
  ['AWS::Scheduler::Schedule', 'self', 'Target.Arn', 'the input that the schedule holds'],
  ['AWS::Scheduler::Schedule', 'self', 'Target.DeadLetterConfig.Arn', FAILED],
  ['AWS::SNS::Subscription', 'TopicArn', 'Endpoint', 'messages', 'drawn'],
  ['AWS::SNS::Subscription', 'TopicArn', 'RedrivePolicy.deadLetterTargetArn', FAILED],
  ['AWS::SNS::Topic', 'self', 'Subscription[].Endpoint', 'messages', 'drawn'],
  ['AWS::SQS::Queue', 'self', 'RedrivePolicy.deadLetterTargetArn', FAILED, 'drawn'],
  ['AWS::DynamoDB::Table', 'self', 'KinesisStreamSpecification.StreamArn', CHANGES],
  ['AWS::DynamoDB::GlobalTable', 'self', 'Replicas[].KinesisStreamSpecification.StreamArn', CHANGES],
  ['AWS::S3::Bucket', 'self', 'NotificationConfiguration.LambdaConfigurations[].Function', LISTS],
  ['AWS::S3::Bucket', 'self', 'NotificationConfiguration.QueueConfigurations[].Queue', LISTS],
  ['AWS::S3::Bucket', 'self', 'NotificationConfiguration.TopicConfigurations[].Topic', LISTS],
  ...bucketsOf('AWS::S3::Bucket', 'all that it holds', 'ReplicationConfiguration.Rules[].Destination'),
  ...bucketsOf('AWS::S3::Bucket', LISTS, 'InventoryConfigurations[].Destination', 'AnalyticsConfigurations[].StorageClassAnalysis.DataExport.Destination'),
  ['AWS::S3::Bucket', 'self', 'LoggingConfiguration.DestinationBucketName', 'who read what in it', 'drawn'],
  ['AWS::Backup::BackupPlan', 'self', 'BackupPlan.BackupPlanRule[].CopyActions[].DestinationBackupVaultArn', 'all that it backs up'],
  ['AWS::Logs::SubscriptionFilter', 'LogGroupName', 'DestinationArn', LINES],
  ['AWS::Logs::AccountPolicy', 'self', 'PolicyDocument.DestinationArn', 'lines of all logs of the account'],
  ['AWS::Logs::Destination', 'self', 'TargetArn', LINES],
  ['AWS::Logs::DeliveryDestination', 'self', 'DestinationResourceArn', LINES],
  ['AWS::Logs::Delivery', 'self', 'DeliveryDestinationArn', LINES],
  ['AWS::EC2::FlowLog', 'self', 'LogDestination', 'addresses that talked with each other'],
  ['AWS::CloudTrail::Trail', 'self', 'CloudWatchLogsLogGroupArn', 'records of access'],
  ['AWS::CloudTrail::Trail', 'self', 'SnsTopicName', 'names of new records'],
  ...bucketsOf('AWS::CloudTrail::Trail', 'records of access', 'S3BucketName'),
  ...['AlarmActions', 'OKActions', 'InsufficientDataActions'].map((path): Row => ['AWS::CloudWatch::Alarm', 'self', `${path}[]`, 'names and figures of alarms']),
  ...['AlarmActions', 'OKActions', 'InsufficientDataActions'].map((path): Row => ['AWS::CloudWatch::CompositeAlarm', 'self', `${path}[]`, 'names and figures of alarms']),
  ['AWS::CloudWatch::MetricStream', 'self', 'FirehoseArn', 'figures'],
  ['AWS::KinesisFirehose::DeliveryStream', 'KinesisStreamSourceConfiguration.KinesisStreamARN', 'self', RECORDS],
  ['AWS::KinesisFirehose::DeliveryStream', 'self', 'AmazonopensearchserviceDestinationConfiguration.DomainARN', RECORDS],
  ['AWS::KinesisFirehose::DeliveryStream', 'self', 'IcebergDestinationConfiguration.CatalogConfiguration.CatalogArn', RECORDS],
  ...bucketsOf('AWS::KinesisFirehose::DeliveryStream', RECORDS, 'S3DestinationConfiguration.BucketARN', 'ExtendedS3DestinationConfiguration.BucketARN', 'ExtendedS3DestinationConfiguration.S3BackupConfiguration.BucketARN', ...['Redshift', 'Amazonopensearchservice', 'AmazonOpenSearchServerless', 'HttpEndpoint', 'Splunk', 'Snowflake', 'Iceberg'].map((name) => `${name}DestinationConfiguration.S3Configuration.BucketARN`)),
  ['AWS::SES::ConfigurationSetEventDestination', 'self', 'EventDestination.SnsDestination.TopicARN', 'who got and opened mail'],
  ['AWS::SES::ConfigurationSetEventDestination', 'self', 'EventDestination.EventBridgeDestination.EventBusArn', 'who got and opened mail'],
  ['AWS::SES::ConfigurationSetEventDestination', 'self', 'EventDestination.KinesisFirehoseDestination.DeliveryStreamARN', 'who got and opened mail'],
  ['AWS::StepFunctions::StateMachine', 'self', 'DefinitionSubstitutions', 'what the state machine sends', 'drawn'],
  ['AWS::Bedrock::KnowledgeBase', 'self', 'StorageConfiguration', 'texts of the knowledge base', 'drawn'],
];

/** Every property that leads data on, by type: from where, to where, and what. The picture draws it, and what leads out of the account or region is a way out. */
export const LEADS: readonly Lead[] = ROWS.map(([type, from, to, data, reading = 'arn']) => ({ type, from, to, data, reading }));

/** Rows of a type. */
export const leadsOf = (type: string): readonly Lead[] => BY_TYPE.get(type) ?? [];

const BY_TYPE: ReadonlyMap<string, readonly Lead[]> = new Map([...new Set(LEADS.map(({ type }) => type))].map((type) => [type, LEADS.filter((lead) => lead.type === type)]));
