import { describe, expect, it } from 'vitest';
import { Problem } from '../../../../lambda/contracts/api.ts';
import * as problems from '../../../../lambda/domain/conversation/problems.ts';

const ALL: [Problem, number][] = [
  [problems.invalidInput([{ field: 'text', rule: 'must be there' }]), 400],
  [problems.malformedBody('broken JSON'), 400],
  [problems.invalidIdempotencyKey(), 400],
  [problems.unauthorized(), 401],
  [problems.routeNotFound(), 404],
  [problems.conversationNotFound(), 404],
  [problems.requestInFlight(), 409],
  [problems.turnInFlight(), 409],
  [problems.conversationClosed(), 409],
  [problems.bodyTooLarge(), 413],
  [problems.messageTooLong(12, 10), 413],
  [problems.unsupportedMediaType(), 415],
  [problems.idempotencyKeyReused(), 422],
  [problems.tooManyRequests(), 429],
  [problems.quotaUsedUp(), 429],
  [problems.internalError(), 500],
  [problems.unavailable(), 503],
];

describe('problems', () => {
  it.each(ALL)('%o has the status %i and the form of the contract', (problem, status) => {
    expect(problem.status).toBe(status);
    expect(problem.type).toMatch(/^\/problems\/[a-z-]+$/);
    expect(Problem.parse(problem)).toEqual(problem);
  });

  it('names field and rule of wrong input, and both lengths of a long message', () => {
    expect(problems.invalidIdempotencyKey().errors).toEqual([{ field: 'Idempotency-Key', rule: expect.stringContaining('1-128') }]);
    expect(problems.messageTooLong(12, 10)).toMatchObject({ detail: expect.stringMatching(/12.*10/), errors: [{ field: 'text', rule: expect.stringContaining('10') }] });
  });
});
