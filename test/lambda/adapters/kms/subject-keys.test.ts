import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { kmsSubjectKeys } from '../../../../lambda/adapters/kms/subject-keys.ts';
import { KeyUnavailable } from '../../../../lambda/domain/errors.ts';
import { keyArn } from '../../../../local/aws/index.ts';
import { PLACE, startEndpoint, type TestEndpoint } from '../loopback.ts';

let endpoint: TestEndpoint;
let time = 0;

beforeAll(async () => {
  endpoint = await startEndpoint({ resources: { keys: [{ keyId: 'subjects' }] } });
});
afterAll(() => endpoint.endpoint.close());
beforeEach(() => {
  endpoint.calls.length = 0;
});

const open = () => kmsSubjectKeys({ client: endpoint.options(), keyArn: keyArn(PLACE, 'subjects'), now: () => time });
const operations = (): string[] => endpoint.calls.map(({ operation }) => operation);

describe('subject keys', () => {
  it('makes a 256-bit key that another instance opens', async () => {
    const { key, wrapped } = await open().create('s1', 99);
    expect(key.key).toHaveLength(32);
    expect(wrapped.expiresAt).toBe(99);
    expect(await open().open(wrapped)).toEqual(key);
    expect(endpoint.calls.flatMap(({ permissions }) => permissions.map(({ action, resource }) => [action, resource]))).toEqual([
      ['kms:GenerateDataKey', keyArn(PLACE, 'subjects')],
      ['kms:Decrypt', keyArn(PLACE, 'subjects')],
    ]);
  });

  it('opens no key under another subject, cached or not', async () => {
    const keys = open();
    const { wrapped } = await keys.create('s1', 99);
    await expect(keys.open({ ...wrapped, subject: 's2' })).rejects.toBeInstanceOf(KeyUnavailable);
  });

  it('keeps an opened key for five minutes', async () => {
    time = 1_000_000;
    const { wrapped } = await open().create('s1', 99);
    const keys = open();
    endpoint.calls.length = 0;
    await keys.open(wrapped);
    time += 299_999;
    await keys.open(wrapped);
    expect(operations()).toEqual(['Decrypt']);
    time += 1;
    await keys.open(wrapped);
    expect(operations()).toEqual(['Decrypt', 'Decrypt']);
  });

  it('shares one call among those who ask at once, and asks nothing after making a key', async () => {
    const { wrapped } = await open().create('s1', 99);
    const keys = open();
    const own = await keys.create('s2', 99);
    endpoint.calls.length = 0;
    await Promise.all([keys.open(wrapped), keys.open(wrapped), keys.open(wrapped), keys.open(own.wrapped)]);
    expect(operations()).toEqual(['Decrypt']);
  });

  it('does not remember a failure', async () => {
    const { wrapped } = await open().create('s1', 99);
    const keys = open();
    endpoint.endpoint.declare({ keys: [{ keyId: 'subjects', enabled: false }] });
    await expect(keys.open(wrapped)).rejects.toBeInstanceOf(KeyUnavailable);
    await expect(keys.create('s3', 1)).rejects.toBeInstanceOf(KeyUnavailable);
    endpoint.endpoint.declare({ keys: [{ keyId: 'subjects', enabled: true }] });
    await expect(keys.open(wrapped)).resolves.toMatchObject({ subject: 's1' });
  });
});
