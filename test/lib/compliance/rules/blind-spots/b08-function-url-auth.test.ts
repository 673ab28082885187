import { b08FunctionUrlAuth } from '../../../../../lib/compliance/rules/blind-spots/b08-function-url-auth.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const url = (AuthType: unknown): Record<string, never> => ({ U: { Type: 'AWS::Lambda::Url', Properties: { AuthType } } as never });

holds(b08FunctionUrlAuth, [
  { name: 'passes with signed requests', resources: url('AWS_IAM'), gives: ['U PASS'] },
  { name: 'fails when it is open', resources: url('NONE'), gives: ['U FAIL'] },
  { name: 'fails when it says nothing', resources: { U: { Type: 'AWS::Lambda::Url' } }, gives: ['U FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: url(UNRESOLVED), gives: ['U UNKNOWN'], says: ['AParameter'] },
]);
