import type { CallRecord } from '../../../../local/aws/index.ts';
import type { EstateModel, Resource } from '../../../../local/assembly/model.ts';
import { accessKeyIdOf } from '../../../../local/runtime/functions.ts';
import type { Context } from '../../../../lib/compliance/policy/condition.ts';
import { fitsAction } from '../../../../lib/compliance/policy/wildcard.ts';
import { ENCRYPTED } from '../../../support/template-facts.ts';
import type { Drive } from './drive.ts';
import { IN_ITS_NAME } from './in-its-name.ts';
import type { Use } from './in-its-name.ts';
import { roleOf } from './roles.ts';

/**
 * What a service asks KMS for in the caller's name, when what is called lies under a customer managed key. The key's use cannot be seen at
 * the endpoint, which encrypts nothing: it follows from the call. Each is what the service's documents ask of the caller.
 */
export const THROUGH: readonly { readonly action: string; readonly service: string; readonly key: readonly string[] }[] = [
  // Amazon DynamoDB developer guide, "DynamoDB encryption at rest", authorizing use of a customer managed key.
  { action: 'dynamodb:*', service: 'dynamodb', key: ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'DescribeKey'] },
  // AWS Secrets Manager user guide, "Secret encryption and decryption".
  { action: 'secretsmanager:GetSecretValue', service: 'secretsmanager', key: ['Decrypt'] },
  { action: 'secretsmanager:PutSecretValue', service: 'secretsmanager', key: ['GenerateDataKey', 'Decrypt'] },
  // Amazon SQS developer guide, "Key management": permissions of a producer and of a consumer.
  { action: 'sqs:SendMessage', service: 'sqs', key: ['GenerateDataKey', 'Decrypt'] },
  { action: 'sqs:ReceiveMessage', service: 'sqs', key: ['Decrypt'] },
  // Amazon EventBridge user guide, "Encrypting event buses": the caller of PutEvents.
  { action: 'events:PutEvents', service: 'events', key: ['GenerateDataKey', 'Decrypt'] },
  // Amazon Bedrock user guide, "Set up permissions to use guardrails": invoking one under a customer managed key.
  { action: 'bedrock:ApplyGuardrail', service: 'bedrock', key: ['Decrypt'] },
];

/** Everything that the roles of an environment were used for: by functions that were driven, and by AWS in their name. */
export function usesOf(drive: Drive): Use[] {
  const { model } = drive;
  const roles = new Map(model.ofType('AWS::Lambda::Function').map((fn) => [accessKeyIdOf(fn.ref), roleOf(fn)] as const));
  const called = drive.calls.flatMap((call) => {
    const role = roles.get(call.accessKeyId);
    return role === undefined ? [] : neededBy(call, drive).map(({ action, resource, context }): Use => ({ role, action, resource, context }));
  });
  const all = [...called, ...IN_ITS_NAME.flatMap(({ uses }) => uses(model))];
  return distinct([...all, ...all.flatMap((use) => throughServices(use, model))]);
}

type Need = Omit<Use, 'role'>;

/** What a policy has to allow for a call. */
function neededBy({ permissions, body, service }: CallRecord, drive: Drive): Need[] {
  const input = parsed(body);
  return permissions.flatMap(({ action, resource }): Need[] => {
    if (service === 'kms') return [{ action, resource, context: encryptionContext(input) }];
    if (action.startsWith('bedrock:Invoke')) return bedrockNeeds(action, resource, input, drive);
    return [{ action, resource, context: {} }];
  });
}

function encryptionContext(input: Readonly<Record<string, unknown>>): Context {
  const pairs = Object.entries((input['EncryptionContext'] ?? {}) as Record<string, string>);
  return { 'kms:ViaService': null, 'kms:EncryptionContextKeys': pairs.map(([key]) => key), ...Object.fromEntries(pairs.map(([key, value]) => [`kms:EncryptionContext:${key}`, [value]])) };
}

/**
 * The endpoint takes every model id for a foundation model. A call by an inference profile needs the profile and the model in each region
 * that it routes to (Amazon Bedrock user guide, "Prerequisites for inference profiles"); one with a guardrail needs that too.
 */
