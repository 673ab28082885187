import { b01GlobalTableEncryption } from '../../../../../lib/compliance/rules/blind-spots/b01-global-table-encryption.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const table = (replica: Record<string, Json>, more: Record<string, Json> = {}): Record<string, Json> => ({ T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'eu-central-1', ...replica }, { Region: 'eu-west-1', ...replica }], ...more } } });

holds(b01GlobalTableEncryption, [
  { name: 'passes with a key on each replica', resources: table({ SSESpecification: { KMSMasterKeyId: 'alias/mine' } }, { SSESpecification: { SSEEnabled: true, SSEType: 'KMS' } }), gives: ['T PASS', 'T Enabled PASS', 'T Replica eu-central-1 PASS', 'T Replica eu-west-1 PASS'] },
  { name: 'fails without', resources: table({}, { SSESpecification: { SSEEnabled: 'false' } }), gives: ['T FAIL', 'T Enabled FAIL', 'T Replica eu-central-1 FAIL', 'T Replica eu-west-1 FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: table({ SSESpecification: UNRESOLVED }, { SSESpecification: { SSEEnabled: UNRESOLVED, SSEType: UNRESOLVED } }), gives: ['T UNKNOWN', 'T Enabled UNKNOWN', 'T Replica eu-central-1 UNKNOWN', 'T Replica eu-west-1 UNKNOWN'], says: ['AParameter'] },
  { name: 'judges a table without replicas', resources: { T: { Type: 'AWS::DynamoDB::GlobalTable' } }, gives: ['T FAIL', 'T Enabled FAIL', 'T Replica 1 FAIL'] },
]);
