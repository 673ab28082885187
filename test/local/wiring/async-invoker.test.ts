import { describe, expect, it } from 'vitest';
import { EstateModel } from '../../../local/assembly/model.ts';
import { FunctionError, TooManyRequests } from '../../../local/runtime/errors.ts';
import type { Fleet } from '../../../local/runtime/fleet.ts';
import { AsyncInvoker } from '../../../local/wiring/async-invoker.ts';
import { ManualClock } from '../support/manual-clock.ts';

const failure = new FunctionError({ errorType: 'Error', errorMessage: 'broken' });

function make(outcomes: readonly (Error | undefined)[], resources: Record<string, { Type: string; Properties: Record<string, unknown> }> = {}) {
  const clock = new ManualClock();
  const runs: number[] = [];
  const sent: unknown[] = [];
  const reports: string[] = [];
  const template = { Resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'f' } }, ...resources } };
  const model = new EstateModel([{ name: 's', accountId: '111122223333', region: 'eu-central-1', template, assets: new Map() }], { aws: () => '', issuer: () => '' });
  // The invoker asks the fleet for two things only.
  const fleet = {
    definition: () => ({ name: 'f' }),
    invoke: () => {
      const outcome = outcomes[runs.length];
      runs.push(clock.now());
      return outcome === undefined ? Promise.resolve({}) : Promise.reject(outcome);
    },
  } as unknown as Fleet;
  const invoker = new AsyncInvoker({ model, fleet, clock, report: (line) => void reports.push(line), send: async (...message) => void sent.push(message) });
  const settle = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
  const pass = async (milliseconds: number): Promise<void> => { clock.advance(milliseconds); await settle(); };
  return { clock, runs, sent, reports, invoker, pass };
}

describe('AsyncInvoker', () => {
  it('tries a failed event again after one and two minutes, then drops it aloud', async () => {
    const { invoker, runs, reports, pass, clock } = make([failure, failure, failure]);
    const start = clock.now();
    await invoker.invoke('f', { a: 1 });
    await pass(60_000);
    await pass(120_000);
    await pass(3_600_000);
    expect(runs.map((at) => at - start)).toEqual([0, 60_000, 180_000]);
    expect(reports).toEqual(['An event for f was dropped after its last attempt: broken']);
  });

  it('sends what it gives up to the dead-letter queue', async () => {
    const { invoker, sent, reports } = make([failure], {
      Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'f', DeadLetterConfig: { TargetArn: 'arn:dead' } } },
      Config: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: 'f', MaximumRetryAttempts: 0 } },
    });
    await invoker.invoke('f', { a: 1 });
    expect(sent).toEqual([['arn:dead', '{"a":1}', { ErrorMessage: 'broken' }]]);
    expect(reports).toEqual([]);
  });

  it('waits longer and longer while the function is throttled', async () => {
    const throttled = new TooManyRequests('f', 1);
    const { invoker, runs, pass, clock } = make([throttled, throttled, undefined]);
    const start = clock.now();
    await invoker.invoke('f', {});
    await pass(1_000);
    await pass(2_000);
    await pass(60_000);
    expect(runs.map((at) => at - start)).toEqual([0, 1_000, 3_000]);
  });

  it('says when nothing more will be tried: after success, or the last attempt; not when it is stopped before', async () => {
    const { invoker, pass } = make([failure, undefined, failure]);
    const ends: string[] = [];
    void invoker.finish('f', {}).then(() => ends.push('second attempt'));
    await pass(0);
    await pass(59_999);
    expect(ends).toEqual([]);
    await pass(1);
    expect(ends).toEqual(['second attempt']);
    void invoker.finish('f', {}).then(() => ends.push('stopped'));
    await pass(0);
    invoker.stop();
    await pass(600_000);
    expect(ends).toEqual(['second attempt']);
  });

  it('drops what waits when it is stopped', async () => {
    const { invoker, runs, pass, clock } = make([failure, undefined]);
    await invoker.invoke('f', {});
    invoker.stop();
    await pass(60_000);
    expect(runs).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});
