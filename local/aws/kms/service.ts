import { randomBytes, randomUUID } from 'node:crypto';
import { aliasArn, keyArn } from '../arn.ts';
import { AwsError, serializationError } from '../errors.ts';
import { constraint, optionalBytes, optionalChoice, optionalNumber, optionalObject, optionalString, required } from '../fields.ts';
import type { Call, Commit, Operation, Service } from '../service.ts';
import type { Estate, JsonObject } from '../types.ts';
import { keyIdOf, open, seal } from './envelope.ts';
import type { MasterKey } from './store.ts';
import { KeyStore } from './store.ts';

/** Most bytes that Encrypt takes under a symmetric key. */
const MAX_PLAINTEXT = 4096;
/** Most bytes of a data key. */
const MAX_DATA_KEY = 1024;
const MAX_CIPHERTEXT = 6144;
const DAY_MS = 24 * 60 * 60 * 1000;

/** KMS, with the store that declarations go to. */
export interface KmsService extends Service {
  readonly store: KeyStore;
}

const keyName = (input: JsonObject): string => required(optionalString(input, 'KeyId'), 'KeyId');

function contextOf(input: JsonObject): ReadonlyMap<string, string> {
  const pairs = Object.entries(optionalObject(input, 'EncryptionContext') ?? {}).map(([name, value]) => {
    if (typeof value !== 'string') throw serializationError('EncryptionContext must map strings to strings.');
    return [name, value] as const;
  });
  return new Map(pairs);
}

