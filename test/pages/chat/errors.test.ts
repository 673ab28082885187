import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../pages/chat/outcome.ts';
import { failureSentence } from '../../../pages/chat/errors.ts';
import { STRINGS } from '../../../pages/chat/strings.ts';

const problem = (status: number, retryAfterSeconds?: number): Failure => ({ kind: 'problem', status, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) });
const network: Failure = { kind: 'network' };

describe('failureSentence', () => {
  it.each([
    [problem(400), 'invalid'],
    [problem(401), 'expired'],
    [problem(403), 'refused'],
    [problem(404), 'notFound'],
    [problem(409, 2), 'running'],
    [problem(409), 'closed'],
    [problem(413), 'tooLong'],
    [problem(422), 'invalid'],
    [problem(429, 9), 'tooMany'],
    [problem(500), 'unexpected'],
    [problem(503, 1), 'unavailable'],
    [problem(418), 'unexpected'],
    [network, 'network'],
  ] as const)('says %j as its own sentence in every language', (failure, name) => {
    for (const strings of Object.values(STRINGS)) expect(failureSentence(failure, strings, true)).toBe(strings.errors[name]);
  });

  it('says that the visitor is offline when the browser knows it', () => {
    expect(failureSentence(network, STRINGS.en, false)).toBe(STRINGS.en.errors.offline);
  });

  it('has a different sentence for each error, in each language', () => {
    for (const { errors } of Object.values(STRINGS)) expect(new Set(Object.values(errors)).size).toBe(Object.keys(errors).length);
  });
});
