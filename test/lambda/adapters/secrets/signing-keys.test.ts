import { describe, expect, it } from 'vitest';
import { signingKeyBytes } from '../../../../lambda/adapters/secrets/key-material.ts';
import { secretSigningKeys } from '../../../../lambda/adapters/secrets/signing-keys.ts';
import { DependencyUnavailable } from '../../../../lambda/domain/errors.ts';
import { secretArn } from '../../../../local/aws/index.ts';
import { PLACE, startEndpoint } from '../loopback.ts';
import { Vault } from './vault.ts';

const vault = new Vault();
/** A secret as the template makes it. */
const secret = (): string => vault.declare({ generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'key', passwordLength: 64, excludePunctuation: true } });
const open = (arn: string) => secretSigningKeys({ client: vault.options(), secretArn: arn, now: vault.now });
const put = (arn: string, key: string) => vault.put(arn, JSON.stringify({ key }));
const LONG = 'k'.repeat(43);

describe('signing keys', () => {
  it('reads the generated value, and keeps it for five minutes', async () => {
    const keys = open(secret());
    const first = await keys.current();
    expect(first.key.length).toBeGreaterThanOrEqual(32);
    const calls = vault.calls.length;
    vault.time += 299_000;
    expect(await keys.current()).toEqual(first);
    expect(vault.calls).toHaveLength(calls);
    vault.time += 1_000;
    await keys.current();
    expect(vault.calls.length).toBeGreaterThan(calls);
    expect(new Set(vault.calls.flatMap(({ permissions }) => permissions.map(({ action }) => action)))).toEqual(new Set(['secretsmanager:GetSecretValue']));
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
    vault.calls.length = 0;
    expect(await keys.find(rotated.kid)).toBeUndefined();
    expect(vault.calls).toHaveLength(0);
    vault.time += 10_000;
    expect(await keys.find(rotated.kid)).toEqual(rotated);
    const calls = vault.calls.length;
    for (let i = 0; i < 50; i += 1) expect(await keys.find(`made-up-${i}`)).toBeUndefined();
    expect(vault.calls).toHaveLength(calls);
  });

  it('shares one read among those who ask at once', async () => {
    const keys = open(secret());
    await Promise.all([keys.current(), keys.current(), keys.find('x')]);
    expect(vault.calls.filter(({ error }) => error === undefined)).toHaveLength(1);
  });

  it('says that keys are unavailable while there is no value, or nobody answers', async () => {
    await expect(open(secretArn(PLACE, 'empty')).current()).rejects.toThrow('has no current value');
    const gone = secretSigningKeys({ client: { ...vault.options(), endpoint: 'http://127.0.0.1:9', maxAttempts: 1 }, secretArn: 'x', now: vault.now });
    await expect(gone.current()).rejects.toBeInstanceOf(DependencyUnavailable);
  });

  it('goes on with the keys it knows while Secrets Manager does not answer', async () => {
    const other = await startEndpoint({ resources: { secrets: [{ name: 's', secretString: LONG }] } });
    const keys = secretSigningKeys({ client: { ...other.options(), maxAttempts: 1 }, secretArn: 's', now: vault.now });
    const first = await keys.current();
    await other.endpoint.close();
    vault.time += 400_000;
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
