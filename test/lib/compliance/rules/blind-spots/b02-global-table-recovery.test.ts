import { b02GlobalTableRecovery } from '../../../../../lib/compliance/rules/blind-spots/b02-global-table-recovery.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const table = (replica: Record<string, Json>, more: Record<string, Json> = {}): Record<string, Json> => ({ T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'eu-central-1', ...replica }, { Region: 'eu-west-1', ...replica }], ...more } } });

holds(b02GlobalTableRecovery, [
  { name: 'passes when every replica has it', resources: table({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }), gives: ['T Replica eu-central-1 PASS', 'T Replica eu-west-1 PASS'] },
  { name: 'fails when a replica lacks it', resources: { T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'a', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }, { Region: 'b' }, { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } }] } } }, gives: ['T Replica a PASS', 'T Replica b FAIL', 'T Replica 3 FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: table({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: UNRESOLVED } }), gives: ['T Replica eu-central-1 UNKNOWN', 'T Replica eu-west-1 UNKNOWN'], says: ['AParameter'] },
  { name: 'cannot tell of replicas that a parameter holds', resources: table({}, { Replicas: UNRESOLVED }), gives: ['T Replica 1 UNKNOWN'] },
]);