function bedrockNeeds(action: string, resource: string, input: Readonly<Record<string, unknown>>, { environment: { config }, model: estate }: Drive): Need[] {
  const { model } = config;
  const profile = model.provider === 'bedrock' ? model.inferenceProfile : undefined;
  const [, , , region = '', account = ''] = (estate.ofType('AWS::Lambda::Function')[0]?.attribute('Arn') ?? '').split(':');
  const models = profile === undefined || !resource.endsWith(`/${profile.id}`) ? [resource] : [`arn:aws:bedrock:${region}:${account}:inference-profile/${profile.id}`, ...profile.regions.map((each) => `arn:aws:bedrock:${each}::foundation-model/${model.provider === 'bedrock' ? model.modelId : ''}`)];
  const guardrail = (input['guardrailConfig'] as { readonly guardrailIdentifier?: string } | undefined)?.guardrailIdentifier;
  const needs = models.map((arn): Need => ({ action, resource: arn, context: {} }));
  return guardrail === undefined ? needs : [...needs, { action: 'bedrock:ApplyGuardrail', resource: `arn:aws:bedrock:${region}:${account}:guardrail/${guardrail}`, context: {} }];
}

/** Uses of a key that follow from a use of what lies under it. */
function throughServices({ role, action, resource }: Use, model: EstateModel): Use[] {
  const found = underKey(resource, model);
  if (found === undefined) return [];
  const { key, under } = found;
  const [, , , region = '', account = ''] = key.split(':');
  const contextOf = (service: string, name: string): Context => (service === 'dynamodb' ? dynamoDbContext(name, under.ref, account) : {});
  return THROUGH.filter((each) => fitsAction(each.action, action)).flatMap(({ service, key: actions }) =>
    actions.map((name) => ({ role, action: `kms:${name}`, resource: key, context: { 'kms:ViaService': [`${service}.${region}.amazonaws.com`], ...contextOf(service, name) } })),
  );
}

/** What DynamoDB gives as encryption context (Amazon DynamoDB developer guide, "DynamoDB encryption context"): the table and the account. `DescribeKey` takes none. */
function dynamoDbContext(name: string, table: string, account: string): Context {
  const pairs: Readonly<Record<string, string>> = name === 'DescribeKey' ? {} : { 'aws:dynamodb:tableName': table, 'aws:dynamodb:subscriberId': account };
  const given = Object.fromEntries(['aws:dynamodb:tableName', 'aws:dynamodb:subscriberId', 'subject'].map((key) => [`kms:EncryptionContext:${key}`, pairs[key] === undefined ? null : [pairs[key]]]));
  return { 'kms:EncryptionContextKeys': Object.keys(pairs), ...given };
}

const ARN_OF: Readonly<Record<string, (resource: Resource) => string>> = { 'AWS::SecretsManager::Secret': ({ ref }) => ref, 'AWS::Bedrock::Guardrail': (resource) => resource.attribute('GuardrailArn') };

/** What lies under a customer managed key, and the ARN of that key; a table also for its indexes and its stream. */
function underKey(arn: string, model: EstateModel): { readonly key: string; readonly under: Resource } | undefined {
  const found = model.ofType('AWS::SQS::Queue', 'AWS::SecretsManager::Secret', 'AWS::DynamoDB::GlobalTable', 'AWS::Events::EventBus', 'AWS::Bedrock::Guardrail').find((resource) => {
    const own = (ARN_OF[resource.type] ?? ((each: Resource) => each.attribute('Arn')))(resource);
    return arn === own || arn.startsWith(`${own}/`);
  });
  if (found === undefined) return undefined;
  const properties = Object.fromEntries(Object.keys(found.stack.template.Resources?.[found.logicalId]?.Properties ?? {}).map((name) => [name, found.get(name)]));
  const key = ENCRYPTED[found.type]?.(properties);
  return typeof key === 'string' ? { key, under: found } : undefined;
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

function distinct(uses: readonly Use[]): Use[] {
  return [...new Map(uses.map((use) => [JSON.stringify(use), use] as const)).values()];
}
