import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../pages/chat/outcome.ts';
import { boundedWait, nextStep, parseRetryAfter, pollDelay } from '../../../pages/chat/retry.ts';

const problem = (status: number, retryAfterSeconds?: number): Failure => ({ kind: 'problem', status, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) });
const network: Failure = { kind: 'network' };

describe('nextStep', () => {
  it.each([
    [network, 0, true, { do: 'wait', seconds: 2 }],
    [network, 1, true, { do: 'ask' }],
    [network, 5, false, { do: 'wait-online' }],
    [problem(429, 7), 0, true, { do: 'wait', seconds: 7 }],
    [problem(429, 7), 1, true, { do: 'ask' }],
    [problem(503), 0, true, { do: 'wait', seconds: 5 }],
    [problem(500), 1, true, { do: 'ask' }],
    [problem(409, 1), 5, true, { do: 'wait', seconds: 1 }],
    [problem(409, 1), 60, true, { do: 'ask' }],
    [problem(409), 0, true, { do: 'end' }],
    [problem(401), 0, true, { do: 'end' }],
    [problem(404), 0, true, { do: 'end' }],
    [problem(413), 0, true, { do: 'give-back' }],
    [problem(400), 0, true, { do: 'give-back' }],
    [problem(422), 0, true, { do: 'give-back' }],
  ] as const)('%j after %i repeats, online %s: %j', (failure, repeats, online, expected) => {
    expect(nextStep(failure, repeats, online)).toEqual(expected);
  });
});

describe('parseRetryAfter', () => {
  const now = Date.parse('2026-05-01T10:00:00Z');
  it.each([
    ['12', 12],
    ['0', 1],
    ['999999', 3_600],
    ['Fri, 01 May 2026 10:00:30 GMT', 30],
    ['Fri, 01 May 2026 09:00:00 GMT', 1],
    ['soon', undefined],
    [null, undefined],
  ])('%j gives %j seconds', (header, seconds) => {
    expect(parseRetryAfter(header, now)).toBe(seconds);
  });
});

describe('boundedWait', () => {
  it.each([[7, 7], [0, 1], [-3, 1], [1.2, 2], [1e9, 3_600], [Number.NaN, undefined], [Infinity, undefined], ['7', undefined], [null, undefined], [undefined, undefined]])('%j gives %j seconds', (named, seconds) => {
    expect(boundedWait(named)).toBe(seconds);
  });
});

it('polls with growing delays of 1 to 10 seconds', () => {
  const delays = Array.from({ length: 40 }, (_, attempt) => pollDelay(attempt));
  expect(delays[0]).toBe(1_000);
  expect(delays.at(-1)).toBe(10_000);
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
});
