/** Where a type names the key of what it keeps. */
export interface KeyPlace {
  readonly property: string;
  /** Property that has to be true besides. @default - the key alone decides */
  readonly on?: string;
}

/** Types that name their key in one property. Others (buckets, GlobalTables, delivery streams, collections) have a reader of their own. */
export const KEY_PLACES: Readonly<Record<string, KeyPlace>> = {
  'AWS::AmazonMQ::Broker': { property: 'EncryptionOptions.KmsKeyId' },
  'AWS::Backup::BackupVault': { property: 'EncryptionKeyArn' },
  'AWS::Bedrock::Agent': { property: 'CustomerEncryptionKeyArn' },
  'AWS::Bedrock::Blueprint': { property: 'KmsKeyId' },
  'AWS::Bedrock::DataAutomationProject': { property: 'KmsKeyId' },
  'AWS::Bedrock::DataSource': { property: 'ServerSideEncryptionConfiguration.KmsKeyArn' },
  'AWS::Bedrock::Flow': { property: 'CustomerEncryptionKeyArn' },
  'AWS::Bedrock::Guardrail': { property: 'KmsKeyArn' },
  'AWS::Bedrock::Prompt': { property: 'CustomerEncryptionKeyArn' },
  'AWS::BedrockAgentCore::Gateway': { property: 'KmsKeyArn' },
  'AWS::BedrockAgentCore::Memory': { property: 'EncryptionKeyArn' },
  'AWS::Cassandra::Table': { property: 'EncryptionSpecification.KmsKeyIdentifier' },
  'AWS::CloudTrail::EventDataStore': { property: 'KmsKeyId' },
  'AWS::CloudTrail::Trail': { property: 'KMSKeyId' },
  'AWS::Cognito::UserPool': { property: 'KeyConfiguration.KmsKeyArn' },
  'AWS::CustomerProfiles::Domain': { property: 'DefaultEncryptionKey' },
  'AWS::DSQL::Cluster': { property: 'KmsEncryptionKey' },
  'AWS::DocDB::DBCluster': { property: 'KmsKeyId', on: 'StorageEncrypted' },
  'AWS::DocDBElastic::Cluster': { property: 'KmsKeyId' },
  'AWS::DynamoDB::Table': { property: 'SSESpecification.KMSMasterKeyId', on: 'SSESpecification.SSEEnabled' },
  'AWS::EC2::Volume': { property: 'KmsKeyId', on: 'Encrypted' },
  'AWS::EFS::FileSystem': { property: 'KmsKeyId', on: 'Encrypted' },
  'AWS::Elasticsearch::Domain': { property: 'EncryptionAtRestOptions.KmsKeyId', on: 'EncryptionAtRestOptions.Enabled' },
  'AWS::ElastiCache::ReplicationGroup': { property: 'KmsKeyId', on: 'AtRestEncryptionEnabled' },
  'AWS::ElastiCache::ServerlessCache': { property: 'KmsKeyId' },
  'AWS::Events::Archive': { property: 'KmsKeyIdentifier' },
  'AWS::Events::EventBus': { property: 'KmsKeyIdentifier' },
  'AWS::FSx::FileSystem': { property: 'KmsKeyId' },
  'AWS::HealthLake::FHIRDatastore': { property: 'SseConfiguration.KmsEncryptionConfig.KmsKeyId' },
  'AWS::Kendra::Index': { property: 'ServerSideEncryptionConfiguration.KmsKeyId' },
  'AWS::Kinesis::Stream': { property: 'StreamEncryption.KeyId' },
  'AWS::KinesisVideo::Stream': { property: 'KmsKeyId' },
  'AWS::Logs::LogGroup': { property: 'KmsKeyId' },
  'AWS::MemoryDB::Cluster': { property: 'KmsKeyId' },
  'AWS::MSK::Cluster': { property: 'EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId' },
  'AWS::Neptune::DBCluster': { property: 'KmsKeyId', on: 'StorageEncrypted' },
  'AWS::NeptuneGraph::Graph': { property: 'KmsKeyIdentifier' },
  'AWS::OpenSearchService::Domain': { property: 'EncryptionAtRestOptions.KmsKeyId', on: 'EncryptionAtRestOptions.Enabled' },
  'AWS::Pipes::Pipe': { property: 'KmsKeyIdentifier' },
  'AWS::QBusiness::Application': { property: 'EncryptionConfiguration.KmsKeyId' },
  'AWS::QLDB::Ledger': { property: 'KmsKey' },
  'AWS::RDS::DBCluster': { property: 'KmsKeyId', on: 'StorageEncrypted' },
  'AWS::Redshift::Cluster': { property: 'KmsKeyId', on: 'Encrypted' },
  'AWS::RedshiftServerless::Namespace': { property: 'KmsKeyId' },
  'AWS::S3Tables::TableBucket': { property: 'EncryptionConfiguration.KMSKeyArn' },
  'AWS::S3Vectors::VectorBucket': { property: 'EncryptionConfiguration.KmsKeyArn' },
  'AWS::SNS::Topic': { property: 'KmsMasterKeyId' },
  'AWS::SQS::Queue': { property: 'KmsMasterKeyId' },
  'AWS::SecretsManager::Secret': { property: 'KmsKeyId' },
  'AWS::StepFunctions::Activity': { property: 'EncryptionConfiguration.KmsKeyId' },
  'AWS::StepFunctions::StateMachine': { property: 'EncryptionConfiguration.KmsKeyId' },
  'AWS::Timestream::Database': { property: 'KmsKeyId' },
  'AWS::Timestream::InfluxDBInstance': { property: 'KmsKeyId' },
  'AWS::Wisdom::KnowledgeBase': { property: 'ServerSideEncryptionConfiguration.KmsKeyId' },
};

/** Stores whose service takes no key of its customers (properties of each type in the CloudFormation Template Reference). */
export const WITHOUT_KEY: readonly string[] = ['AWS::DAX::Cluster', 'AWS::ElastiCache::CacheCluster', 'AWS::Lightsail::Bucket', 'AWS::Lightsail::Database', 'AWS::MSK::ServerlessCluster', 'AWS::Pinpoint::App', 'AWS::Rekognition::Collection', 'AWS::SDB::Domain'];
