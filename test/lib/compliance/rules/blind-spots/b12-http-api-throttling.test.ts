import { b12HttpApiThrottling } from '../../../../../lib/compliance/rules/blind-spots/b12-http-api-throttling.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const stage = (DefaultRouteSettings: unknown): Record<string, never> => ({ S: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { DefaultRouteSettings } } as never });

holds(b12HttpApiThrottling, [
  { name: 'passes with both limits', resources: stage({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: '100' }), gives: ['S RateLimit PASS', 'S BurstLimit PASS'] },
  { name: 'fails without', resources: stage({ ThrottlingRateLimit: 0 }), gives: ['S RateLimit FAIL', 'S BurstLimit FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: stage({ ThrottlingRateLimit: UNRESOLVED, ThrottlingBurstLimit: 5 }), gives: ['S RateLimit UNKNOWN', 'S BurstLimit PASS'], says: ['AParameter'] },
]);
