import { describe, expect, it } from 'vitest';
import { cachedSecret } from '../../../../lambda/adapters/secrets/cached-secret.ts';
import { DependencyUnavailable } from '../../../../lambda/domain/errors.ts';
import { secretArn } from '../../../../local/aws/index.ts';
import { PLACE, startEndpoint } from '../loopback.ts';
import { Vault } from './vault.ts';

const vault = new Vault();
const secret = (secretString: string): string => vault.declare({ secretString });
const open = (arn: string) => cachedSecret({ client: vault.options(), secretArn: arn, now: vault.now });
const reads = (): number => vault.calls.filter(({ operation }) => operation === 'GetSecretValue').length;

describe('a cached secret', () => {
  it.each([
    ['the bare text', 'k-123', 'k-123'],
    ['JSON with a key', '{"key":"k-123"}', 'k-123'],
    ['a text with the end of a line, as a shell puts it in', 'k-123\n', 'k-123'],
    ['JSON without a key, as a whole', '{"other":1}', '{"other":1}'],
  ])('is %s', async (_, stored, key) => {
    expect(await open(secret(stored)).get()).toBe(key);
  });

  it('is kept for five minutes, and read once for all who ask at once', async () => {
    const arn = secret('first');
    const one = open(arn);
    expect(await Promise.all([one.get(), one.get(), one.refresh()])).toEqual(['first', 'first', 'first']);
    await vault.put(arn, 'second');
    vault.time += 299_999;
    expect([await one.get(), reads()]).toEqual(['first', 1]);
    vault.time += 1;
    expect([await one.get(), reads()]).toEqual(['second', 2]);
  });

  it('is read anew on request, but at most every ten seconds', async () => {
    const arn = secret('first');
    const one = open(arn);
    await one.get();
    await vault.put(arn, 'second');
    vault.time += 9_999;
    expect([await one.refresh(), reads()]).toEqual(['first', 1]);
    vault.time += 1;
    expect(await one.refresh()).toBe('second');
    expect([await one.get(), reads()]).toEqual(['second', 2]);
  });

  it.each(['two\nlines', 'with space', 'schlüssel', ' ', 'x'.repeat(4_097)])('refuses %j, which no header carries, without showing it', async (value) => {
    const failure: unknown = await open(secret(value)).get().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DependencyUnavailable);
    const { message } = failure as Error;
    expect(message).toContain('store {"key"');
    if (value.trim() !== '') expect(message).not.toContain(value);
  });

  it('that was never put in is unavailable, and not asked for again at once', async () => {
    const one = open(secretArn(PLACE, 'empty'));
    await expect(one.get()).rejects.toBeInstanceOf(DependencyUnavailable);
    await expect(one.get()).rejects.toBeInstanceOf(DependencyUnavailable);
    expect(reads()).toBe(1);
    vault.time += 10_000;
    await expect(one.get()).rejects.toBeInstanceOf(DependencyUnavailable);
    expect(reads()).toBe(2);
  });

  it('stays in use while Secrets Manager does not answer', async () => {
    const other = await startEndpoint({ resources: { secrets: [{ name: 's', secretString: 'known' }] } });
    const one = cachedSecret({ client: { ...other.options(), maxAttempts: 1 }, secretArn: 's', now: vault.now });
    expect(await one.get()).toBe('known');
    await other.endpoint.close();
    vault.time += 400_000;
    expect([await one.get(), await one.refresh()]).toEqual(['known', 'known']);
  });
});
