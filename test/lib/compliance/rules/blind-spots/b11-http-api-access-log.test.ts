import { b11HttpApiAccessLog } from '../../../../../lib/compliance/rules/blind-spots/b11-http-api-access-log.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const stage = (AccessLogSettings: unknown): Record<string, never> => ({ S: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { AccessLogSettings } } as never });

holds(b11HttpApiAccessLog, [
  { name: 'passes with a destination and a format', resources: stage({ DestinationArn: 'arn', Format: '$context.requestId' }), gives: ['S PASS'] },
  { name: 'fails without', resources: { S: { Type: 'AWS::ApiGatewayV2::Stage' } }, gives: ['S FAIL'] },
  { name: 'fails without a format', resources: stage({ DestinationArn: 'arn' }), gives: ['S FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: stage(UNRESOLVED), gives: ['S UNKNOWN'], says: ['AParameter'] },
]);
