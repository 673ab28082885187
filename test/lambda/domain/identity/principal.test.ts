import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STAFF_ROLES } from '../../../../lambda/contracts/routes.ts';
import { principalFromContext, principalToContext } from '../../../../lambda/domain/identity/principal.ts';
import type { Principal } from '../../../../lambda/domain/identity/types.ts';

const id = fc.string({ minLength: 1, maxLength: 40 });
const principal: fc.Arbitrary<Principal> = fc.oneof(
  fc.constant({ kind: 'anonymous' as const }),
  fc.record({ kind: fc.constant('conversation' as const), conversationId: id, subject: id }),
  fc.record({ kind: fc.constant('customer' as const), subject: id }),
  fc.record({ kind: fc.constant('staff' as const), staffId: id, roles: fc.uniqueArray(fc.constantFrom(...STAFF_ROLES)) }),
);

describe('a principal', () => {
  it('survives the way through the authorizer context, which holds strings only', () => {
    fc.assert(
      fc.property(principal, (one) => {
        const context = principalToContext(one);
        expect(Object.values(context).every((value) => typeof value === 'string')).toBe(true);
        expect(principalFromContext({ ...context, principalId: 'added by the gateway', integrationLatency: 3 })).toEqual(one);
      }),
    );
  });

  it.each([[undefined], [null], ['anonymous'], [{}], [{ kind: 'root' }], [{ kind: 'conversation', conversationId: 'c1' }], [{ kind: 'customer', subject: '' }], [{ kind: 'staff', staffId: 'a1' }]])('is nothing else: %j', (context) => {
    expect(principalFromContext(context)).toBeUndefined();
  });

  it('has no role that is not known', () => {
    expect(principalFromContext({ kind: 'staff', staffId: 'a1', roles: 'owner supervisor' })).toEqual({ kind: 'staff', staffId: 'a1', roles: ['supervisor'] });
  });
});
