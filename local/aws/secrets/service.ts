import { randomUUID } from 'node:crypto';
import { secretArn } from '../arn.ts';
import { AwsError } from '../errors.ts';
import { optionalBoolean, optionalBytes, optionalNumber, optionalString, optionalStrings } from '../fields.ts';
import type { Call, Commit, Operation, Service } from '../service.ts';
import type { Estate, GenerateSecretString, JsonObject } from '../types.ts';
import { randomPassword } from './generate.ts';
import { moveStage, putVersion, versionAt } from './stages.ts';
import type { Secret, Version } from './store.ts';
import { SecretStore } from './store.ts';

/** Longest secret value in bytes. */
const MAX_BYTES = 65536;

const invalidParameter = (message: string): AwsError => new AwsError('InvalidParameterException', message);
const notFound = (what: string): AwsError => new AwsError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${what}`);

function need(input: JsonObject, name: string): string {
  const value = optionalString(input, name);
  if (value === undefined || value === '') throw invalidParameter(`You must provide a value for ${name}.`);
  return value;
}

function valueIn(input: JsonObject): { text?: string; binary?: string } {
  const text = optionalString(input, 'SecretString');
  const binary = optionalBytes(input, 'SecretBinary');
  if (text !== undefined && binary !== undefined) throw invalidParameter("You can't specify both a binary secret value and a string secret value in the same secret.");
  if (Buffer.byteLength(text ?? '') > MAX_BYTES || (binary?.length ?? 0) > MAX_BYTES) {
    throw invalidParameter(`A secret value can have at most ${MAX_BYTES} bytes.`);
  }
  return { ...(text !== undefined && { text }), ...(binary && { binary: binary.toString('base64') }) };
}

function tokenIn(input: JsonObject): string {
  const token = optionalString(input, 'ClientRequestToken');
  if (token !== undefined && (token.length < 32 || token.length > 64)) {
    throw invalidParameter('ClientRequestToken must be 32-64 characters long.');
  }
  return token ?? randomUUID();
}

/** Secrets Manager, with the store that declarations go to. */
export interface SecretsService extends Service {
  readonly store: SecretStore;
  /**
   * Does what RotateSecret does before it invokes the rotation function: announces a version under AWSPENDING.
   * @returns the ClientRequestToken for the function's events
   */
  beginRotation(secretId: string): string;
}

const getRandomPassword: Operation = (input, call) => {
  call.needs('secretsmanager:GetRandomPassword', '*');
  return { RandomPassword: randomPassword(passwordSpec(input)) };
};

/** Makes the Secrets Manager service. */
export function secretsService(estate: Estate, commit: Commit): SecretsService {
  const store = new SecretStore(estate, commit);
  const find = (input: JsonObject, call: Call, action: string): Secret => {
    const secret = store.find(need(input, 'SecretId'));
    call.needs(`secretsmanager:${action}`, secret.arn);
    return secret;
  };

  const getSecretValue: Operation = (input, call) => {
    const secret = find(input, call, 'GetSecretValue');
    const id = optionalString(input, 'VersionId');
    const stage = optionalString(input, 'VersionStage');
    const version = id === undefined ? versionAt(secret, stage ?? 'AWSCURRENT') : secret.versions.find((each) => each.id === id);
    if (!version || (version.text === undefined && version.binary === undefined)) {
      throw notFound(id === undefined ? `staging label: ${stage ?? 'AWSCURRENT'}` : `VersionId: ${id}`);
    }
    if (id !== undefined && stage !== undefined && !version.stages.includes(stage)) {
      throw new AwsError('InvalidRequestException', 'You provided a VersionStage that is not associated to the provided VersionId.');
    }
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      ...(version.text !== undefined && { SecretString: version.text }),
      ...(version.binary !== undefined && { SecretBinary: version.binary }),
      VersionStages: version.stages,
      CreatedDate: version.createdAt / 1000,
    };
  };

  const putSecretValue: Operation = (input, call) => {
    const secret = find(input, call, 'PutSecretValue');
    const id = tokenIn(input);
    const value = valueIn(input);
    if (value.text === undefined && value.binary === undefined) throw invalidParameter('You must provide either SecretString or SecretBinary.');
    const present = secret.versions.find((version) => version.id === id);
    const announced = present && present.text === undefined && present.binary === undefined;
    const answer = (version: Version | undefined): JsonObject => ({ ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: version?.stages ?? [] });
    if (present && !announced) {
      if (present.text === value.text && present.binary === value.binary) return answer(present);
      throw new AwsError('ResourceExistsException', "You can't modify an existing version, you can only create a new version.");
    }
    const at = estate.now();
    const versions = putVersion(secret, { id, ...value, createdAt: at }, optionalStrings(input, 'VersionStages') ?? ['AWSCURRENT']);
    store.save({ ...secret, versions, changedAt: at });
    return answer(versions.find((version) => version.id === id));
  };

  const updateSecretVersionStage: Operation = (input, call) => {
    const secret = find(input, call, 'UpdateSecretVersionStage');
    const stage = need(input, 'VersionStage');
    const to = optionalString(input, 'MoveToVersionId');
    const from = optionalString(input, 'RemoveFromVersionId');
    for (const id of [to, from]) {
      if (id !== undefined && !secret.versions.some((version) => version.id === id)) throw notFound(`VersionId: ${id}`);
    }
    const holder = versionAt(secret, stage);
    if (to === undefined && stage === 'AWSCURRENT') throw invalidParameter("You can only move staging label AWSCURRENT to a different secret version. It can't be completely removed.");
    if (from !== undefined && holder?.id !== from) {
      throw invalidParameter(`The staging label ${stage} is currently attached to version ${holder?.id ?? 'none'}, so you must explicitly reference that version in RemoveFromVersionId.`);
    }
    if (holder && holder.id !== to && from === undefined) {
      throw invalidParameter(`The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`);
    }
    store.save({ ...secret, versions: moveStage(secret.versions, stage, to), changedAt: estate.now() });
    return { ARN: secret.arn, Name: secret.name };
  };

  const describeSecret: Operation = (input, call) => {
    const secret = find(input, call, 'DescribeSecret');
    const staged = secret.versions.filter((version) => version.stages.length > 0);
    return {
      ARN: secret.arn,
      Name: secret.name,
      ...(secret.description !== undefined && { Description: secret.description }),
      RotationEnabled: secret.rotationEnabled,
      CreatedDate: secret.createdAt / 1000,
      LastChangedDate: secret.changedAt / 1000,
      ...(staged.length > 0 && { VersionIdsToStages: Object.fromEntries(staged.map((version) => [version.id, version.stages])) }),
    };
  };

  const listSecretVersionIds: Operation = (input, call) => {
    const secret = find(input, call, 'ListSecretVersionIds');
    const all = optionalBoolean(input, 'IncludeDeprecated') ?? false;
    const versions = secret.versions.filter((version) => all || version.stages.length > 0);
    return {
      ARN: secret.arn,
      Name: secret.name,
      Versions: versions.map(({ id, stages, createdAt }) => ({ VersionId: id, VersionStages: stages, CreatedDate: createdAt / 1000 })),
    };
  };

  const createSecret: Operation = (input, call) => {
    const name = need(input, 'Name');
    call.needs('secretsmanager:CreateSecret', secretArn(estate, name));
    if (store.has(name)) throw new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
    const id = tokenIn(input);
    const value = valueIn(input);
    const hasValue = value.text !== undefined || value.binary !== undefined;
    const description = optionalString(input, 'Description');
    const secret = store.create(name, { ...(hasValue && { first: { id, ...value } }), ...(description !== undefined && { description }) });
    return { ARN: secret.arn, Name: name, ...(hasValue && { VersionId: id }) };
  };

  const beginRotation = (secretId: string): string => {
    const secret = store.find(secretId);
    const id = randomUUID();
    const versions = [...secret.versions, { id, stages: [], createdAt: estate.now() }];
    store.save({ ...secret, versions: moveStage(versions, 'AWSPENDING', id) });
    return id;
  };

  const operations = new Map<string, Operation>([
    ['GetSecretValue', getSecretValue],
    ['PutSecretValue', putSecretValue],
    ['UpdateSecretVersionStage', updateSecretVersionStage],
    ['DescribeSecret', describeSecret],
    ['ListSecretVersionIds', listSecretVersionIds],
    ['CreateSecret', createSecret],
    ['GetRandomPassword', getRandomPassword],
  ]);
  return { store, operations, beginRotation };
}

function passwordSpec(input: JsonObject): GenerateSecretString {
  const flag = (name: string, otherwise = false): boolean => optionalBoolean(input, name) ?? otherwise;
  const passwordLength = optionalNumber(input, 'PasswordLength');
  return {
    ...(passwordLength !== undefined && { passwordLength }),
    excludeCharacters: optionalString(input, 'ExcludeCharacters') ?? '',
    excludeLowercase: flag('ExcludeLowercase'),
    excludeUppercase: flag('ExcludeUppercase'),
    excludeNumbers: flag('ExcludeNumbers'),
    excludePunctuation: flag('ExcludePunctuation'),
    includeSpace: flag('IncludeSpace'),
    requireEachIncludedType: flag('RequireEachIncludedType', true),
  };
}
