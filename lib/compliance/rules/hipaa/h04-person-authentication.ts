import { valueAt } from '../../template/resolve.ts';
import { check, isSet, literal } from '../check.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::Cognito::UserPool'];

/** H04: whoever signs in shows more than a password. */
export const h04PersonAuthentication: Rule = {
  id: 'H04',
  pack: 'HIPAA-Additions',
  version: 1,
  references: ['HIPAA 164.312(d)'],
  title: 'Everybody who signs in shows a second factor',
  info: 'Passes when MfaConfiguration of a user pool is ON and EnabledMfas names a factor.',
  explanation: 'A password alone is guessed, shared and phished, and OPTIONAL leaves the choice to whoever has stolen it. Set MfaConfiguration ON with SOFTWARE_TOKEN_MFA; messages to telephones can be taken over.',
  looksAt: TYPES,
  judge: each(TYPES, (pool, estate) => {
    const configured = check('MfaConfiguration', valueAt(estate, pool, 'MfaConfiguration'), 'ON', literal((text) => text === 'ON'));
    return configured.verdict === 'PASS' ? check('EnabledMfas', valueAt(estate, pool, 'EnabledMfas'), 'a factor', isSet) : configured;
  }),
};
