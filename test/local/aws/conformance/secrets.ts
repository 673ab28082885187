import { randomUUID } from 'node:crypto';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { expect } from 'vitest';
import type { Clients } from '../support/clients.ts';
import { failure } from '../support/clients.ts';
import type { Case } from './case.ts';

const make = async (c: Clients, SecretString = 'first'): Promise<{ Name: string; ARN: string; VersionId: string }> => {
  const Name = c.unique('secret/name');
  const { ARN = '', VersionId = '' } = await c.secrets.send(new CreateSecretCommand({ Name, SecretString }));
  return { Name, ARN, VersionId };
};
const value = async (c: Clients, SecretId: string, VersionStage?: string): Promise<string | undefined> =>
  (await c.secrets.send(new GetSecretValueCommand({ SecretId, ...(VersionStage && { VersionStage }) }))).SecretString;

export const secrets: readonly Case[] = [
  {
    name: 'a value is read by name, ARN, stage and version',
    run: async (c) => {
      const { Name, ARN, VersionId } = await make(c);
      expect(ARN).toMatch(/^arn:aws:secretsmanager:eu-central-1:123456789012:secret:secret\/name-\d+-[A-Za-z0-9]{6}$/);
      expect(await value(c, Name)).toBe('first');
      expect(await value(c, ARN, 'AWSCURRENT')).toBe('first');
      const found = await c.secrets.send(new GetSecretValueCommand({ SecretId: Name, VersionId }));
      expect(found).toMatchObject({ ARN, Name, VersionId, VersionStages: ['AWSCURRENT'] });
      expect(found.CreatedDate).toBeInstanceOf(Date);
    },
  },
  {
    name: 'what is not there is ResourceNotFoundException',
    run: async (c) => {
      const { Name } = await make(c);
      await failure(value(c, 'nothing'), 'ResourceNotFoundException', /can't find the specified secret/);
      await failure(value(c, Name, 'AWSPENDING'), 'ResourceNotFoundException');
      await failure(c.secrets.send(new GetSecretValueCommand({ SecretId: Name, VersionId: randomUUID() })), 'ResourceNotFoundException');
    },
  },
  {
    name: 'a new value takes AWSCURRENT, the old one AWSPREVIOUS',
    run: async (c) => {
      const { Name } = await make(c);
      await c.secrets.send(new PutSecretValueCommand({ SecretId: Name, SecretString: 'second' }));
      await c.secrets.send(new PutSecretValueCommand({ SecretId: Name, SecretString: 'third' }));
      expect(await value(c, Name)).toBe('third');
      expect(await value(c, Name, 'AWSPREVIOUS')).toBe('second');
      const { Versions } = await c.secrets.send(new ListSecretVersionIdsCommand({ SecretId: Name }));
      expect(Versions?.flatMap((version) => version.VersionStages).toSorted()).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
    },
  },
  {
    name: 'a rotation: pending, then current, by moving the label',
    motoDiffers: 'moto keeps reading the old version after the label moved',
    run: async (c) => {
      const { Name, VersionId } = await make(c);
      const ClientRequestToken = randomUUID();
      const put = new PutSecretValueCommand({ SecretId: Name, ClientRequestToken, SecretString: 'next', VersionStages: ['AWSPENDING'] });
      expect((await c.secrets.send(put)).VersionId).toBe(ClientRequestToken);
      expect(await value(c, Name)).toBe('first');
      expect(await value(c, Name, 'AWSPENDING')).toBe('next');
      const move = { SecretId: Name, VersionStage: 'AWSCURRENT', MoveToVersionId: ClientRequestToken };
      await failure(c.secrets.send(new UpdateSecretVersionStageCommand(move)), 'InvalidParameterException', /RemoveFromVersionId/);
      await c.secrets.send(new UpdateSecretVersionStageCommand({ ...move, RemoveFromVersionId: VersionId }));
      expect(await value(c, Name)).toBe('next');
      expect(await value(c, Name, 'AWSPREVIOUS')).toBe('first');
      const { VersionIdsToStages } = await c.secrets.send(new DescribeSecretCommand({ SecretId: Name }));
      expect(VersionIdsToStages?.[VersionId]).toEqual(['AWSPREVIOUS']);
    },
  },
  {
    name: 'a repeated token is harmless with the same value, and refused with another',
    motoDiffers: 'moto replaces the version',
    run: async (c) => {
      const { Name } = await make(c);
      const ClientRequestToken = randomUUID();
      const put = (SecretString: string): Promise<unknown> => c.secrets.send(new PutSecretValueCommand({ SecretId: Name, ClientRequestToken, SecretString }));
      await put('second');
      await put('second');
      await failure(put('third'), 'ResourceExistsException');
      expect(await value(c, Name, 'AWSPREVIOUS')).toBe('first');
    },
  },
  {
    name: 'binary values come back as bytes, and a taken name is refused',
    run: async (c) => {
      const Name = c.unique('binary');
      const SecretBinary = new Uint8Array([1, 2, 255]);
      await c.secrets.send(new CreateSecretCommand({ Name, SecretBinary }));
      const found = await c.secrets.send(new GetSecretValueCommand({ SecretId: Name }));
      expect(Buffer.from(found.SecretBinary ?? [])).toEqual(Buffer.from(SecretBinary));
      await failure(c.secrets.send(new CreateSecretCommand({ Name, SecretString: 'x' })), 'ResourceExistsException');
    },
  },
  {
    name: 'a random password keeps to its rules',
    run: async (c) => {
      const { RandomPassword = '' } = await c.secrets.send(new GetRandomPasswordCommand({ PasswordLength: 40, ExcludePunctuation: true, ExcludeCharacters: 'abc' }));
      expect(RandomPassword).toMatch(/^[A-Zd-z0-9]{40}$/);
    },
  },
];
