import type { BusDeclaration, GenerateSecretString, KeyDeclaration, LoopbackResources, QueueDeclaration, RuleDeclaration, SecretDeclaration, TableDeclaration, UserPoolDeclaration } from '../aws/index.ts';
import type { EstateModel, Resource } from '../assembly/model.ts';
import { arrayOf, booleanOf, isObject, numberOf, objectOf, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';

/** What the templates say that exists, as the loop-back endpoint wants it told. */
export function resourcesOf(model: EstateModel): Required<LoopbackResources> {
  return {
    tables: model.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(tableOf),
    queues: model.ofType('AWS::SQS::Queue').map(queueOf),
    keys: model.ofType('AWS::KMS::Key').map((key) => keyOf(model, key)),
    secrets: model.ofType('AWS::SecretsManager::Secret').map((secret) => secretOf(model, secret)),
    eventBuses: busesOf(model),
    userPools: model.ofType('AWS::Cognito::UserPool').flatMap((pool) => poolOf(model, pool)),
  };
}

const keySchemaOf = (value: unknown): TableDeclaration['keySchema'] =>
  arrayOf(value).map(objectOf).map((element) => ({ attributeName: String(element['AttributeName']), keyType: element['KeyType'] === 'RANGE' ? 'RANGE' : 'HASH' }));

function tableOf(table: Resource): TableDeclaration {
  const ttl = objectOf(table.get('TimeToLiveSpecification'));
  return {
    tableName: table.ref,
    keySchema: keySchemaOf(table.get('KeySchema')),
    attributeDefinitions: arrayOf(table.get('AttributeDefinitions')).map(objectOf).map((definition) => {
      const type = definition['AttributeType'];
      return { attributeName: String(definition['AttributeName']), attributeType: type === 'N' || type === 'B' ? type : 'S' };
    }),
    gsis: arrayOf(table.get('GlobalSecondaryIndexes')).map(objectOf).map((index) => {
      const { ProjectionType: type, NonKeyAttributes: names } = objectOf(index['Projection']);
      return {
        name: String(index['IndexName']),
        keySchema: keySchemaOf(index['KeySchema']),
        projection: {
          type: type === 'KEYS_ONLY' || type === 'INCLUDE' ? type : 'ALL',
          ...(names === undefined ? {} : { nonKeyAttributes: arrayOf(names).map(String) }),
        },
      };
    }),
    stream: isObject(table.get('StreamSpecification')),
    ...(ttl['Enabled'] === undefined || !booleanOf(ttl['Enabled']) ? {} : { ttlAttribute: String(ttl['AttributeName']) }),
  };
}

function queueOf(queue: Resource): QueueDeclaration {
  const redrive = objectOf(queue.get('RedrivePolicy'));
  const dlqName = textOf(redrive['deadLetterTargetArn'])?.split(':').at(-1);
  const options = {
    visibilityTimeoutSeconds: numberOf(queue.get('VisibilityTimeout')),
    retentionSeconds: numberOf(queue.get('MessageRetentionPeriod')),
    dlqName,
    maxReceiveCount: numberOf(redrive['maxReceiveCount']),
  };
  return { queueName: queue.attribute('QueueName'), ...defined(options) };
}

function keyOf(model: EstateModel, key: Resource): KeyDeclaration {
  const alias = model.ofType('AWS::KMS::Alias').find((candidate) => [key.ref, key.attribute('Arn')].includes(String(candidate.get('TargetKeyId'))));
  return { keyId: key.ref, enabled: key.get('Enabled') === undefined || booleanOf(key.get('Enabled')), ...defined({ alias: alias?.ref }) };
}

function secretOf(model: EstateModel, secret: Resource): SecretDeclaration {
  const generate = secret.get('GenerateSecretString');
  return {
    name: textOf(secret.get('Name')) ?? secret.ref.split(':').at(-1)?.replace(/-[A-Za-z]{6}$/, '') ?? secret.logicalId,
    arn: secret.ref,
    rotationEnabled: model.ofType('AWS::SecretsManager::RotationSchedule').some((schedule) => schedule.get('SecretId') === secret.ref),
    ...(isObject(generate) ? { generateSecretString: lowerFirst(generate) } : defined({ secretString: textOf(secret.get('SecretString')) })),
  };
}

/** CloudFormation writes the members with a capital first letter. */
const lowerFirst = (members: JsonObject): GenerateSecretString =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, value]));

function busesOf(model: EstateModel): readonly BusDeclaration[] {
  const names = ['default', ...model.ofType('AWS::Events::EventBus').map(({ ref }) => ref)];
  return names.map((name) => ({
    name,
    rules: model.ofType('AWS::Events::Rule').filter((rule) => busOf(rule) === name && isObject(rule.get('EventPattern')) && enabled(rule)).map(ruleOf),
  }));
}

const busOf = (rule: Resource): string => (textOf(rule.get('EventBusName')) ?? 'default').split('/').at(-1) ?? 'default';

/** Whether a rule or schedule is switched on; it is unless it says otherwise. */
export const enabled = (rule: Resource): boolean => rule.get('State') !== 'DISABLED';

const ruleOf = (rule: Resource): RuleDeclaration => ({
  name: rule.ref,
  eventPattern: objectOf(rule.get('EventPattern')),
  targets: arrayOf(rule.get('Targets')).map(objectOf).map((target) => ({ arn: String(target['Arn']), id: String(target['Id']) })),
});

function poolOf(model: EstateModel, pool: Resource): readonly UserPoolDeclaration[] {
  const client = model.ofType('AWS::Cognito::UserPoolClient').find((candidate) => candidate.get('UserPoolId') === pool.ref);
  return client === undefined ? [] : [{ poolId: pool.ref, clientId: client.ref }];
}

/** The members that are there: an optional member must be absent, not undefined. */
function defined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
