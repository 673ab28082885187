import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signingKeyRotation, type RotationEvent } from '../../../../lambda/adapters/rotation/signing-key.ts';
import { signingKeyBytes } from '../../../../lambda/adapters/secrets/key-material.ts';
import { secretArn } from '../../../../local/aws/index.ts';
import { PLACE, startEndpoint, type TestEndpoint } from '../loopback.ts';

let endpoint: TestEndpoint;
let number = 0;
beforeAll(async () => {
  endpoint = await startEndpoint({ resources: {} });
});
afterAll(() => endpoint.endpoint.close());

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
const FIRST = JSON.stringify({ key: 'a'.repeat(43) });

function secret(value?: string): string {
  const name = `rotating-${(number += 1)}`;
  endpoint.endpoint.declare({ secrets: [{ name, rotationEnabled: true, ...(value === undefined ? {} : { secretString: value }) }] });
  return secretArn(PLACE, name);
}
const rotation = () => signingKeyRotation({ client: endpoint.options() });
const valueAt = async (SecretId: string, VersionStage: string) => (await new SecretsManagerClient(endpoint.options()).send(new GetSecretValueCommand({ SecretId, VersionStage }))).SecretString ?? '';
const step = (Step: RotationEvent['Step'], SecretId: string, ClientRequestToken: string) => rotation().run({ Step, SecretId, ClientRequestToken });

describe('rotation of the signing key', () => {
  it('makes a new key current and keeps the old one as previous', async () => {
    const arn = secret(FIRST);
    const token = endpoint.endpoint.beginRotation(arn);
    for (const name of STEPS) await step(name, arn, token);
    const current = await valueAt(arn, 'AWSCURRENT');
    expect(current).not.toBe(FIRST);
    expect(signingKeyBytes(current)).toHaveLength(32);
    expect(await valueAt(arn, 'AWSPREVIOUS')).toBe(FIRST);
  });

  it('may be repeated at every step', async () => {
    const arn = secret(FIRST);
    const token = endpoint.endpoint.beginRotation(arn);
    await step('createSecret', arn, token);
    const pending = await valueAt(arn, 'AWSPENDING');
    for (const name of STEPS) {
      await step(name, arn, token);
      await step(name, arn, token);
    }
    for (const name of STEPS) await step(name, arn, token);
    expect(await valueAt(arn, 'AWSCURRENT')).toBe(pending);
    expect(await valueAt(arn, 'AWSPREVIOUS')).toBe(FIRST);
  });

  it('refuses to rotate a secret that is empty', async () => {
    const arn = secret();
    const token = endpoint.endpoint.beginRotation(arn);
    await expect(step('createSecret', arn, token)).rejects.toThrow('nothing is rotated while it is empty');
  });

  it('refuses a version that no rotation announced', async () => {
    await expect(step('createSecret', secret(FIRST), '00000000-0000-4000-8000-000000000000')).rejects.toThrow('not started by Secrets Manager');
  });

  it('does not make a key current that cannot sign', async () => {
    const arn = secret(FIRST);
    const token = endpoint.endpoint.beginRotation(arn);
    await expect(step('finishSecret', arn, token)).rejects.toThrow('has no value: it cannot become the current one');
    await new SecretsManagerClient(endpoint.options()).send(new PutSecretValueCommand({ SecretId: arn, ClientRequestToken: token, SecretString: '{"key":"c2hvcnQ"}', VersionStages: ['AWSPENDING'] }));
    await expect(step('testSecret', arn, token)).rejects.toThrow('has 5 bytes');
    expect(await valueAt(arn, 'AWSCURRENT')).toBe(FIRST);
  });
});

describe('the test that Secrets Manager runs when a schedule is made', () => {
  it('passes on a version that has no value, and changes nothing', async () => {
    const arn = secret(FIRST);
    await step('testSecret', arn, endpoint.endpoint.beginRotation(arn));
    expect(await valueAt(arn, 'AWSCURRENT')).toBe(FIRST);
  });

  it('passes on a version whose value is empty, or that is not listed', async () => {
    const arn = secret(FIRST);
    const token = endpoint.endpoint.beginRotation(arn);
    await new SecretsManagerClient(endpoint.options()).send(new PutSecretValueCommand({ SecretId: arn, ClientRequestToken: token, SecretString: '', VersionStages: ['AWSPENDING'] }));
    await step('testSecret', arn, token);
    await step('testSecret', arn, '00000000-0000-4000-8000-000000000000');
  });

  it('fails where there is no key to sign with, or a broken one', async () => {
    const empty = secret();
    await expect(step('testSecret', empty, endpoint.endpoint.beginRotation(empty))).rejects.toThrow('neither a pending nor a current value');
    const broken = secret('{"key":"c2hvcnQ"}');
    await expect(step('testSecret', broken, endpoint.endpoint.beginRotation(broken))).rejects.toThrow('has 5 bytes');
  });
});
