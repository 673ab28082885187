import type { Template } from '../assembly.ts';
import { at, listAt, ownerOfOutput, textAt } from '../diagram/estate.ts';
import type { Estate, Resource } from '../diagram/estate.ts';

/** What a value of a template names: `table` `conversations`. */
export interface Named {
  /** Kind of thing; empty for a value that is no name of a thing. */
  readonly kind: string;
  readonly name: string;
}

/** An environment as tables tell of it. */
export interface Surveyed {
  readonly templates: ReadonlyMap<string, Template>;
  readonly estate: Estate;
  /** First part of every physical name; left out in tables. */
  readonly prefix: string;
  readonly region: string;
}

/** Types by what readers call them, and the property that holds their name. */
const KINDS: Readonly<Record<string, readonly [kind: string, property: string]>> = {
  'AWS::DynamoDB::GlobalTable': ['table', 'TableName'],
  'AWS::SQS::Queue': ['queue', 'QueueName'],
  'AWS::SNS::Topic': ['topic', 'TopicName'],
  'AWS::Events::EventBus': ['event bus', 'Name'],
  'AWS::Events::Rule': ['rule', 'Name'],
  'AWS::SecretsManager::Secret': ['secret', 'Name'],
  'AWS::Lambda::Function': ['function', 'FunctionName'],
  'AWS::Logs::LogGroup': ['log group', 'LogGroupName'],
  'AWS::CloudWatch::Alarm': ['alarm', 'AlarmName'],
  'AWS::Bedrock::Guardrail': ['guardrail', 'Name'],
  'AWS::S3::Bucket': ['bucket', 'BucketName'],
  'AWS::KMS::Key': ['key', 'Description'],
  'AWS::IAM::Role': ['role', 'RoleName'],
  'AWS::ApiGateway::Authorizer': ['authorizer', 'Name'],
};
/** Types that `Ref` gives a plain name or id of, to be put into longer ones. */
const PLAIN_REFERENCE = new Set(['AWS::Lambda::Function', 'AWS::ApiGateway::RestApi']);

/**
 * What a value names, with references followed into other stacks.
 * @param stack the stack that the value stands in
 */
export function named(value: unknown, stack: string, surveyed: Surveyed): Named {
  const text = textOf(value, stack, surveyed);
  const [, region = '', rest] = /^arn:[^:]*:[^:]*:([^:]*):[^:]*:(.+)$/s.exec(text) ?? [];
  if (rest === undefined) return { kind: '', name: text };
  const [, kind = '', name = rest] = /^([^:/]+)[:/](.+)$/s.exec(rest) ?? [];
  const elsewhere = region === '' || region === surveyed.region ? '' : ` in ${region}`;
  return { kind, name: `${withoutPrefix(name, surveyed.prefix)}${elsewhere}` };
}

/** Several names as a text, those of one kind together: `table` `a`, `b`; `queue` `c`. */
export function namesText(all: readonly Named[]): string {
  const kinds = new Map<string, string[]>();
  for (const { kind, name } of all) kinds.set(kind, [...new Set([...(kinds.get(kind) ?? []), `\`${name}\``])]);
  return [...kinds].map(([kind, names]) => `${kind}${kind === '' ? '' : ' '}${names.join(', ')}`).join('; ');
}

/** What a resource is called. */
export function nameOf(resource: Resource, surveyed: Surveyed): Named {
  const { type, properties, stack, key } = resource;
  const of = (value: unknown): string => namesOnly(value, stack, surveyed);
  if (type === 'AWS::Lambda::Version') return { kind: 'version of function', name: of(properties['FunctionName']) };
  if (type === 'AWS::Lambda::Alias') return { kind: 'alias', name: `${of(properties['FunctionName'])}:${textAt(properties, 'Name') ?? ''}` };
  const [kind, property] = KINDS[type] ?? [type.split('::').at(-1) ?? type, 'Name'];
  const alias = type === 'AWS::KMS::Key' ? aliasOf(resource, surveyed.estate) : undefined;
  const written = alias ?? textAt(properties, property);
  // A logical id ends in eight digits of a hash.
  return { kind, name: withoutPrefix(written ?? key.slice(stack.length + 1).replace(/[0-9A-F]{8}$/, ''), surveyed.prefix) };
}

/** The function that runs under a role; undefined for a role of a service. */
export function functionOf(role: Resource, { estate }: Surveyed): Resource | undefined {
  return estate.resources.find(({ type, properties, stack }) => type === 'AWS::Lambda::Function' && estate.referred(properties['Role'], stack).some(({ key }) => key === role.key));
}

function namesOnly(value: unknown, stack: string, surveyed: Surveyed): string {
  return withoutPrefix(named(value, stack, surveyed).name, surveyed.prefix);
}

function aliasOf(key: Resource, estate: Estate): string | undefined {
  const alias = estate.resources.find(({ type, properties, stack }) => type === 'AWS::KMS::Alias' && estate.referred(properties['TargetKeyId'], stack).some((target) => target.key === key.key));
  return textAt(alias?.properties, 'AliasName')?.replace(/^alias\//, '');
}

function withoutPrefix(name: string, prefix: string): string {
  return name.replaceAll(new RegExp(`(^|/)${prefix}[-/]`, 'g'), '$1');
}

/** A value with its references resolved: those to resources of ours become ARNs in which kind and name stand. */
export function textOf(value: unknown, stack: string, surveyed: Surveyed): string {
  if (typeof value !== 'object' || value === null) return String(value).replaceAll('000000000000', 'this account');
  const joined = at(value, 'Fn::Join');
  if (joined !== undefined) return listAt(joined, 1).map((part) => textOf(part, stack, surveyed)).join(String(at(joined, 0)));
  const output = textAt(value, 'Fn::GetStackOutput', 'OutputName');
  if (output !== undefined) {
    const owner = ownerOfOutput(surveyed.templates, output, stack);
    if (owner === undefined) throw new Error(`The output ${output} stands in no stack.`);
    return textOf(owner.value, owner.stack, surveyed);
  }
  return referenceText(value, stack, surveyed);
}

const PSEUDO: Readonly<Record<string, (surveyed: Surveyed) => string>> = { 'AWS::Partition': () => 'aws', 'AWS::AccountId': () => 'this account', 'AWS::Region': ({ region }) => region };

function referenceText(value: object, stack: string, surveyed: Surveyed): string {
  const pseudo = PSEUDO[textAt(value, 'Ref') ?? ''];
  if (pseudo) return pseudo(surveyed);
  const [resource] = surveyed.estate.referred(value, stack);
  if (resource === undefined) throw new Error(`${JSON.stringify(value)} in ${stack} names nothing that is there.`);
  const attribute = textAt(value, 'Fn::GetAtt', 1);
  const { kind, name } = nameOf(resource, surveyed);
  if (attribute === undefined && resource.type === 'AWS::ApiGateway::RestApi') return 'API';
  if (attribute === undefined ? PLAIN_REFERENCE.has(resource.type) : !attribute.endsWith('Arn')) return name;
  return `arn:aws::::${attribute === 'StreamArn' ? `stream of ${kind}` : kind}/${name}`;
}
