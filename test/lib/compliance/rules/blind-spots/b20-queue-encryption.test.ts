import { b20QueueEncryption } from '../../../../../lib/compliance/rules/blind-spots/b20-queue-encryption.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const queue = (properties: object): Record<string, never> => ({ Q: { Type: 'AWS::SQS::Queue', Properties: properties } as never });

holds(b20QueueEncryption, [
  { name: 'passes with a key', resources: queue({ KmsMasterKeyId: 'alias/mine' }), gives: ['Q PASS'] },
  { name: 'fails without', resources: { Q: { Type: 'AWS::SQS::Queue' } }, gives: ['Q FAIL'] },
  { name: 'fails with the key of SQS', resources: { ...queue({ SqsManagedSseEnabled: true }), A: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: 'alias/aws/sqs' } } }, gives: ['Q FAIL', 'A FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: queue({ KmsMasterKeyId: UNRESOLVED }), gives: ['Q UNKNOWN'], says: ['AParameter'] },
]);
