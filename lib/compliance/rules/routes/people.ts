import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { memberOf, textOf } from '../../template/value.ts';
import { check, isTrue, literal, type Finding } from '../check.ts';

/** Whether an identity pool lets guests in. */
export function identityPool(estate: Estate, pool: Resource): Finding {
  return check('AllowUnauthenticatedIdentities', valueAt(estate, pool, 'AllowUnauthenticatedIdentities'), 'false', literal((text) => text.toLowerCase() === 'false'));
}

/** Whether those who sign in prove it twice. Where people sign themselves up they may choose; where administrators make the accounts it is staff, who have no choice. */
export function userPool(estate: Estate, pool: Resource): Finding {
  const all = valueAt(estate, pool);
  const [mfa, staff] = [memberOf(all, 'MfaConfiguration'), memberOf(all, 'AdminCreateUserConfig.AllowAdminCreateUserOnly')];
  if (textOf(mfa) !== 'OPTIONAL') return check('MfaConfiguration', mfa, 'ON', literal((text) => text === 'ON'));
  const byStaff = staff.kind === 'absent' ? false : isTrue(staff);
  const finding = { property: 'MfaConfiguration', actual: 'OPTIONAL', expected: 'ON for a pool whose accounts administrators make' };
  if (staff.kind === 'unknown' || byStaff === undefined) return { ...finding, verdict: 'UNKNOWN', note: 'Who makes its accounts is not told by the template.' };
  return byStaff ? { ...finding, verdict: 'FAIL' } : { ...finding, verdict: 'PASS', note: 'People sign themselves up, and may choose a second factor.' };
}
