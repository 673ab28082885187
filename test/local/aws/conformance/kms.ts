import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { expect } from 'vitest';
import type { Clients } from '../support/clients.ts';
import { failure } from '../support/clients.ts';
import type { Case } from './case.ts';

const makeKey = async (c: Clients): Promise<{ KeyId: string; Arn: string }> => {
  const { KeyMetadata } = await c.kms.send(new CreateKeyCommand({ Description: 'test' }));
  return { KeyId: KeyMetadata?.KeyId ?? '', Arn: KeyMetadata?.Arn ?? '' };
};
const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
const EncryptionContext = { subject: 's-1', purpose: 'text' };

export const kms: readonly Case[] = [
  {
    name: 'a data key comes back from its wrapped form, in the same context only',
    run: async (c) => {
      const { KeyId, Arn } = await makeKey(c);
      const made = await c.kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }));
      expect(made.Plaintext?.length).toBe(32);
      expect(made.KeyId).toBe(Arn);
      const CiphertextBlob = made.CiphertextBlob ?? new Uint8Array();
      const back = await c.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { purpose: 'text', subject: 's-1' } }));
      expect(Buffer.from(back.Plaintext ?? [])).toEqual(Buffer.from(made.Plaintext ?? []));
      expect(back.KeyId).toBe(Arn);
      await failure(c.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { subject: 's-2', purpose: 'text' } })), 'InvalidCiphertextException');
      await failure(c.kms.send(new DecryptCommand({ CiphertextBlob })), 'InvalidCiphertextException');
    },
  },
  {
    name: 'Encrypt and Decrypt by id, ARN and alias',
    run: async (c) => {
      const { KeyId, Arn } = await makeKey(c);
      const AliasName = `alias/${c.unique('name')}`;
      await c.kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyId }));
      for (const name of [KeyId, Arn, AliasName]) {
        const { CiphertextBlob } = await c.kms.send(new EncryptCommand({ KeyId: name, Plaintext: Buffer.from('secret') }));
        expect(text((await c.kms.send(new DecryptCommand({ CiphertextBlob, KeyId: name }))).Plaintext)).toBe('secret');
      }
      expect((await c.kms.send(new DescribeKeyCommand({ KeyId: AliasName }))).KeyMetadata).toMatchObject({ KeyId, KeyState: 'Enabled', Enabled: true });
    },
  },
  {
    name: 'an unknown key is NotFoundException',
    run: async (c) => {
      await failure(c.kms.send(new EncryptCommand({ KeyId: '00000000-0000-0000-0000-000000000000', Plaintext: Buffer.from('x') })), 'NotFoundException');
      await failure(c.kms.send(new DescribeKeyCommand({ KeyId: 'alias/none' })), 'NotFoundException');
    },
  },
  {
    name: 'a damaged or foreign blob is InvalidCiphertextException, another key IncorrectKeyException',
    motoDiffers: 'moto answers AccessDenied for a damaged blob and ignores KeyId',
    run: async (c) => {
      const [one, two] = [await makeKey(c), await makeKey(c)];
      const { CiphertextBlob = new Uint8Array() } = await c.kms.send(new EncryptCommand({ KeyId: one.KeyId, Plaintext: Buffer.from('x') }));
      const damaged = Uint8Array.from(CiphertextBlob);
      damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
      await failure(c.kms.send(new DecryptCommand({ CiphertextBlob: damaged })), 'InvalidCiphertextException');
      await failure(c.kms.send(new DecryptCommand({ CiphertextBlob: Buffer.from('nonsense') })), 'InvalidCiphertextException');
      await failure(c.kms.send(new DecryptCommand({ CiphertextBlob, KeyId: two.KeyId })), 'IncorrectKeyException');
    },
  },
  {
    name: 'a disabled key refuses until it is enabled',
    motoDiffers: 'disabled keys still decrypt',
    run: async (c) => {
      const { KeyId } = await makeKey(c);
      const { CiphertextBlob } = await c.kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') }));
      await c.kms.send(new DisableKeyCommand({ KeyId }));
      await failure(c.kms.send(new DecryptCommand({ CiphertextBlob })), 'DisabledException', /is disabled/);
      await failure(c.kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' })), 'DisabledException');
      await c.kms.send(new EnableKeyCommand({ KeyId }));
      expect(text((await c.kms.send(new DecryptCommand({ CiphertextBlob }))).Plaintext)).toBe('x');
    },
  },
  {
    name: 'a key that is pending deletion refuses, and is disabled after the deletion is cancelled',
    motoDiffers: 'deleted keys still decrypt',
    run: async (c) => {
      const { KeyId } = await makeKey(c);
      const { CiphertextBlob } = await c.kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') }));
      await c.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
      await failure(c.kms.send(new DecryptCommand({ CiphertextBlob })), 'KMSInvalidStateException', /is pending deletion/);
      await c.kms.send(new CancelKeyDeletionCommand({ KeyId }));
      expect((await c.kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState).toBe('Disabled');
    },
  },
  {
    name: 'GenerateDataKey wants a spec or a number of bytes, Encrypt at most 4096 bytes',
    run: async (c) => {
      const { KeyId } = await makeKey(c);
      expect((await c.kms.send(new GenerateDataKeyCommand({ KeyId, NumberOfBytes: 64 }))).Plaintext?.length).toBe(64);
      await failure(c.kms.send(new GenerateDataKeyCommand({ KeyId })), 'ValidationException');
      await failure(c.kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.alloc(4097) })), 'ValidationException');
    },
  },
];
