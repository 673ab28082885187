import { b04GlobalTableDeletionProtection } from '../../../../../lib/compliance/rules/blind-spots/b04-global-table-deletion-protection.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const table = (replica: Record<string, Json>, more: Record<string, Json> = {}): Record<string, Json> => ({ T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'eu-central-1', ...replica }, { Region: 'eu-west-1', ...replica }], ...more } } });

holds(b04GlobalTableDeletionProtection, [
  { name: 'passes when every replica has it', resources: table({ DeletionProtectionEnabled: true }), gives: ['T Replica eu-central-1 PASS', 'T Replica eu-west-1 PASS'] },
  { name: 'fails when a replica lacks it', resources: { T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'a', DeletionProtectionEnabled: true }, { Region: 'b' }, { DeletionProtectionEnabled: false }] } } }, gives: ['T Replica a PASS', 'T Replica b FAIL', 'T Replica 3 FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: table({ DeletionProtectionEnabled: UNRESOLVED }), gives: ['T Replica eu-central-1 UNKNOWN', 'T Replica eu-west-1 UNKNOWN'], says: ['AParameter'] },
  { name: 'cannot tell of replicas that a parameter holds', resources: table({}, { Replicas: UNRESOLVED }), gives: ['T Replica 1 UNKNOWN'] },
]);
