import { valueAt } from '../../template/resolve.ts';
import { booleanOf, shown } from '../../template/value.ts';
import { check } from '../check.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::Cognito::UserPool', 'AWS::Cognito::IdentityPool', 'AWS::IAM::AccessKey', 'AWS::IAM::User'];

/** H02: each read of staff has one person behind it. */
export const h02UniqueUsers: Rule = {
  id: 'H02',
  pack: 'HIPAA-Additions',
  version: 1,
  references: ['HIPAA 164.312(a)(2)(i)'],
  title: 'Each read by staff has one named person behind it',
  info: 'Fails for IAM users and access keys, which are shared by whoever holds them, and for identity pools that let guests in. Each user pool is MANUAL: a template shows that there is a sign-in, not that accounts are not shared nor that the record of a read names the person.',
  explanation: 'A record that says "the application read it" names nobody. Let staff sign in with their own account, pass the subject of their token into the record of each read, and use roles instead of IAM users.',
  looksAt: TYPES,
  judge: each(TYPES, (resource, estate) => {
    if (resource.type === 'AWS::Cognito::UserPool') return { verdict: 'MANUAL', property: 'AdminCreateUserConfig.AllowAdminCreateUserOnly', actual: shown(valueAt(estate, resource, 'AdminCreateUserConfig.AllowAdminCreateUserOnly')), expected: 'an account for each person', note: 'Evidence wanted: the list of accounts against the list of staff, dated, and one record of a read that names the person.' };
    if (resource.type === 'AWS::Cognito::IdentityPool') return check('AllowUnauthenticatedIdentities', valueAt(estate, resource, 'AllowUnauthenticatedIdentities'), 'false', (value) => (value.kind === 'literal' ? booleanOf(value) === false : value.kind === 'absent' ? false : undefined));
    return { verdict: 'FAIL', actual: resource.type, expected: 'a role, taken by a person who signed in', note: 'A user or key of IAM names who holds it, not who uses it.' };
  }),
};