function dataKeyBytes(input: JsonObject): number {
  const spec = optionalChoice(input, 'KeySpec', ['AES_256', 'AES_128'] as const);
  const count = optionalNumber(input, 'NumberOfBytes');
  if ((spec === undefined) === (count === undefined)) {
    throw new AwsError('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  if (spec !== undefined) return spec === 'AES_256' ? 32 : 16;
  if (count === undefined || count < 1 || count > MAX_DATA_KEY) {
    throw constraint(String(count), 'NumberOfBytes', `Member must have value between 1 and ${MAX_DATA_KEY}`);
  }
  return count;
}

/** Makes the KMS service. */
export function kmsService(estate: Estate, commit: Commit): KmsService {
  const store = new KeyStore(estate, commit);
  const note = (call: Call, action: string, key: MasterKey): string => {
    const arn = keyArn(estate, key.id);
    call.needs(`kms:${action}`, arn);
    return arn;
  };
  const usable = (input: JsonObject, call: Call, action: string): [MasterKey, string] => {
    const arn = note(call, action, store.find(keyName(input)));
    return [store.usable(keyName(input)), arn];
  };

  const encrypt: Operation = (input, call) => {
    const [key, arn] = usable(input, call, 'Encrypt');
    const plaintext = required(optionalBytes(input, 'Plaintext'), 'Plaintext');
    if (plaintext.length < 1 || plaintext.length > MAX_PLAINTEXT) {
      throw constraint('<binary>', 'Plaintext', `Member must have length between 1 and ${MAX_PLAINTEXT}`);
    }
    const blob = seal(key.id, Buffer.from(key.material, 'base64'), plaintext, contextOf(input));
    return { CiphertextBlob: blob.toString('base64'), KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  };

  const decrypt: Operation = (input, call) => {
    const blob = required(optionalBytes(input, 'CiphertextBlob'), 'CiphertextBlob');
    if (blob.length < 1 || blob.length > MAX_CIPHERTEXT) {
      throw constraint('<binary>', 'CiphertextBlob', `Member must have length between 1 and ${MAX_CIPHERTEXT}`);
    }
    const named = optionalString(input, 'KeyId');
    const id = keyIdOf(blob);
    if (named !== undefined && store.find(named).id !== id) {
      throw new AwsError('IncorrectKeyException', 'The key ID in the request does not identify a CMK that can perform this operation.');
    }
    const arn = note(call, 'Decrypt', store.find(id));
    const key = store.usable(id);
    const plaintext = open(blob, Buffer.from(key.material, 'base64'), contextOf(input));
    return { Plaintext: plaintext.toString('base64'), KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  };

  const dataKey =
    (operation: string, withPlaintext: boolean): Operation =>
    (input, call) => {
      const [key, arn] = usable(input, call, operation);
      const plaintext = randomBytes(dataKeyBytes(input));
      const blob = seal(key.id, Buffer.from(key.material, 'base64'), plaintext, contextOf(input));
      return { CiphertextBlob: blob.toString('base64'), KeyId: arn, ...(withPlaintext && { Plaintext: plaintext.toString('base64') }) };
    };

  const metadata = (key: MasterKey): JsonObject => ({
    AWSAccountId: estate.accountId,
    KeyId: key.id,
    Arn: keyArn(estate, key.id),
    CreationDate: key.createdAt / 1000,
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: key.state,
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    KeySpec: 'SYMMETRIC_DEFAULT',
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
    ...(key.deletionAt !== undefined && { DeletionDate: key.deletionAt / 1000 }),
  });

  const describeKey: Operation = (input, call) => {
    const key = store.find(keyName(input));
    note(call, 'DescribeKey', key);
    return { KeyMetadata: metadata(key) };
  };

  const createKey: Operation = (input, call) => {
    call.needs('kms:CreateKey', '*');
    return { KeyMetadata: metadata(store.create(randomUUID(), optionalString(input, 'Description') ?? '')) };
  };

  const createAlias: Operation = (input, call) => {
    const alias = required(optionalString(input, 'AliasName'), 'AliasName');
    const key = store.find(required(optionalString(input, 'TargetKeyId'), 'TargetKeyId'));
    note(call, 'CreateAlias', key);
    if (!/^alias\/[A-Za-z0-9/_-]+$/.test(alias)) throw constraint(alias, 'AliasName', 'Member must satisfy regular expression pattern: ^alias/[a-zA-Z0-9/_-]+$');
    if (store.hasAlias(alias)) throw new AwsError('AlreadyExistsException', `An alias with the name ${aliasArn(estate, alias)} already exists`);
    store.alias(alias, key.id);
    return {};
  };

  const switchKey =
    (operation: string, state: 'Enabled' | 'Disabled'): Operation =>
    (input, call) => {
      const key = store.find(keyName(input));
      const arn = note(call, operation, key);
      if (key.state === 'PendingDeletion') throw new AwsError('KMSInvalidStateException', `${arn} is pending deletion.`);
      store.save({ ...key, state });
      return {};
    };

  const scheduleKeyDeletion: Operation = (input, call) => {
    const key = store.find(keyName(input));
    const arn = note(call, 'ScheduleKeyDeletion', key);
    if (key.state === 'PendingDeletion') throw new AwsError('KMSInvalidStateException', `${arn} is pending deletion.`);
    const days = optionalNumber(input, 'PendingWindowInDays') ?? 30;
    if (days < 7 || days > 30) throw constraint(String(days), 'PendingWindowInDays', 'Member must have value between 7 and 30');
    const deletionAt = estate.now() + days * DAY_MS;
    store.save({ ...key, state: 'PendingDeletion', deletionAt });
    return { KeyId: arn, DeletionDate: deletionAt / 1000, KeyState: 'PendingDeletion', PendingWindowInDays: days };
  };

  const cancelKeyDeletion: Operation = (input, call) => {
    const { deletionAt, ...key } = store.find(keyName(input));
    const arn = note(call, 'CancelKeyDeletion', key);
    if (deletionAt === undefined) throw new AwsError('KMSInvalidStateException', `${arn} is not pending deletion.`);
    store.save({ ...key, state: 'Disabled' });
    return { KeyId: arn };
  };

  const operations = new Map<string, Operation>([
    ['Encrypt', encrypt],
    ['Decrypt', decrypt],
    ['GenerateDataKey', dataKey('GenerateDataKey', true)],
    ['GenerateDataKeyWithoutPlaintext', dataKey('GenerateDataKeyWithoutPlaintext', false)],
    ['DescribeKey', describeKey],
    ['CreateKey', createKey],
    ['CreateAlias', createAlias],
    ['EnableKey', switchKey('EnableKey', 'Enabled')],
    ['DisableKey', switchKey('DisableKey', 'Disabled')],
    ['ScheduleKeyDeletion', scheduleKeyDeletion],
    ['CancelKeyDeletion', cancelKeyDeletion],
  ]);
  return { store, operations };
}
