import { h01AutomaticLogoff } from '../../../../../lib/compliance/rules/hipaa/h01-automatic-logoff.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const client = (Properties: Json): Record<string, Json> => ({ C: { Type: 'AWS::Cognito::UserPoolClient', Properties } });
const UNITS = { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' };

holds(h01AutomaticLogoff, [
  { name: 'passes for short lives', resources: client({ AccessTokenValidity: 15, IdTokenValidity: '15', RefreshTokenValidity: 540, TokenValidityUnits: UNITS }), gives: ['C AccessToken PASS', 'C IdToken PASS', 'C RefreshToken PASS'] },
  { name: 'knows the defaults and units of AWS', resources: client({ AccessTokenValidity: 2, RefreshTokenValidity: 0 }), gives: ['C AccessToken FAIL', 'C IdToken PASS', 'C RefreshToken FAIL'], says: ['43200 minutes'] },
  { name: 'fails for a unit that does not exist', resources: client({ RefreshTokenValidity: 1, TokenValidityUnits: { RefreshToken: 'weeks' } }), gives: ['C AccessToken PASS', 'C IdToken PASS', 'C RefreshToken FAIL'] },
  { name: 'holds permission sets, agents and bots to theirs', resources: { S: { Type: 'AWS::SSO::PermissionSet', Properties: { SessionDuration: 'PT8H' } }, T: { Type: 'AWS::SSO::PermissionSet', Properties: { SessionDuration: 'P1D' } }, A: { Type: 'AWS::Bedrock::Agent' }, L: { Type: 'AWS::Lex::Bot', Properties: { IdleSessionTTLInSeconds: 86400 } } }, gives: ['S PASS', 'T FAIL', 'A PASS', 'L FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: { ...client({ AccessTokenValidity: UNRESOLVED, IdTokenValidity: 5, RefreshTokenValidity: 1, TokenValidityUnits: UNRESOLVED }), A: { Type: 'AWS::Bedrock::Agent', Properties: { IdleSessionTTLInSeconds: UNRESOLVED } } }, gives: ['C AccessToken UNKNOWN', 'C IdToken UNKNOWN', 'C RefreshToken UNKNOWN', 'A UNKNOWN'], says: ['AParameter'] },
]);
