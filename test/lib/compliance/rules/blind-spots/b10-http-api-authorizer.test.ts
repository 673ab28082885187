import { b10HttpApiAuthorizer } from '../../../../../lib/compliance/rules/blind-spots/b10-http-api-authorizer.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const route = (RouteKey: unknown, more: object = {}): Record<string, never> => ({ R: { Type: 'AWS::ApiGatewayV2::Route', Properties: { RouteKey, ...more } } as never });

holds(b10HttpApiAuthorizer, [
  { name: 'passes with an authorizer', resources: route('GET /orders', { AuthorizationType: 'JWT', AuthorizerId: 'a' }), gives: ['R GET /orders PASS'] },
  { name: 'passes with signed requests', resources: route('$connect', { AuthorizationType: 'AWS_IAM' }), gives: ['R $connect PASS'] },
  { name: 'passes for a declared public path', resources: route('GET /v1/health'), parameters: { publicRoutes: ['/v1/health'] }, gives: ['R GET /v1/health PASS'] },
  { name: 'fails without', resources: route('GET /orders'), gives: ['R GET /orders FAIL'] },
  { name: 'fails with a type and no authorizer', resources: route('$default', { AuthorizationType: 'CUSTOM' }), gives: ['R $default FAIL'] },
  { name: 'does not ask the messages of a WebSocket', resources: route('$disconnect'), gives: ['R $disconnect NOT_APPLICABLE'] },
  { name: 'cannot tell what a parameter decides', resources: route('GET /orders', { AuthorizationType: UNRESOLVED }), gives: ['R GET /orders UNKNOWN'], says: ['AParameter'] },
]);
