import type { Json } from './assembly.ts';

/** Where each type says which key it is encrypted under. */
export const ENCRYPTED: Readonly<Record<string, (properties: Json) => unknown>> = {
  'AWS::SQS::Queue': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::SNS::Topic': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::S3::Bucket': ({ BucketEncryption }) => BucketEncryption?.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.KMSMasterKeyID,
  'AWS::SecretsManager::Secret': ({ KmsKeyId }) => KmsKeyId,
  'AWS::DynamoDB::GlobalTable': ({ SSESpecification, Replicas }) => (SSESpecification?.SSEEnabled === true ? Replicas[0].SSESpecification?.KMSMasterKeyId : undefined),
  'AWS::Logs::LogGroup': ({ KmsKeyId }) => KmsKeyId,
  'AWS::Events::EventBus': ({ KmsKeyIdentifier }) => KmsKeyIdentifier,
  'AWS::CloudTrail::Trail': ({ KMSKeyId }) => KMSKeyId,
  'AWS::Bedrock::Guardrail': ({ KmsKeyArn }) => KmsKeyArn,
};

/** Longest physical name that each service takes (quotas of the services). */
export const NAME_LIMITS: Readonly<Record<string, readonly [property: string, limit: number]>> = {
  'AWS::Lambda::Function': ['FunctionName', 64],
  'AWS::SQS::Queue': ['QueueName', 80],
  'AWS::SNS::Topic': ['TopicName', 256],
  'AWS::Events::EventBus': ['Name', 256],
  'AWS::Bedrock::Guardrail': ['Name', 50],
  'AWS::CodeDeploy::Application': ['ApplicationName', 100],
  'AWS::CodeDeploy::DeploymentGroup': ['DeploymentGroupName', 100],
  'AWS::CodeDeploy::DeploymentConfig': ['DeploymentConfigName', 100],
  'AWS::CloudWatch::Alarm': ['AlarmName', 255],
  'AWS::CloudTrail::Trail': ['TrailName', 128],
  'AWS::Cognito::UserPool': ['UserPoolName', 128],
  'AWS::SecretsManager::Secret': ['Name', 512],
  'AWS::WAFv2::WebACL': ['Name', 128],
  'AWS::KMS::Alias': ['AliasName', 256],
};

/** A key's statement that lets IAM of the account decide, as AWS KMS asks for it. */
export function isKeyRoot(statement: Json): boolean {
  return JSON.stringify(statement.Action) === '"kms:*"' && JSON.stringify(statement.Principal).includes(':root');
}

/** References inside the URI of an integration, without those to pseudo parameters. */
export function invoked(uri: Json): Json[] {
  const [, parts] = uri?.['Fn::Join'] ?? ['', []];
  return parts.filter((part: Json) => typeof part === 'object' && !String(part.Ref ?? '').startsWith('AWS::'));
}
