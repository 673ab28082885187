import { b09FunctionUrlCors } from '../../../../../lib/compliance/rules/blind-spots/b09-function-url-cors.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const cors = (Cors: unknown): Record<string, never> => ({ U: { Type: 'AWS::Lambda::Url', Properties: { Cors } } as never });

holds(b09FunctionUrlCors, [
  { name: 'passes without CORS', resources: { U: { Type: 'AWS::Lambda::Url' } }, gives: ['U PASS'] },
  { name: 'passes with named origins', resources: cors({ AllowOrigins: ['https://www.shop.example'] }), gives: ['U PASS'] },
  { name: 'fails for everybody', resources: cors({ AllowOrigins: ['https://www.shop.example', '*'] }), gives: ['U FAIL'] },
  { name: 'fails for any subdomain, and for plain HTTP', resources: { ...cors({ AllowOrigins: ['https://*.shop.example'] }), B: { Type: 'AWS::Lambda::Url', Properties: { Cors: { AllowOrigins: ['http://shop.example'] } } } }, gives: ['U FAIL', 'B FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: { ...cors({ AllowOrigins: [UNRESOLVED] }), B: { Type: 'AWS::Lambda::Url', Properties: { Cors: UNRESOLVED } } }, gives: ['U UNKNOWN', 'B UNKNOWN'], says: ['AParameter'] },
]);
