import { valueAt } from '../../template/resolve.ts';
import { check } from '../check.ts';
import { CUSTOMER_KEY, isCustomerKey } from '../keys/customer-key.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::SQS::Queue'];

/** B20: messages are encrypted with a key that can be withdrawn. */
export const b20QueueEncryption: Rule = {
  id: 'B20',
  pack: 'Blind-Spots',
  version: 1,
  references: ['GDPR Art. 32(1)(a)', 'HIPAA 164.312(a)(2)(iv)'],
  title: 'Every queue names a customer-managed key',
  info: 'Passes when KmsMasterKeyId names a key that is not alias/aws/sqs. Encryption with the key of SQS alone (SqsManagedSseEnabled) does not pass.',
  explanation: 'Queues hold messages of users, dead-letter queues for two weeks. The key of SQS can be used by whoever may receive messages: nobody can withdraw or trace its use. Name a customer-managed key in KmsMasterKeyId.',
  looksAt: TYPES,
  judge: each(TYPES, (queue, estate) => check('KmsMasterKeyId', valueAt(estate, queue, 'KmsMasterKeyId'), CUSTOMER_KEY, isCustomerKey)),
};
