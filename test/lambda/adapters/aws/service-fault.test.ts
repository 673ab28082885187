import { describe, expect, it } from 'vitest';
import { isServiceFault } from '../../../../lambda/adapters/aws/service-fault.ts';
import { DependencyUnavailable, KeyUnavailable, ModelUnavailable, StoreUnavailable, TamperedText } from '../../../../lambda/domain/errors.ts';

const sdk = (name: string, status?: number): Error => Object.assign(new Error(name), { name, $metadata: { attempts: 1, ...(status === undefined ? {} : { httpStatusCode: status }) } });

const FAULTS: readonly [string, unknown][] = [
  ['nothing answered', sdk('Error')],
  ['a time-out', sdk('TimeoutError')],
  ['an error of the service', sdk('InternalServerError', 500)],
  ['a throttle', sdk('ThrottlingException', 400)],
  ['a throttled table', sdk('ProvisionedThroughputExceededException', 400)],
  ['too many requests', sdk('Error', 429)],
  ['a connection that broke', Object.assign(new Error('reset'), { code: 'ECONNRESET' })],
];
const REFUSALS: readonly [string, unknown][] = [
  ['a failed condition', sdk('ConditionalCheckFailedException', 400)],
  ['a cancelled transaction', sdk('TransactionCanceledException', 400)],
  ['a validation', sdk('ValidationException', 400)],
  ['a missing right', sdk('AccessDeniedException', 400)],
  ['a key that is disabled', sdk('DisabledException', 400)],
  ['a record that cannot be read', new SyntaxError('no JSON')],
  ['no error at all', 'text'],
];

describe('the fault of a service', () => {
  const wrapped = [(cause: unknown) => cause, ...[StoreUnavailable, KeyUnavailable, DependencyUnavailable, ModelUnavailable].map((Kind) => (cause: unknown) => new Kind('wrapped', { cause }))];
  it.each(FAULTS)('is %s', (_, error) => {
    for (const wrap of wrapped) expect(isServiceFault(wrap(error))).toBe(true);
  });
  it.each(REFUSALS)('is not %s', (_, error) => {
    for (const wrap of wrapped) expect(isServiceFault(wrap(error))).toBe(false);
  });
  it('is what left things out until time was up, and not text that was changed', () => {
    expect([isServiceFault(new StoreUnavailable('left out')), isServiceFault(new TamperedText('changed'))]).toEqual([true, false]);
  });
});
