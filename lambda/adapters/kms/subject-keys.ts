import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { SubjectKeys } from '../../domain/conversation/ports.ts';
import type { DataKey, WrappedKey } from '../../domain/conversation/types.ts';
import { KeyUnavailable } from '../../domain/errors.ts';
import type { ClientOptions } from '../aws/client-options.ts';
import { KeyCache } from './key-cache.ts';

/** Options of {@link kmsSubjectKeys}. */
export interface SubjectKeysOptions {
  readonly client: ClientOptions;
  /** ARN of the KMS key that wraps the data keys. */
  readonly keyArn: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Opened keys kept in memory: a busy instance meets fewer subjects in five minutes. */
const CACHED_KEYS = 1_000;
/** Milliseconds that an opened key is kept. With the wrapped key's recovery window it is what remains after an erasure. */
const CACHED_MILLISECONDS = 5 * 60_000;

/** Data keys of subjects (AES-256), wrapped by KMS under the encryption context `{subject}`. */
export function kmsSubjectKeys(options: SubjectKeysOptions): SubjectKeys {
  const client = new KMSClient(options.client);
  const cache = new KeyCache<DataKey>({ limit: CACHED_KEYS, milliseconds: CACHED_MILLISECONDS, now: options.now });
  const decrypt = async (wrapped: WrappedKey): Promise<DataKey> => {
    const answer = await asKeyError('open', () =>
      client.send(new DecryptCommand({ KeyId: options.keyArn, CiphertextBlob: wrapped.wrapped, EncryptionContext: { subject: wrapped.subject } })),
    );
    return { subject: wrapped.subject, key: bytes(answer.Plaintext, 'Plaintext') };
  };
  return {
    async create(subject, expiresAt) {
      const answer = await asKeyError('make', () =>
        client.send(new GenerateDataKeyCommand({ KeyId: options.keyArn, KeySpec: 'AES_256', EncryptionContext: { subject } })),
      );
      const wrapped: WrappedKey = { subject, wrapped: bytes(answer.CiphertextBlob, 'CiphertextBlob'), expiresAt };
      const key: DataKey = { subject, key: bytes(answer.Plaintext, 'Plaintext') };
      await cache.get(cacheKey(wrapped), () => Promise.resolve(key));
      return { key, wrapped };
    },
    open: (wrapped) => cache.get(cacheKey(wrapped), () => decrypt(wrapped)),
  };
}

/** The subject is part of it: a key cached for one subject must not open under another one's name. */
const cacheKey = ({ subject, wrapped }: WrappedKey): string => `${subject}:${Buffer.from(wrapped).toString('base64')}`;

function bytes(value: Uint8Array | undefined, name: string): Uint8Array {
  if (value === undefined) throw new KeyUnavailable(`KMS answered without ${name}.`);
  return value;
}

async function asKeyError<T>(verb: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new KeyUnavailable(`KMS did not ${verb} a data key: ${error instanceof Error ? error.name : 'unknown error'}.`, { cause: error });
  }
}
