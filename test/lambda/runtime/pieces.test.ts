import { describe, expect, it } from 'vitest';
import { deadlineOf } from '../../../lambda/runtime/deadline.ts';
import { optional, required, requiredJson } from '../../../lambda/runtime/environment.ts';
import { describeError } from '../../../lambda/runtime/observe.ts';
import { once } from '../../../lambda/runtime/once.ts';
import { isPreTrafficCheck, withPreTraffic } from '../../../lambda/runtime/pre-traffic.ts';

describe('environment', () => {
  it('names a variable that is missing, empty or no JSON', () => {
    expect(required({ A: 'x' }, 'A')).toBe('x');
    expect(optional({ A: '' }, 'A')).toBeUndefined();
    expect(() => required({ A: '' }, 'A')).toThrow('The environment variable A is not set.');
    expect(() => requiredJson({ A: '{' }, 'A')).toThrow('The environment variable A holds no valid JSON.');
  });
});

describe('once', () => {
  it('makes a value once, and again after a failure', async () => {
    let calls = 0;
    const get = once(async () => {
      calls += 1;
      if (calls === 1) throw new Error('first');
      return calls;
    });
    await expect(get()).rejects.toThrow('first');
    expect(await Promise.all([get(), get()])).toEqual([2, 2]);
  });
});

describe('deadline', () => {
  it('keeps some time back, and is never in the past', () => {
    expect(deadlineOf({ getRemainingTimeInMillis: () => 10_000 }, 1_000)).toBe(10_700);
    expect(deadlineOf({ getRemainingTimeInMillis: () => 100 }, 1_000)).toBe(1_000);
  });
});

describe('description of an error', () => {
  it('shows causes by name only, because they may quote what was sent', () => {
    const error = new Error('outer', { cause: new TypeError('quoted text', { cause: 'more text' }) });
    expect(describeError(error)).toEqual({ name: 'Error', message: 'outer', stack: error.stack, causes: ['TypeError', 'string'] });
    expect(JSON.stringify(describeError('thrown text'))).not.toContain('thrown text');
  });
});

describe('pre-traffic check', () => {
  it.each([{ check: 'pre-traffic', httpMethod: 'GET' }, { check: 'pre-traffic', Records: [] }, { check: 'other' }, null, 'pre-traffic'])('is not %j', (event) => {
    expect(isPreTrafficCheck(event)).toBe(false);
  });
  it('is answered before the handler sees it', async () => {
    const handler = withPreTraffic({ release: 'r1', check: async () => undefined }, async (event: { x: number }) => event.x);
    expect(await handler({ check: 'pre-traffic' }, undefined)).toEqual({ ok: true, release: 'r1' });
    expect(await handler({ x: 3 }, undefined)).toBe(3);
  });
});
