import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../../../lambda/domain/errors.ts';
import { Bulkhead } from '../../../../lambda/domain/resilience/bulkhead.ts';
import { CircuitBreaker } from '../../../../lambda/domain/resilience/breaker.ts';
import { guard } from '../../../../lambda/domain/resilience/guard.ts';
import { pauseBefore, RetryBudget } from '../../../../lambda/domain/resilience/retry-budget.ts';
import { RETRY } from '../../../../lambda/contracts/budgets.ts';
import { fakeTime } from '../../../support/fakes/time.ts';

const never = (): Promise<never> => new Promise(() => {});
const broken = (): Promise<never> => Promise.reject(new StoreUnavailable('broken'));

function guarded(places = 2) {
  const time = fakeTime();
  const breaker = new CircuitBreaker({ windowMilliseconds: 60_000, minimumCalls: 3, failureShare: 0.5, openMilliseconds: 500 }, time.now);
  const bulkhead = new Bulkhead(places);
  const run = guard({ breaker, bulkhead, limitMilliseconds: 100, wait: time.wait, isFault: (error) => error instanceof StoreUnavailable, refusal: (why) => new StoreUnavailable(why) });
  return { time, breaker, bulkhead, run };
}

describe('a guard', () => {
  it('hands results and errors through', async () => {
    const { run, bulkhead } = guarded();
    expect(await run(async () => 7)).toBe(7);
    await expect(run(() => Promise.reject(new TypeError('ours')))).rejects.toBeInstanceOf(TypeError);
    await expect(
      run(() => {
        throw new RangeError('at once');
      }),
    ).rejects.toBeInstanceOf(RangeError);
    expect(bulkhead.busy).toBe(0);
  });

  it('gives a call up at its time limit, and counts it as failed', async () => {
    const { run, time, breaker } = guarded(9);
    const before = time.now();
    for (let i = 0; i < 3; i += 1) await expect(time.run(run(never))).rejects.toThrow('within 100 ms');
    expect([time.now() - before, breaker.state]).toEqual([300, 'open']);
    await expect(run(never)).rejects.toThrow('left alone');
  });

  it('refuses at once while too many calls are under way, given up ones included', async () => {
    const { run, time, bulkhead } = guarded(2);
    const hung = [run(never), run(never)].map((one) => one.catch((error: unknown) => error));
    await expect(run(async () => 1)).rejects.toThrow('under way');
    await time.run(Promise.all(hung));
    expect(bulkhead.busy).toBe(2);
    await expect(run(async () => 1)).rejects.toThrow('under way');
  });

  it('does not count what is not the fault of the dependency', async () => {
    const { run, breaker } = guarded();
    for (let i = 0; i < 20; i += 1) await run(() => Promise.reject(new TypeError('refused'))).catch(() => undefined);
    expect(breaker.state).toBe('closed');
    for (let i = 0; i < 20; i += 1) await run(broken).catch(() => undefined);
    expect(breaker.state).toBe('open');
  });
});

describe('a budget of retries', () => {
  it('pays for 35 retries of failures, or 100 of throttles, until something succeeds', () => {
    for (const [throttled, times] of [[false, 35], [true, 100]] as const) {
      const budget = new RetryBudget(RETRY);
      for (let i = 0; i < times; i += 1) expect(budget.take(throttled)).toBeGreaterThan(0);
      expect(budget.take(throttled)).toBeUndefined();
      budget.succeeded(14);
      expect(budget.take(throttled)).toBeDefined();
    }
  });

  it('never holds more than it began with', () => {
    const budget = new RetryBudget(RETRY);
    for (let i = 0; i < 10; i += 1) budget.succeeded();
    expect(budget.left).toBe(RETRY.tokens);
  });

  it('waits longer before each retry, up to the cap', () => {
    expect([0, 1, 2, 8, 9, 60].map((retry) => pauseBefore(retry, () => 0.999_999, RETRY))).toEqual([49, 99, 199, 12_799, 19_999, 19_999]);
    expect(pauseBefore(3, () => 0, RETRY)).toBe(0);
  });
});
