/** Settings that stand as a map of names and values. */
export const SETTINGS: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Environment.Variables',
  'AWS::Serverless::Function': 'Environment.Variables',
  'AWS::BedrockAgentCore::Runtime': 'EnvironmentVariables',
  'AWS::ApiGateway::Stage': 'Variables',
  'AWS::ApiGatewayV2::Stage': 'StageVariables',
  'AWS::AppSync::GraphQLApi': 'EnvironmentVariables',
  'AWS::Glue::Job': 'DefaultArguments',
  'AWS::SageMaker::Model': 'PrimaryContainer.Environment',
};

/** Settings that stand as a list of pairs. */
export const PAIRS: Readonly<Record<string, string>> = {
  'AWS::ECS::TaskDefinition': 'ContainerDefinitions[].Environment[]',
  'AWS::CodeBuild::Project': 'Environment.EnvironmentVariables[]',
  'AWS::Batch::JobDefinition': 'ContainerProperties.Environment[]',
  'AWS::Amplify::App': 'EnvironmentVariables[]',
  'AWS::AppRunner::Service': 'SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables[]',
};

/** Prose that a model is given. */
export const PROMPTS: Readonly<Record<string, readonly string[]>> = {
  'AWS::Bedrock::Agent': ['Instruction', 'PromptOverrideConfiguration', 'ActionGroups'],
  'AWS::Bedrock::Prompt': ['Variants', 'Description'],
  'AWS::Bedrock::Flow': ['Definition', 'DefinitionString'],
  'AWS::Bedrock::Guardrail': ['BlockedInputMessaging', 'BlockedOutputsMessaging'],
  'AWS::Lex::Bot': ['BotLocales'],
  'AWS::QBusiness::Application': ['Description'],
  'AWS::StepFunctions::StateMachine': ['DefinitionString', 'Definition'],
};

/** Properties that hold a secret by what they are for: a dynamic reference is right there, a literal is not. */
export const CREDENTIALS: Readonly<Record<string, readonly string[]>> = {
  'AWS::RDS::DBInstance': ['MasterUserPassword'],
  'AWS::RDS::DBCluster': ['MasterUserPassword'],
  'AWS::DocDB::DBCluster': ['MasterUserPassword'],
  'AWS::Redshift::Cluster': ['MasterUserPassword'],
  'AWS::RedshiftServerless::Namespace': ['AdminUserPassword'],
  'AWS::ElastiCache::ReplicationGroup': ['AuthToken'],
  'AWS::ElastiCache::User': ['Passwords[]'],
  'AWS::MemoryDB::User': ['AuthenticationMode.Passwords[]'],
  'AWS::AmazonMQ::Broker': ['Users[].Password'],
  'AWS::DMS::Endpoint': ['Password'],
  'AWS::OpenSearchService::Domain': ['AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword'],
  'AWS::Events::Connection': ['AuthParameters.ApiKeyAuthParameters.ApiKeyValue', 'AuthParameters.BasicAuthParameters.Password', 'AuthParameters.OAuthParameters.ClientParameters.ClientSecret'],
  'AWS::Cognito::UserPoolIdentityProvider': ['ProviderDetails.client_secret'],
  'AWS::IAM::User': ['LoginProfile.Password'],
  'AWS::ApiGateway::ApiKey': ['Value'],
};
