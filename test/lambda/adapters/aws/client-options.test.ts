import { describe, expect, it } from 'vitest';
import { clientOptions } from '../../../../lambda/adapters/aws/client-options.ts';

describe('client options', () => {
  it('bounds attempts and time of every profile', () => {
    for (const profile of ['interactive', 'patient', 'background', 'invoke', 'model'] as const) {
      const options = clientOptions(profile);
      expect(options.retryMode).toBe('standard');
      expect(options.maxAttempts).toBeLessThanOrEqual(3);
      expect(options.requestHandler.connectionTimeout).toBeGreaterThan(0);
      expect(options.requestHandler.throwOnRequestTimeout).toBe(true);
    }
  });
  it('takes region, endpoint and credentials as given', () => {
    expect(clientOptions('background', { region: 'eu-west-1', endpoint: 'http://127.0.0.1:1' })).toMatchObject({ region: 'eu-west-1', endpoint: 'http://127.0.0.1:1' });
    expect(clientOptions('background')).not.toHaveProperty('endpoint');
    expect(clientOptions('background')).not.toHaveProperty('random');
  });
  it('gives each client a budget of retries of its own', () => {
    expect(clientOptions('background').retryStrategy).not.toBe(clientOptions('background').retryStrategy);
    expect(clientOptions('background', { attempts: 1 }).maxAttempts).toBe(1);
  });
});
