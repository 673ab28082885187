import { createHash } from 'node:crypto';
import { busArn, keyArn, queueArn, secretArn, streamArn, tableArn } from '../aws/arn.ts';
import type { Place } from '../aws/arn.ts';

/** What the physical identity of a resource is made from. */
export interface Identity {
  readonly stackName: string;
  readonly logicalId: string;
  readonly place: Place;
  /** A resolved property of the resource, as text. Undefined when it is absent. */
  property(name: string): string | undefined;
  /** Base URL of the AWS endpoint that the functions talk to. */
  endpoint(): string;
  /** Base URL under which the user pools issue tokens. */
  issuer(): string;
}

type Value = (identity: Identity) => string;
interface Physical {
  readonly ref: Value;
  readonly attributes?: Readonly<Record<string, Value>>;
}

const digest = ({ stackName, logicalId }: Identity): string => createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex');
/** The name that a property gives, or one as CloudFormation generates it, yet the same on each start. */
const named = (property: string, longest = 255): Value => (identity) => {
  const given = identity.property(property);
  if (given !== undefined) return given;
  const suffix = digest(identity).slice(0, 12).toUpperCase();
  return `${`${identity.stackName}-${identity.logicalId}`.slice(0, longest - 13)}-${suffix}`;
};
const id = (length: number): Value => (identity) => BigInt(`0x${digest(identity)}`).toString(36).slice(0, length);
const uuid: Value = (identity) => digest(identity).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
const arn = (service: string, rest: Value, region = true): Value => (identity) =>
  `arn:aws:${service}:${region ? identity.place.region : ''}:${identity.place.accountId}:${rest(identity)}`;
const property = (name: string): Value => (identity) => {
  const value = identity.property(name);
  if (value === undefined) throw new Error(`the property ${name} is missing`);
  return value;
};

const functionName = named('FunctionName', 64);
const tableName = named('TableName');
const table: Physical = {
  ref: tableName,
  attributes: { Arn: (of) => tableArn(of.place, tableName(of)), StreamArn: (of) => streamArn(of.place, tableName(of)), TableId: uuid },
};
const queueName = named('QueueName', 80);
const queueUrl: Value = (of) => `${of.endpoint()}/${of.place.accountId}/${queueName(of)}`;
const secret: Value = (of) => secretArn(of.place, named('Name')(of));
const bus = named('Name');
const ruleName = named('Name', 64);
const poolId: Value = (of) => `${of.place.region}_${digest(of).slice(0, 9)}`;
const roleName = named('RoleName', 64);
const guardrail: Value = arn('bedrock', (of) => `guardrail/${id(12)(of)}`);
const topicArn = arn('sns', named('TopicName'));
const bucket: Value = (of) => (of.property('BucketName') ?? named('BucketName', 63)(of)).toLowerCase();
const logGroup = named('LogGroupName');
const webAcl = named('Name', 128);
const scheduleName = named('Name', 64);
const alarmName = named('AlarmName');

