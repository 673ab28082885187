import { describe, expect, it } from 'vitest';
import { publishAges } from '../../../lambda/handlers/credential-age/publish.ts';
import { rotate } from '../../../lambda/handlers/rotate-signing-key/rotate.ts';
import { fakeObserver } from '../runtime/streaming.ts';

describe('credential age', () => {
  it('publishes the age of each credential that has a value', async () => {
    const { observe, metrics, lines } = fakeObserver();
    await publishAges({ secrets: ['a', 'b'], ages: { read: async (secret) => (secret === 'a' ? { secret: 'estate/vendor/a', days: 12.5 } : { secret: 'estate/vendor/b' }) }, observe });
    expect(metrics).toEqual([{ name: 'CredentialAgeDays', unit: 'None', value: 12.5, dimensions: { Secret: 'estate/vendor/a' } }]);
    expect(lines.map(({ level, fields }) => [level, fields.secret])).toEqual([['warn', 'estate/vendor/b']]);
  });
  it('fails when one cannot be read, after the others', async () => {
    const { observe, metrics } = fakeObserver();
    const ages = { read: (secret: string) => (secret === 'a' ? Promise.reject(new Error('denied')) : Promise.resolve({ secret, days: 1 })) };
    await expect(publishAges({ secrets: ['a', 'b'], ages, observe })).rejects.toThrow('The age of 1 of 2 vendor credentials could not be read.');
    expect(metrics).toHaveLength(1);
  });
  it('has nothing to do without vendors', async () => {
    const { observe, metrics } = fakeObserver();
    await publishAges({ secrets: [], ages: { read: () => Promise.reject(new Error('not asked')) }, observe });
    expect(metrics).toEqual([]);
  });
});

describe('rotation of the signing key', () => {
  it('runs the step that is asked for', async () => {
    const { observe } = fakeObserver();
    const steps: string[] = [];
    for (const Step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) await rotate({ rotation: { run: async (event) => void steps.push(event.Step) }, observe }, { Step, SecretId: 's', ClientRequestToken: 't' });
    expect(steps).toEqual(['createSecret', 'setSecret', 'testSecret', 'finishSecret']);
  });
  it('refuses any other step', async () => {
    const { observe } = fakeObserver();
    await expect(rotate({ rotation: { run: async () => undefined }, observe }, { Step: 'deleteSecret', SecretId: 's', ClientRequestToken: 't' })).rejects.toThrow("'deleteSecret' is no step of a rotation");
  });
});
