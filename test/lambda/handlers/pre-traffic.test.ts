import { describe, expect, it } from 'vitest';
import { checkVersion, PATIENCE_MILLISECONDS, type HookDependencies } from '../../../lambda/handlers/pre-traffic/check.ts';
import { isAccessDenied, patiently } from '../../../lambda/handlers/pre-traffic/patience.ts';
import { longestCall } from '../../../lambda/adapters/aws/client-options.ts';
import { fakeObserver } from '../runtime/streaming.ts';

const EVENT = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'x-1' };
const DENIED = Object.assign(new Error('no'), { name: 'AccessDeniedException' });

/** Time that passes only when somebody waits. */
const clock = () => {
  const waited: number[] = [];
  return { waited, now: () => waited.reduce((sum, one) => sum + one, 1_000), wait: async (milliseconds: number) => void waited.push(milliseconds) };
};
/** Refused so many times, then done. */
const refusing = <T>(times: number, result: T, error: Error = DENIED) => {
  let left = times;
  return async () => {
    if (left-- > 0) throw error;
    return result;
  };
};

interface Over {
  readonly find?: HookDependencies['deployments']['find'];
  readonly invoke?: () => Promise<unknown>;
  readonly report?: () => Promise<void>;
  readonly versions?: Readonly<Record<string, string>>;
}

const run = async ({ find = async () => ({ group: 'dev-chat', takesBack: false }), invoke = async () => ({ ok: true, release: 'r7' }), report = async () => undefined, versions = { 'dev-chat': '7', 'dev-pages': '4' } }: Over = {}) => {
  const { observe, lines } = fakeObserver();
  const { waited, ...time } = clock();
  const reports: unknown[] = [];
  const invoked: unknown[] = [];
  await checkVersion(
    {
      deployments: { find, report: async (...given) => (await report(), void reports.push(given)) },
      functions: { invoke: (...call) => (invoked.push(call), invoke()) },
      versions,
      observe,
      ...time,
    },
    EVENT,
  );
  return { reports, invoked, lines, waited };
};
const report = (status: string) => [[{ deploymentId: 'd-1', executionId: 'x-1' }, status]];

describe('pre-traffic hook', () => {
  it('invokes exactly the version that the release brings for the function of the group, and reports its health', async () => {
    const { reports, invoked, waited } = await run();
    expect(invoked).toEqual([['dev-chat', '7', { check: 'pre-traffic' }]]);
    expect(reports).toEqual(report('Succeeded'));
    expect(waited).toEqual([]);
  });

  it.each([{ ok: false }, { ok: 'true' }, { statusCode: 200 }, null, 'ok', []])('fails a version that answers %j', async (answer) => {
    const { reports, invoked } = await run({ invoke: async () => answer });
    expect([reports, invoked.length]).toEqual([report('Failed'), 1]);
  });

  it('fails a deployment that cannot be found, and one of a function that the release does not bring', async () => {
    const unknown = await run({ find: () => Promise.reject(new Error('gone')) });
    expect([unknown.reports, unknown.invoked, unknown.waited]).toEqual([report('Failed'), [], []]);
    for (const group of ['dev-other', 'toString']) {
      const foreign = await run({ find: async () => ({ group, takesBack: false }) });
      expect([foreign.reports, foreign.invoked]).toEqual([report('Failed'), []]);
      expect(foreign.lines.map(({ error }) => (error as Error).message)).toEqual([`This release brings no version of ${group}; it brings dev-chat, dev-pages.`]);
    }
  });

  it('lets a version be taken back without a check', async () => {
    const { reports, invoked } = await run({ find: async () => ({ group: 'dev-chat', takesBack: true }), versions: {} });
    expect([reports, invoked]).toEqual([report('Succeeded'), []]);
  });
});

describe('its patience', () => {
  it('outlasts policies that are not known everywhere yet, at each of its calls', async () => {
    const { reports, invoked, waited } = await run({ find: refusing(2, { group: 'dev-chat', takesBack: false }), invoke: refusing(2, { ok: true }), report: refusing(1, undefined) });
    expect(reports).toEqual(report('Succeeded'));
    expect(invoked).toHaveLength(3);
    expect(waited).toEqual([1_000, 2_000, 1_000, 2_000, 1_000]);
  });

  it('outlasts a version that fails for the same reason', async () => {
    expect((await run({ invoke: refusing(3, { ok: true }, new Error('failed (Unhandled): StoreUnavailable')) })).reports).toEqual(report('Succeeded'));
  });

  it('ends after half a minute: a version that still fails gets no traffic', async () => {
    const { reports, waited, lines } = await run({ invoke: () => Promise.reject(DENIED) });
    expect([reports, lines.map(({ level }) => level)]).toEqual([report('Failed'), ['error']]);
    expect(waited).toEqual([1_000, 2_000, 4_000, 8_000, 8_000]);
  });

  it('leaves time for the last invocation and the report within the sixty seconds of the function', () => {
    expect(PATIENCE_MILLISECONDS + longestCall('invoke') + longestCall('background')).toBeLessThan(60_000);
  });

  it('fails itself when CodeDeploy cannot be told', async () => {
    await expect(run({ report: () => Promise.reject(new Error('throttled')) })).rejects.toThrow('throttled');
    await expect(run({ report: () => Promise.reject(DENIED) })).rejects.toBe(DENIED);
  });

  it('is for refusals only where it is asked so', async () => {
    const { waited, ...time } = clock();
    await expect(patiently({ ...time, until: 60_000 }, isAccessDenied, refusing(1, 'done', new TypeError('bug')))).rejects.toThrow('bug');
    expect(waited).toEqual([]);
    expect([isAccessDenied(DENIED), isAccessDenied('AccessDeniedException')]).toEqual([true, false]);
  });
});
