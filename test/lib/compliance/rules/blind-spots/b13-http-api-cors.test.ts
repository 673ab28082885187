import { b13HttpApiCors } from '../../../../../lib/compliance/rules/blind-spots/b13-http-api-cors.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const cors = (CorsConfiguration: unknown): Record<string, never> => ({ A: { Type: 'AWS::ApiGatewayV2::Api', Properties: { CorsConfiguration } } as never });

holds(b13HttpApiCors, [
  { name: 'passes without CORS', resources: { A: { Type: 'AWS::ApiGatewayV2::Api' } }, gives: ['A PASS'] },
  { name: 'passes with named origins', resources: cors({ AllowOrigins: ['https://www.shop.example'] }), gives: ['A PASS'] },
  { name: 'fails for everybody', resources: cors({ AllowOrigins: ['https://www.shop.example', '*'] }), gives: ['A FAIL'] },
  { name: 'fails for any subdomain, and for plain HTTP', resources: { ...cors({ AllowOrigins: ['https://*.shop.example'] }), B: { Type: 'AWS::ApiGatewayV2::Api', Properties: { CorsConfiguration: { AllowOrigins: ['http://shop.example'] } } } }, gives: ['A FAIL', 'B FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: { ...cors({ AllowOrigins: [UNRESOLVED] }), B: { Type: 'AWS::ApiGatewayV2::Api', Properties: { CorsConfiguration: UNRESOLVED } } }, gives: ['A UNKNOWN', 'B UNKNOWN'], says: ['AParameter'] },
]);
