import { h03EmergencyAccess } from '../../../../../lib/compliance/rules/hipaa/h03-emergency-access.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const role = (Condition: Json): Record<string, Json> => ({ BreakGlass: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'break-glass', AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '1' }, Condition }] } } } });
const rule = (roleArn: Json): Record<string, Json> => ({ Watch: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { detail: { eventName: ['AssumeRole'], requestParameters: { roleArn: [roleArn] } } } } } });
const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };

holds(h03EmergencyAccess, [
  { name: 'passes with an alarm and MFA', resources: { ...role(MFA), ...rule({ 'Fn::GetAtt': ['BreakGlass', 'Arn'] }) }, gives: ['BreakGlass Alarm PASS', 'BreakGlass Trust 1 PASS'] },
  { name: 'passes with an alarm by name', resources: { ...role(MFA), ...rule('arn:aws:iam::1:role/break-glass') }, gives: ['BreakGlass Alarm PASS', 'BreakGlass Trust 1 PASS'] },
  { name: 'fails without either', resources: role({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }), gives: ['BreakGlass Alarm FAIL', 'BreakGlass Trust 1 FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: { ...role(UNRESOLVED), ...rule(UNRESOLVED) }, gives: ['BreakGlass Alarm UNKNOWN', 'BreakGlass Trust 1 UNKNOWN'] },
], { nothing: ['estate MANUAL'] });