/** Types whose `Ref` or attributes something that runs here may need. */
const TYPES: Readonly<Record<string, Physical>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': { ref: queueUrl, attributes: { Arn: (of) => queueArn(of.place, queueName(of)), QueueName: queueName, QueueUrl: queueUrl } },
  'AWS::KMS::Key': { ref: uuid, attributes: { Arn: (of) => keyArn(of.place, uuid(of)), KeyId: uuid } },
  'AWS::KMS::Alias': { ref: property('AliasName') },
  'AWS::SecretsManager::Secret': { ref: secret, attributes: { Id: secret } },
  'AWS::SecretsManager::RotationSchedule': { ref: property('SecretId'), attributes: { Id: property('SecretId') } },
  'AWS::Events::EventBus': { ref: bus, attributes: { Arn: (of) => busArn(of.place, bus(of)), Name: bus } },
  'AWS::Events::Rule': { ref: ruleName, attributes: { Arn: arn('events', (of) => `rule/${of.property('EventBusName') === undefined ? '' : `${of.property('EventBusName')}/`}${ruleName(of)}`) } },
  'AWS::Scheduler::Schedule': { ref: scheduleName, attributes: { Arn: arn('scheduler', (of) => `schedule/${of.property('GroupName') ?? 'default'}/${scheduleName(of)}`) } },
  'AWS::Scheduler::ScheduleGroup': { ref: named('Name', 64) },
  'AWS::Lambda::Function': { ref: functionName, attributes: { Arn: arn('lambda', (of) => `function:${functionName(of)}`) } },
  'AWS::Lambda::Version': { ref: (of) => `${lambdaArn(of)}:1`, attributes: { Version: () => '1', FunctionArn: (of) => `${lambdaArn(of)}:1` } },
  'AWS::Lambda::Alias': { ref: (of) => `${lambdaArn(of)}:${property('Name')(of)}`, attributes: { AliasArn: (of) => `${lambdaArn(of)}:${property('Name')(of)}` } },
  'AWS::Lambda::EventSourceMapping': { ref: uuid, attributes: { Id: uuid } },
  'AWS::Cognito::UserPool': {
    ref: poolId,
    attributes: {
      Arn: arn('cognito-idp', (of) => `userpool/${poolId(of)}`),
      ProviderName: (of) => `${of.issuer().replace(/^https?:\/\//, '')}/${poolId(of)}`,
      ProviderURL: (of) => `${of.issuer()}/${poolId(of)}`,
      UserPoolId: poolId,
    },
  },
  'AWS::Cognito::UserPoolClient': { ref: id(26), attributes: { ClientId: id(26), Name: named('ClientName', 128) } },
  'AWS::Cognito::UserPoolGroup': { ref: property('GroupName') },
  'AWS::Cognito::UserPoolDomain': { ref: property('Domain') },
  'AWS::ApiGateway::RestApi': { ref: id(10), attributes: { RestApiId: id(10), RootResourceId: (of) => id(10)({ ...of, logicalId: `${of.logicalId}/root` }) } },
  'AWS::ApiGateway::Resource': { ref: id(6), attributes: { ResourceId: id(6) } },
  'AWS::ApiGateway::Deployment': { ref: id(6), attributes: { DeploymentId: id(6) } },
  'AWS::ApiGateway::Stage': { ref: property('StageName') },
  'AWS::ApiGateway::Authorizer': { ref: id(6), attributes: { AuthorizerId: id(6) } },
  'AWS::ApiGateway::RequestValidator': { ref: id(6), attributes: { RequestValidatorId: id(6) } },
  'AWS::ApiGateway::Model': { ref: named('Name') },
  'AWS::ApiGateway::DomainName': { ref: property('DomainName'), attributes: { RegionalDomainName: property('DomainName') } },
  'AWS::ApiGatewayV2::DomainName': { ref: property('DomainName'), attributes: { RegionalDomainName: property('DomainName') } },
  'AWS::IAM::Role': { ref: roleName, attributes: { Arn: arn('iam', (of) => `role/${roleName(of)}`, false), RoleId: id(21) } },
  'AWS::IAM::ManagedPolicy': { ref: arn('iam', (of) => `policy/${named('ManagedPolicyName', 128)(of)}`, false), attributes: { PolicyArn: arn('iam', (of) => `policy/${named('ManagedPolicyName', 128)(of)}`, false) } },
  'AWS::Logs::LogGroup': { ref: logGroup, attributes: { Arn: arn('logs', (of) => `log-group:${logGroup(of)}:*`) } },
  'AWS::SNS::Topic': { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: named('TopicName') } },
  'AWS::S3::Bucket': { ref: bucket, attributes: { Arn: (of) => `arn:aws:s3:::${bucket(of)}`, DomainName: (of) => `${bucket(of)}.s3.amazonaws.com`, RegionalDomainName: (of) => `${bucket(of)}.s3.${of.place.region}.amazonaws.com` } },
  'AWS::SSM::Parameter': { ref: named('Name'), attributes: { Value: property('Value'), Type: property('Type') } },
  'AWS::Bedrock::Guardrail': { ref: guardrail, attributes: { GuardrailArn: guardrail, GuardrailId: id(12), Version: () => 'DRAFT' } },
  'AWS::Bedrock::GuardrailVersion': { ref: (of) => `${property('GuardrailIdentifier')(of)}|1`, attributes: { Version: () => '1', GuardrailId: property('GuardrailIdentifier') } },
  'AWS::WAFv2::WebACL': { ref: (of) => `${webAcl(of)}|${uuid(of)}|${of.property('Scope')}`, attributes: { Arn: arn('wafv2', (of) => `regional/webacl/${webAcl(of)}/${uuid(of)}`), Id: uuid } },
  'AWS::CloudWatch::Alarm': { ref: alarmName, attributes: { Arn: arn('cloudwatch', (of) => `alarm:${alarmName(of)}`) } },
  'AWS::CloudWatch::CompositeAlarm': { ref: alarmName, attributes: { Arn: arn('cloudwatch', (of) => `alarm:${alarmName(of)}`) } },
  'AWS::CodeDeploy::Application': { ref: named('ApplicationName', 100) },
  'AWS::CodeDeploy::DeploymentGroup': { ref: named('DeploymentGroupName', 100) },
  'AWS::CodeDeploy::DeploymentConfig': { ref: named('DeploymentConfigName', 100) },
};

function lambdaArn(of: Identity): string {
  const name = property('FunctionName')(of);
  return name.startsWith('arn:') ? name : arn('lambda', () => `function:${name}`)(of);
}

/** Value of `Ref` to a resource of that type. Undefined for a type that is not known here. */
export const refOf = (type: string, identity: Identity): string | undefined => TYPES[type]?.ref(identity);

/** Value of `Fn::GetAtt`. Undefined for a type or an attribute that is not known here. */
export const attributeOf = (type: string, attribute: string, identity: Identity): string | undefined => TYPES[type]?.attributes?.[attribute]?.(identity);
