import { describe, expect, it } from 'vitest';
import { publishAges } from '../../../lambda/handlers/credential-age/publish.ts';
import { checkVersion, type HookDependencies } from '../../../lambda/handlers/pre-traffic/check.ts';
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

describe('pre-traffic hook', () => {
  const EVENT = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'x-1' };
  const run = async (over: { target?: HookDependencies['deployments']['target']; invoke?: HookDependencies['functions']['invoke'] } = {}) => {
    const { observe, lines } = fakeObserver();
    const reports: unknown[] = [];
    const invoked: unknown[] = [];
    await checkVersion(
      {
        deployments: { target: over.target ?? (async () => ({ functionName: 'dev-chat', version: '7' })), report: async (...report) => void reports.push(report) },
        functions: { invoke: async (...call) => (invoked.push(call), over.invoke === undefined ? { ok: true, release: 'r7' } : over.invoke(...call)) },
        observe,
      },
      EVENT,
    );
    return { reports, invoked, lines };
  };
  const report = (status: string) => [[{ deploymentId: 'd-1', executionId: 'x-1' }, status]];

  it('invokes exactly the new version and reports its health', async () => {
    const { reports, invoked } = await run();
    expect(invoked).toEqual([['dev-chat', '7', { check: 'pre-traffic' }]]);
    expect(reports).toEqual(report('Succeeded'));
  });
  it.each([{ ok: false }, { ok: 'true' }, { statusCode: 200 }, null, 'ok', []])('fails a version that answers %j', async (answer) => {
    expect((await run({ invoke: async () => answer })).reports).toEqual(report('Failed'));
  });
  it('fails a version that fails, and one that cannot be found', async () => {
    const failed = await run({ invoke: () => Promise.reject(new Error('StoreUnavailable')) });
    expect([failed.reports, failed.lines.map(({ level }) => level)]).toEqual([report('Failed'), ['error']]);
    const unknown = await run({ target: () => Promise.reject(new Error('no appspec')) });
    expect([unknown.reports, unknown.invoked]).toEqual([report('Failed'), []]);
  });
  it('fails itself when CodeDeploy cannot be told', async () => {
    const { observe } = fakeObserver();
    const deployments = { target: async () => ({ functionName: 'f', version: '1' }), report: () => Promise.reject(new Error('throttled')) };
    await expect(checkVersion({ deployments, functions: { invoke: async () => ({ ok: true }) }, observe }, EVENT)).rejects.toThrow('throttled');
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
