import { describe, expect, it } from 'vitest';
import { serviceOptions } from '../../../lambda/runtime/service-options.ts';

const LAMBDA = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };

describe('options of a client', () => {
  it('take region and credentials as Lambda sets them', () => {
    expect(serviceOptions({ ...LAMBDA, AWS_SESSION_TOKEN: 'session' }, 'kms', 'interactive')).toMatchObject({
      region: 'eu-central-1',
      endpoint: 'https://kms.eu-central-1.amazonaws.com',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example', sessionToken: 'session' },
      maxAttempts: 2,
    });
    expect(serviceOptions({ ...LAMBDA, AWS_SESSION_TOKEN: '' }, 'kms', 'interactive').credentials).not.toHaveProperty('sessionToken');
  });
  it.each(Object.keys(LAMBDA))('are not made without %s', (name) => {
    expect(() => serviceOptions({ ...LAMBDA, [name]: '' }, 'kms', 'interactive')).toThrow(name);
  });
  it('follow the variables for endpoints, the one of the service first', () => {
    const all = { ...LAMBDA, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
    const one = { ...all, AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://127.0.0.1:2' };
    expect([serviceOptions(all, 'secrets', 'patient').endpoint, serviceOptions(one, 'secrets', 'patient').endpoint, serviceOptions(one, 'sqs', 'patient').endpoint]).toEqual(['http://127.0.0.1:1', 'http://127.0.0.1:2', 'http://127.0.0.1:1']);
  });
  it('follow the switch for FIPS, and say how to have dual stack', () => {
    expect(serviceOptions({ ...LAMBDA, AWS_USE_FIPS_ENDPOINT: 'true' }, 'events', 'background').endpoint).toBe('https://events-fips.eu-central-1.amazonaws.com');
    const dual = { ...LAMBDA, AWS_USE_DUALSTACK_ENDPOINT: 'true' };
    expect(() => serviceOptions(dual, 'events', 'background')).toThrow('AWS_ENDPOINT_URL_EVENTBRIDGE');
    expect(serviceOptions({ ...dual, AWS_ENDPOINT_URL_EVENTBRIDGE: 'https://events.eu-central-1.api.aws' }, 'events', 'background').endpoint).toBe('https://events.eu-central-1.api.aws');
  });
});
