import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretsManagerAges } from '../../../../lambda/adapters/credential-age/ages.ts';
import { secretArn } from '../../../../local/aws/index.ts';
import { PLACE, startEndpoint, type TestEndpoint } from '../loopback.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 4, 4);
let endpoint: TestEndpoint;
let time = START;
const now = (): number => time;
beforeAll(async () => {
  endpoint = await startEndpoint({ now, resources: { secrets: [{ name: 'estate/vendor/zendesk', secretString: 'x' }, { name: 'estate/vendor/empty' }] } });
});
afterAll(() => endpoint.endpoint.close());

describe('credential age', () => {
  it('counts the days since the current value was set', async () => {
    const arn = secretArn(PLACE, 'estate/vendor/zendesk');
    const ages = secretsManagerAges({ client: endpoint.options(), now });
    time = START + 90 * DAY;
    expect(await ages.read(arn)).toEqual({ secret: 'estate/vendor/zendesk', days: 90 });
    await new SecretsManagerClient(endpoint.options()).send(new PutSecretValueCommand({ SecretId: arn, SecretString: 'y' }));
    time += DAY / 2;
    expect(await ages.read(arn)).toEqual({ secret: 'estate/vendor/zendesk', days: 0.5 });
  });
  it('gives no age for a secret without value, and none for a secret that is not there', async () => {
    const ages = secretsManagerAges({ client: endpoint.options(), now });
    expect(await ages.read(secretArn(PLACE, 'estate/vendor/empty'))).toEqual({ secret: 'estate/vendor/empty' });
    await expect(ages.read(secretArn(PLACE, 'missing'))).rejects.toThrow();
  });
});
