import { b03GlobalTableTimeToLive } from '../../../../../lib/compliance/rules/blind-spots/b03-global-table-time-to-live.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const table = (properties: object): Record<string, never> => ({ T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: properties } as never });

holds(b03GlobalTableTimeToLive, [
  { name: 'passes with an attribute', resources: table({ TimeToLiveSpecification: { Enabled: true, AttributeName: 'expiresAt' } }), gives: ['T PASS'] },
  { name: 'fails without', resources: table({}), gives: ['T FAIL'] },
  { name: 'fails without an attribute', resources: table({ TimeToLiveSpecification: { Enabled: true } }), gives: ['T FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: table({ TimeToLiveSpecification: { Enabled: UNRESOLVED } }), gives: ['T UNKNOWN'], says: ['AParameter'] },
  { name: 'does not judge what is not personal', resources: table({ Replicas: [{ Tags: [{ Key: 'data-class', Value: 'operational' }] }] }), gives: ['T NOT_APPLICABLE'] },
]);
