import { valueAt } from '../../template/resolve.ts';
import { check } from '../check.ts';
import { CUSTOMER_KEY, isCustomerKey } from '../keys/customer-key.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::Events::EventBus', 'AWS::Events::Archive', 'AWS::Events::Connection'];

/** B14: events, archives of them and credentials of connections are encrypted with a customer-managed key. */
export const b14EventBusEncryption: Rule = {
  id: 'B14',
  pack: 'Blind-Spots',
  version: 1,
  references: ['GDPR Art. 32(1)(a)', 'HIPAA 164.312(a)(2)(iv)'],
  title: 'Event buses, archives and connections name a customer-managed key',
  info: 'Passes when KmsKeyIdentifier is set.',
  explanation: 'Events carry what users say and do, archives keep it, connections hold credentials; all three are under a key that AWS owns unless KmsKeyIdentifier says otherwise. Name a key whose policy allows events.amazonaws.com on condition of the account and the bus.',
  looksAt: TYPES,
  judge: each(TYPES, (resource, estate) => check('KmsKeyIdentifier', valueAt(estate, resource, 'KmsKeyIdentifier'), CUSTOMER_KEY, isCustomerKey)),
};
