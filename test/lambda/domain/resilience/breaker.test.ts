import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from '../../../../lambda/domain/resilience/breaker.ts';

const BUDGET = { windowMilliseconds: 1_000, minimumCalls: 4, failureShare: 0.5, openMilliseconds: 500 };

/** A breaker with a clock that the test moves. */
function breakerAt(start = 10_000) {
  const clock = { now: start };
  const breaker = new CircuitBreaker(BUDGET, () => clock.now);
  const calls = (outcome: 'succeeded' | 'failed' | 'unknown', times: number): void => {
    for (let i = 0; i < times; i += 1) breaker.acquire()?.[outcome]();
  };
  return { breaker, clock, calls };
}

describe('a circuit breaker', () => {
  it('stays closed below the least number of calls, and below the share of failures', () => {
    const { breaker, calls } = breakerAt();
    calls('failed', 3);
    expect(breaker.state).toBe('closed');
    const other = breakerAt();
    other.calls('succeeded', 5);
    other.calls('failed', 4);
    expect(other.breaker.state).toBe('closed');
    calls('failed', 1);
    expect(breaker.state).toBe('open');
  });

  it('forgets what is older than its window', () => {
    const { breaker, clock, calls } = breakerAt();
    calls('failed', 3);
    clock.now += 1_000;
    calls('failed', 3);
    expect(breaker.state).toBe('closed');
  });

  it('does not open by a success, and does not count what is unknown', () => {
    const { breaker, calls } = breakerAt();
    calls('failed', 3);
    calls('unknown', 10);
    calls('succeeded', 1);
    expect(breaker.state).toBe('closed');
  });

  it('lets one probe through after its rest, which closes or opens it again', () => {
    const { breaker, clock, calls } = breakerAt();
    calls('failed', 4);
    clock.now += 499;
    expect([breaker.state, breaker.acquire()]).toEqual(['open', undefined]);
    clock.now += 1;
    const probe = breaker.acquire();
    expect([breaker.state, breaker.acquire()]).toEqual(['half-open', undefined]);
    probe?.failed();
    expect(breaker.state).toBe('open');
    clock.now += 500;
    breaker.acquire()?.succeeded();
    expect(breaker.state).toBe('closed');
    calls('failed', 3);
    expect(breaker.state).toBe('closed');
  });

  it('sends another probe after one that was called off', () => {
    const { breaker, clock, calls } = breakerAt();
    calls('failed', 4);
    clock.now += 500;
    breaker.acquire()?.unknown();
    expect(breaker.state).toBe('half-open');
    expect(breaker.acquire()).toBeDefined();
  });

  it('does not hear what began before its state changed', () => {
    const { breaker, clock, calls } = breakerAt();
    const early = breaker.acquire();
    calls('failed', 4);
    clock.now += 500;
    const probe = breaker.acquire();
    early?.succeeded();
    expect(breaker.state).toBe('half-open');
    probe?.succeeded();
    probe?.failed();
    expect(breaker.state).toBe('closed');
  });

  it('does not stay open because the clock was set back', () => {
    const { breaker, clock, calls } = breakerAt();
    calls('failed', 4);
    clock.now -= 3_600_000;
    expect(breaker.acquire()).toBeDefined();
  });
});
