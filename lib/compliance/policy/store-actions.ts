/** Kinds of action, from what harms least. */
export const KINDS = ['read one', 'read many', 'write', 'delete', 'decrypt', 'administer'] as const;

/** A kind of action. */
export type Kind = (typeof KINDS)[number];

/** What can be done to stores of a type, as actions of IAM. */
export interface StoreActions {
  /** By kind; a kind that is not here does not exist for the type. */
  readonly kinds: Readonly<Partial<Record<Exclude<Kind, 'decrypt'>, readonly string[]>>>;
  /** Actions of which each reads all that is there, or without naming whose it is. @default - none */
  readonly bulk?: readonly string[];
  /** One of them deletes what belongs to one person. `expiry`: nothing does, only time. `inside`: rights within the store decide, which no template tells. */
  readonly erase: readonly string[] | 'expiry' | 'inside';
  /** One of them reads what belongs to one person. `passing`: what is read is taken out. */
  readonly read: readonly string[] | 'passing' | 'inside';
  /** Service through which a caller has to be able to decrypt with the store's own key. @default - callers need not */
  readonly through?: string;
}

const dynamodb: StoreActions = {
  kinds: {
    'read one': ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
    'read many': ['dynamodb:Query', 'dynamodb:Scan', 'dynamodb:PartiQLSelect', 'dynamodb:ExportTableToPointInTime', 'dynamodb:GetRecords'],
    write: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate'],
    delete: ['dynamodb:DeleteItem', 'dynamodb:BatchWriteItem', 'dynamodb:PartiQLDelete'],
    administer: ['dynamodb:UpdateTable', 'dynamodb:DeleteTable', 'dynamodb:UpdateTimeToLive', 'dynamodb:UpdateContinuousBackups', 'dynamodb:CreateBackup', 'dynamodb:RestoreTableFromBackup', 'dynamodb:RestoreTableToPointInTime', 'dynamodb:PutResourcePolicy'],
  },
  bulk: ['dynamodb:Scan', 'dynamodb:PartiQLSelect', 'dynamodb:ExportTableToPointInTime', 'dynamodb:RestoreTableToPointInTime'],
  erase: ['dynamodb:DeleteItem', 'dynamodb:BatchWriteItem', 'dynamodb:PartiQLDelete'],
  read: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Scan', 'dynamodb:PartiQLSelect'],
  through: 'dynamodb',
};

const database: StoreActions = { kinds: { administer: ['rds:ModifyDBCluster', 'rds:ModifyDBInstance', 'rds:DeleteDBCluster', 'rds:DeleteDBInstance'] }, erase: 'inside', read: 'inside' };

const search: StoreActions = { kinds: { 'read many': ['es:ESHttpGet', 'es:ESHttpPost'], write: ['es:ESHttpPut', 'es:ESHttpPost'], delete: ['es:ESHttpDelete'], administer: ['es:UpdateDomainConfig', 'es:DeleteDomain'] }, erase: ['es:ESHttpDelete', 'es:ESHttpPost'], read: ['es:ESHttpGet', 'es:ESHttpPost'] };

