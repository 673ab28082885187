import { h04PersonAuthentication } from '../../../../../lib/compliance/rules/hipaa/h04-person-authentication.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const pool = (Properties: Json): Record<string, Json> => ({ U: { Type: 'AWS::Cognito::UserPool', Properties } });

holds(h04PersonAuthentication, [
  { name: 'passes with a second factor', resources: pool({ MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] }), gives: ['U PASS'] },
  { name: 'fails when it is left to the user', resources: pool({ MfaConfiguration: 'OPTIONAL' }), gives: ['U FAIL'] },
  { name: 'fails without', resources: { U: { Type: 'AWS::Cognito::UserPool' }, V: { Type: 'AWS::Cognito::UserPool', Properties: { MfaConfiguration: 'ON', EnabledMfas: [] } } }, gives: ['U FAIL', 'V FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: pool({ MfaConfiguration: UNRESOLVED }), gives: ['U UNKNOWN'], says: ['AParameter'] },
]);
