import type { SubjectKeys } from '../../domain/conversation/ports.ts';
import type { DataKey, WrappedKey } from '../../domain/conversation/types.ts';
import { KeyUnavailable } from '../../domain/errors.ts';
import { unguarded, type Guard } from '../../domain/resilience/guard.ts';
import { toBase64, toBytes } from '../aws/base64.ts';
import type { ClientOptions } from '../aws/client-options.ts';
import { jsonClient } from '../aws/json-client.ts';
import { JSON_SERVICES } from '../aws/json-service.ts';
import { KeyCache } from './key-cache.ts';

/** Options of {@link kmsSubjectKeys}. */
export interface SubjectKeysOptions {
  readonly client: ClientOptions;
  /** ARN of the KMS key that wraps the data keys. */
  readonly keyArn: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Behind it KMS is called; keys that are kept need no leave. @default - none */
  readonly guard?: Guard;
}

/** Opened keys kept in memory: a busy instance meets fewer subjects in five minutes. */
const CACHED_KEYS = 1_000;
/** Milliseconds that an opened key is kept. With the wrapped key's recovery window it is what remains after an erasure. */
const CACHED_MILLISECONDS = 5 * 60_000;

/** Data keys of subjects (AES-256), wrapped by KMS under the encryption context `{subject}`. */
export function kmsSubjectKeys(options: SubjectKeysOptions): SubjectKeys {
  const client = jsonClient(JSON_SERVICES.kms, options.client);
  const { guard = unguarded } = options;
  const cache = new KeyCache<DataKey>({ limit: CACHED_KEYS, milliseconds: CACHED_MILLISECONDS, now: options.now });
  const decrypt = async (wrapped: WrappedKey): Promise<DataKey> => {
    const input = { KeyId: options.keyArn, CiphertextBlob: toBase64(wrapped.wrapped), EncryptionContext: { subject: wrapped.subject } };
    const answer = await guard(() => asKeyError('open', () => client.call<KeyOutput>('Decrypt', input)));
    return { subject: wrapped.subject, key: bytes(answer.Plaintext, 'Plaintext') };
  };
  return {
    async create(subject, expiresAt) {
      const input = { KeyId: options.keyArn, KeySpec: 'AES_256', EncryptionContext: { subject } };
      const answer = await guard(() => asKeyError('make', () => client.call<KeyOutput>('GenerateDataKey', input)));
      const wrapped: WrappedKey = { subject, wrapped: bytes(answer.CiphertextBlob, 'CiphertextBlob'), expiresAt };
      const key: DataKey = { subject, key: bytes(answer.Plaintext, 'Plaintext') };
      await cache.get(cacheKey(wrapped), () => Promise.resolve(key));
      return { key, wrapped };
    },
    open: (wrapped) => cache.get(cacheKey(wrapped), () => decrypt(wrapped)),
  };
}

/** The subject is part of it: a key cached for one subject must not open under another one's name. */
const cacheKey = ({ subject, wrapped }: WrappedKey): string => `${subject}:${toBase64(wrapped)}`;

/** Answer of both operations, bytes in base64. */
interface KeyOutput {
  readonly Plaintext?: string;
  readonly CiphertextBlob?: string;
}

function bytes(value: string | undefined, name: string): Uint8Array {
  if (value === undefined) throw new KeyUnavailable(`KMS answered without ${name}.`);
  return toBytes(value);
}

async function asKeyError<T>(verb: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new KeyUnavailable(`KMS did not ${verb} a data key: ${error instanceof Error ? error.name : 'unknown error'}.`, { cause: error });
  }
}
