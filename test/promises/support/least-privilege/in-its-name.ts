import type { EstateModel, Resource } from '../../../../local/assembly/model.ts';
import type { Context } from '../../../../lib/compliance/policy/condition.ts';
import { roleOf } from './roles.ts';

/** A right that was used. */
export interface Use {
  /** ARN of the role that was used. */
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/**
 * What AWS does under a role of ours without any code of ours: it cannot be driven here, and follows from the templates. These are all the
 * exceptions there are; one that matches nothing in any environment fails the promise.
 */
export interface InItsName {
  readonly name: string;
  /** Why AWS needs it, and which document of AWS says so. */
  readonly reason: string;
  readonly uses: (model: EstateModel) => readonly Use[];
}

type Json = Readonly<Record<string, unknown>>;
const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const each = (role: string, actions: readonly string[], resource: string, context: Context = {}): Use[] => actions.map((action) => ({ role, action, resource, context }));
const functionsOf = (model: EstateModel): readonly Resource[] => model.ofType('AWS::Lambda::Function');
const textAt = (resource: Resource, property: string, member: string): string | undefined => {
  const value = objectOf(resource.get(property))[member];
  return typeof value === 'string' ? value : undefined;
};

/** The function that an ARN of it, of its alias or of its version means. */
function functionAt(model: EstateModel, arn: unknown): Resource | undefined {
  const name = /:function:([^:]+)/.exec(String(arn))?.[1];
  return functionsOf(model).find(({ ref }) => ref === name);
}

function mappings(model: EstateModel, service: string): { readonly role: string; readonly source: string; readonly mapping: Resource }[] {
  return model.ofType('AWS::Lambda::EventSourceMapping').flatMap((mapping) => {
    const [source, fn] = [String(mapping.get('EventSourceArn')), functionAt(model, mapping.get('FunctionName'))];
    return fn === undefined || source.split(':')[2] !== service ? [] : [{ role: roleOf(fn), source, mapping }];
  });
}

interface Deployment {
  readonly role: string;
  readonly fn: Resource;
  readonly alias: string;
  readonly hook: string | undefined;
  readonly alarms: readonly string[];
}

function shiftingOf({ role, fn, alias, hook, alarms }: Deployment): Use[] {
  return [
    ...each(role, ['lambda:GetAlias', 'lambda:UpdateAlias'], fn.attribute('Arn')),
    ...each(role, ['lambda:GetProvisionedConcurrencyConfig'], `${fn.attribute('Arn')}:${alias}`),
    ...(hook === undefined ? [] : each(role, ['lambda:InvokeFunction'], hook)),
    ...alarms.flatMap((alarm) => each(role, ['cloudwatch:DescribeAlarms'], alarm)),
  ];
}

/** CodeDeploy's groups with the role, the function, the alias and the hook of each. */
function deployments(model: EstateModel): Deployment[] {
  return model.ofType('AWS::Lambda::Alias').flatMap((alias) => {
    const raw = alias.stack.template.Resources?.[alias.logicalId] as unknown as Json;
    const update = objectOf(objectOf(raw['UpdatePolicy'])['CodeDeployLambdaAliasUpdate']);
    const refIn = (member: string): unknown => objectOf(update[member])['Ref'];
    const group = model.ofType('AWS::CodeDeploy::DeploymentGroup').find(({ logicalId }) => logicalId === refIn('DeploymentGroupName'));
    const fn = functionAt(model, alias.ref);
    if (group === undefined || fn === undefined) return [];
    const names = (objectOf(group.get('AlarmConfiguration'))['Alarms'] ?? []) as readonly { readonly Name: string }[];
    const alarms = names.map(({ Name }) => model.byRef('AWS::CloudWatch::Alarm', Name)?.attribute('Arn') ?? Name);
    const hook = functionsOf(model).find(({ logicalId }) => logicalId === refIn('BeforeAllowTrafficHook'))?.attribute('Arn');
    return [{ role: String(group.get('ServiceRoleArn')), fn, alias: String(alias.get('Name')), hook, alarms }];
  });
}

/** Managed by Lambda for functions in a VPC (Lambda developer guide, "Giving Lambda functions access to resources in an Amazon VPC"). */
const INTERFACES = ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'];

export const IN_ITS_NAME: readonly InItsName[] = [
  {
    name: 'logs',
    reason: 'Lambda writes what a function prints to its log group, under the function’s role (Lambda developer guide, "Sending Lambda function logs to CloudWatch Logs").',
    uses: (model) =>
      functionsOf(model).flatMap((fn) => {
        const group = model.byRef('AWS::Logs::LogGroup', textAt(fn, 'LoggingConfig', 'LogGroup') ?? `/aws/lambda/${fn.ref}`);
        return group === undefined ? [] : each(roleOf(fn), ['logs:CreateLogStream', 'logs:PutLogEvents'], group.attribute('Arn'));
      }),
  },
  {
    name: 'traces',
    reason: 'Lambda and its runtime send traces of a function with active tracing to X-Ray, whose two write actions know no resources (Service Authorization Reference, AWS X-Ray).',
    uses: (model) => functionsOf(model).filter((fn) => textAt(fn, 'TracingConfig', 'Mode') === 'Active').flatMap((fn) => each(roleOf(fn), ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*')),
  },
  {
    name: 'dead letters of asynchronous calls',
    reason: 'Lambda puts an event that a function failed on into its dead-letter queue, under the function’s role (Lambda developer guide, "Adding a dead-letter queue").',
    uses: (model) => functionsOf(model).flatMap((fn) => each(roleOf(fn), textAt(fn, 'DeadLetterConfig', 'TargetArn') === undefined ? [] : ['sqs:SendMessage'], textAt(fn, 'DeadLetterConfig', 'TargetArn') ?? '')),
  },
  {
    name: 'polling a queue',
    reason: 'An event source mapping takes messages under the function’s role (Lambda developer guide, "Using Lambda with Amazon SQS", execution role permissions).',
    uses: (model) => mappings(model, 'sqs').flatMap(({ role, source }) => each(role, ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], source)),
  },
  {
    name: 'polling a stream',
    reason: 'An event source mapping reads the stream under the function’s role (Lambda developer guide, "Using Lambda with Amazon DynamoDB", execution role permissions; ListStreams is on its list too).',
    uses: (model) => mappings(model, 'dynamodb').flatMap(({ role, source }) => each(role, ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'], source)),
  },
  {
    name: 'records given up',
    reason: 'An event source mapping puts what it gave up into the destination on failure, under the function’s role (Lambda developer guide, "Retain discarded records").',
    uses: (model) =>
      mappings(model, 'dynamodb').flatMap(({ role, mapping }) => {
        const destination = objectOf(objectOf(mapping.get('DestinationConfig'))['OnFailure'])['Destination'];
        return typeof destination === 'string' ? each(role, ['sqs:SendMessage'], destination) : [];
      }),
  },
  {
    name: 'network interfaces',
    reason: 'Lambda makes and removes the network interfaces of a function in a VPC, under its role; their ids are not known before, and the describing actions have no resources.',
    // The service does it outside the function, so the key that names the function as the source is not there.
    uses: (model) => functionsOf(model).filter((fn) => fn.get('VpcConfig') !== undefined).flatMap((fn) => each(roleOf(fn), INTERFACES, '*', { 'lambda:SourceFunctionArn': null })),
  },
  {
    name: 'shifting traffic',
    reason: 'CodeDeploy moves an alias, asks for the concurrency that it keeps, runs the hook and reads the alarms (CodeDeploy user guide, service role for Lambda deployments); there is no CodeDeploy on a machine of ours.',
    uses: (model) => deployments(model).flatMap(shiftingOf),
  },
];