/** What can be done to the stores of each type (AWS Service Authorization Reference). */
export const STORE_ACTIONS: Readonly<Record<string, StoreActions>> = {
  'AWS::DynamoDB::Table': dynamodb,
  'AWS::DynamoDB::GlobalTable': dynamodb,
  'AWS::S3::Bucket': {
    kinds: {
      'read one': ['s3:GetObject', 's3:GetObjectVersion'],
      'read many': ['s3:ListBucket', 's3:ListBucketVersions'],
      write: ['s3:PutObject'],
      delete: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      administer: ['s3:PutBucketPolicy', 's3:DeleteBucket', 's3:PutLifecycleConfiguration', 's3:PutBucketVersioning', 's3:PutEncryptionConfiguration', 's3:PutBucketPublicAccessBlock'],
    },
    erase: ['s3:DeleteObject'],
    read: ['s3:GetObject'],
    through: 's3',
  },
  'AWS::SQS::Queue': {
    kinds: { 'read many': ['sqs:ReceiveMessage'], write: ['sqs:SendMessage'], delete: ['sqs:DeleteMessage', 'sqs:PurgeQueue'], administer: ['sqs:SetQueueAttributes', 'sqs:DeleteQueue', 'sqs:AddPermission', 'sqs:StartMessageMoveTask'] },
    erase: 'expiry',
    read: 'passing',
    through: 'sqs',
  },
  'AWS::SNS::Topic': { kinds: { 'read many': ['sns:Subscribe'], write: ['sns:Publish'], administer: ['sns:SetTopicAttributes', 'sns:DeleteTopic', 'sns:AddPermission'] }, erase: 'expiry', read: 'passing' },
  'AWS::Kinesis::Stream': {
    kinds: { 'read many': ['kinesis:GetRecords', 'kinesis:SubscribeToShard'], write: ['kinesis:PutRecord', 'kinesis:PutRecords'], administer: ['kinesis:DeleteStream', 'kinesis:IncreaseStreamRetentionPeriod', 'kinesis:StopStreamEncryption'] },
    erase: 'expiry',
    read: 'passing',
    through: 'kinesis',
  },
  'AWS::KinesisFirehose::DeliveryStream': { kinds: { write: ['firehose:PutRecord', 'firehose:PutRecordBatch'], administer: ['firehose:UpdateDestination', 'firehose:DeleteDeliveryStream'] }, erase: 'expiry', read: 'passing' },
  'AWS::Logs::LogGroup': {
    kinds: {
      'read many': ['logs:FilterLogEvents', 'logs:GetLogEvents', 'logs:StartQuery', 'logs:StartLiveTail', 'logs:CreateExportTask', 'logs:Unmask'],
      write: ['logs:PutLogEvents'],
      delete: ['logs:DeleteLogStream', 'logs:DeleteLogGroup'],
      administer: ['logs:PutRetentionPolicy', 'logs:DeleteRetentionPolicy', 'logs:PutSubscriptionFilter', 'logs:DeleteDataProtectionPolicy', 'logs:DisassociateKmsKey'],
    },
    bulk: ['logs:FilterLogEvents', 'logs:GetLogEvents', 'logs:StartQuery', 'logs:StartLiveTail', 'logs:CreateExportTask'],
    erase: 'expiry',
    read: ['logs:FilterLogEvents', 'logs:StartQuery', 'logs:GetLogEvents'],
  },
  'AWS::Events::Archive': { kinds: { 'read many': ['events:StartReplay'], delete: ['events:DeleteArchive'], administer: ['events:UpdateArchive'] }, bulk: ['events:StartReplay'], erase: 'expiry', read: 'passing' },
  'AWS::SecretsManager::Secret': {
    kinds: { 'read one': ['secretsmanager:GetSecretValue'], write: ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret'], delete: ['secretsmanager:DeleteSecret'], administer: ['secretsmanager:PutResourcePolicy', 'secretsmanager:RotateSecret', 'secretsmanager:ReplicateSecretToRegions'] },
    erase: ['secretsmanager:DeleteSecret'],
    read: ['secretsmanager:GetSecretValue'],
    through: 'secretsmanager',
  },
  'AWS::RDS::DBInstance': database,
  'AWS::RDS::DBCluster': database,
  'AWS::EFS::FileSystem': { kinds: { 'read many': ['elasticfilesystem:ClientMount'], write: ['elasticfilesystem:ClientWrite'], administer: ['elasticfilesystem:DeleteFileSystem', 'elasticfilesystem:PutFileSystemPolicy'] }, erase: 'inside', read: 'inside' },
  'AWS::OpenSearchService::Domain': search,
  'AWS::Elasticsearch::Domain': search,
  'AWS::OpenSearchServerless::Collection': { kinds: { 'read many': ['aoss:APIAccessAll'], administer: ['aoss:DeleteCollection'] }, erase: 'inside', read: 'inside' },
  'AWS::ElastiCache::ReplicationGroup': { kinds: { 'read many': ['elasticache:Connect'], administer: ['elasticache:ModifyReplicationGroup', 'elasticache:DeleteReplicationGroup'] }, erase: 'inside', read: 'inside' },
  'AWS::Cognito::UserPool': {
    kinds: {
      'read one': ['cognito-idp:AdminGetUser'],
      'read many': ['cognito-idp:ListUsers', 'cognito-idp:ListUsersInGroup'],
      write: ['cognito-idp:AdminCreateUser', 'cognito-idp:AdminUpdateUserAttributes', 'cognito-idp:AdminSetUserPassword'],
      delete: ['cognito-idp:AdminDeleteUser'],
      administer: ['cognito-idp:UpdateUserPool', 'cognito-idp:DeleteUserPool', 'cognito-idp:AdminAddUserToGroup'],
    },
    bulk: ['cognito-idp:ListUsers', 'cognito-idp:ListUsersInGroup'],
    erase: ['cognito-idp:AdminDeleteUser'],
    read: ['cognito-idp:AdminGetUser', 'cognito-idp:ListUsers'],
  },
  'AWS::Bedrock::KnowledgeBase': {
    kinds: { 'read many': ['bedrock:Retrieve', 'bedrock:GetKnowledgeBaseDocuments'], write: ['bedrock:IngestKnowledgeBaseDocuments', 'bedrock:StartIngestionJob'], delete: ['bedrock:DeleteKnowledgeBaseDocuments'], administer: ['bedrock:UpdateKnowledgeBase', 'bedrock:DeleteKnowledgeBase'] },
    erase: ['bedrock:DeleteKnowledgeBaseDocuments', 'bedrock:StartIngestionJob'],
    read: ['bedrock:Retrieve', 'bedrock:GetKnowledgeBaseDocuments'],
  },
  'AWS::Cassandra::Table': {
    kinds: { 'read many': ['cassandra:Select'], write: ['cassandra:Modify'], delete: ['cassandra:Modify'], administer: ['cassandra:Alter', 'cassandra:Drop'] },
    bulk: ['cassandra:Select'],
    erase: ['cassandra:Modify'],
    read: ['cassandra:Select'],
  },
  'AWS::Timestream::Table': { kinds: { 'read many': ['timestream:Select'], write: ['timestream:WriteRecords'], administer: ['timestream:UpdateTable', 'timestream:DeleteTable'] }, bulk: ['timestream:Select'], erase: 'expiry', read: ['timestream:Select'] },
  'AWS::S3Express::DirectoryBucket': { kinds: { 'read many': ['s3express:CreateSession'], write: ['s3express:CreateSession'], delete: ['s3express:CreateSession'], administer: ['s3express:PutBucketPolicy', 's3express:DeleteBucket', 's3express:PutLifecycleConfiguration', 's3express:PutEncryptionConfiguration'] }, bulk: ['s3express:CreateSession'], erase: ['s3express:CreateSession'], read: ['s3express:CreateSession'] },
  'AWS::S3Tables::TableBucket': { kinds: { 'read many': ['s3tables:GetTableData'], write: ['s3tables:PutTableData'], delete: ['s3tables:PutTableData', 's3tables:DeleteTable'], administer: ['s3tables:PutTableBucketPolicy', 's3tables:DeleteTableBucket'] }, bulk: ['s3tables:GetTableData'], erase: ['s3tables:PutTableData'], read: ['s3tables:GetTableData'] },
  'AWS::S3Vectors::VectorBucket': {
    kinds: { 'read many': ['s3vectors:QueryVectors', 's3vectors:GetVectors', 's3vectors:ListVectors'], write: ['s3vectors:PutVectors'], delete: ['s3vectors:DeleteVectors', 's3vectors:DeleteIndex'], administer: ['s3vectors:PutVectorBucketPolicy', 's3vectors:DeleteVectorBucket'] },
    bulk: ['s3vectors:ListVectors'],
    erase: ['s3vectors:DeleteVectors'],
    read: ['s3vectors:GetVectors', 's3vectors:QueryVectors', 's3vectors:ListVectors'],
  },
  'AWS::Kendra::Index': { kinds: { 'read many': ['kendra:Query', 'kendra:Retrieve'], write: ['kendra:BatchPutDocument'], delete: ['kendra:BatchDeleteDocument'], administer: ['kendra:UpdateIndex', 'kendra:DeleteIndex'] }, erase: ['kendra:BatchDeleteDocument'], read: ['kendra:Query', 'kendra:Retrieve'] },
  'AWS::BedrockAgentCore::Memory': {
    kinds: {
      'read one': ['bedrock-agentcore:GetEvent', 'bedrock-agentcore:GetMemoryRecord'],
      'read many': ['bedrock-agentcore:ListEvents', 'bedrock-agentcore:ListMemoryRecords', 'bedrock-agentcore:RetrieveMemoryRecords'],
      write: ['bedrock-agentcore:CreateEvent'],
      delete: ['bedrock-agentcore:DeleteEvent', 'bedrock-agentcore:DeleteMemoryRecord'],
      administer: ['bedrock-agentcore:UpdateMemory', 'bedrock-agentcore:DeleteMemory'],
    },
    erase: ['bedrock-agentcore:DeleteEvent'],
    read: ['bedrock-agentcore:ListEvents', 'bedrock-agentcore:GetEvent'],
  },
  'AWS::KMS::Key': { kinds: { administer: ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:CreateGrant', 'kms:DisableKeyRotation'] }, erase: 'inside', read: 'inside' },
};
