import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signingKeyBytes } from '../../../../lambda/adapters/secrets/key-material.ts';
import { secretSigningKeys } from '../../../../lambda/adapters/secrets/signing-keys.ts';
import { DependencyUnavailable } from '../../../../lambda/domain/errors.ts';
import { secretArn } from '../../../../local/aws/index.ts';
import { PLACE, startEndpoint, type TestEndpoint } from '../loopback.ts';

let endpoint: TestEndpoint;
let time = 0;
let number = 0;

beforeAll(async () => {
  endpoint = await startEndpoint({ resources: { secrets: [{ name: 'empty' }] } });
});
afterAll(() => endpoint.endpoint.close());
beforeEach(() => {
  time = 1_000_000;
  endpoint.calls.length = 0;
});

const now = (): number => time;
/** A secret as the template makes it. */
const secret = (): string => {
  const name = `signing-${(number += 1)}`;
  endpoint.endpoint.declare({ secrets: [{ name, generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'key', passwordLength: 64, excludePunctuation: true } }] });
  return secretArn(PLACE, name);
};
const open = (arn: string) => secretSigningKeys({ client: endpoint.options(), secretArn: arn, now });
const put = (arn: string, key: string) => new SecretsManagerClient(endpoint.options()).send(new PutSecretValueCommand({ SecretId: arn, SecretString: JSON.stringify({ key }) }));
const LONG = 'k'.repeat(43);

describe('signing keys', () => {
  it('reads the generated value, and keeps it for five minutes', async () => {
    const keys = open(secret());
    const first = await keys.current();
    expect(first.key.length).toBeGreaterThanOrEqual(32);
    const calls = endpoint.calls.length;
    time += 299_000;
    expect(await keys.current()).toEqual(first);
    expect(endpoint.calls).toHaveLength(calls);
    time += 1_000;
    await keys.current();
    expect(endpoint.calls.length).toBeGreaterThan(calls);
    expect(new Set(endpoint.calls.flatMap(({ permissions }) => permissions.map(({ action }) => action)))).toEqual(new Set(['secretsmanager:GetSecretValue']));
  });

  it('finds the current and the previous key, and no older one', async () => {
    const arn = secret();
    const old = await open(arn).current();
    await put(arn, LONG);
    const second = await open(arn).current();
    expect(second.kid).not.toBe(old.kid);
    expect(await open(arn).find(old.kid)).toEqual(old);
    await put(arn, `${LONG}x`);
    expect(await open(arn).find(old.kid)).toBeUndefined();
    expect(await open(arn).find(second.kid)).toEqual(second);
  });

  it('reads again for an unknown key id, but at most every ten seconds', async () => {
    const arn = secret();
    const keys = open(arn);
    await keys.current();
    await put(arn, LONG);
    const rotated = await open(arn).current();
    endpoint.calls.length = 0;
    expect(await keys.find(rotated.kid)).toBeUndefined();
    expect(endpoint.calls).toHaveLength(0);
    time += 10_000;
    expect(await keys.find(rotated.kid)).toEqual(rotated);
    const calls = endpoint.calls.length;
    for (let i = 0; i < 50; i += 1) expect(await keys.find(`made-up-${i}`)).toBeUndefined();
    expect(endpoint.calls).toHaveLength(calls);
  });

  it('shares one read among those who ask at once', async () => {
    const keys = open(secret());
    await Promise.all([keys.current(), keys.current(), keys.find('x')]);
    expect(endpoint.calls.filter(({ error }) => error === undefined)).toHaveLength(1);
  });

  it('says that keys are unavailable while there is no value, or nobody answers', async () => {
    await expect(open(secretArn(PLACE, 'empty')).current()).rejects.toThrow('has no current value');
    const gone = secretSigningKeys({ client: { ...endpoint.options(), endpoint: 'http://127.0.0.1:9', maxAttempts: 1 }, secretArn: 'x', now });
    await expect(gone.current()).rejects.toBeInstanceOf(DependencyUnavailable);
  });

  it('goes on with the keys it knows while Secrets Manager does not answer', async () => {
    const other = await startEndpoint({ resources: { secrets: [{ name: 's', secretString: LONG }] } });
    const keys = secretSigningKeys({ client: { ...other.options(), maxAttempts: 1 }, secretArn: 's', now });
    const first = await keys.current();
    await other.endpoint.close();
    time += 400_000;
    expect(await keys.current()).toEqual(first);
    expect(await keys.find(first.kid)).toEqual(first);
    // A key that it does not know may be newer than what it could read: «not ours» would be a guess.
    await expect(keys.find('newer')).rejects.toBeInstanceOf(DependencyUnavailable);
  });
});

describe('key material', () => {
  it('takes JSON with a key, or the bare text, decoded when it is base64url of 32 bytes or more', () => {
    const key = Buffer.alloc(32, 7).toString('base64url');
    expect(Buffer.from(signingKeyBytes(JSON.stringify({ key })))).toEqual(Buffer.alloc(32, 7));
    expect(Buffer.from(signingKeyBytes(key))).toEqual(Buffer.alloc(32, 7));
    const text = 'not base64url, but 32 bytes long!';
    expect(Buffer.from(signingKeyBytes(text)).toString()).toBe(text);
  });
  it.each(['', 'short', '{"key":"short"}', '{"key":1}', '{"other":"x"}', '{broken'])('refuses %j without showing it', (value) => {
    expect(() => signingKeyBytes(value)).toThrow(/at least 32 are needed/);
    if (value.includes('short')) expect(() => signingKeyBytes(value)).not.toThrow(/short/);
  });
});
