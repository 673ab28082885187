import { valueAt } from '../../template/resolve.ts';
import { check } from '../check.ts';
import { CUSTOMER_KEY, isCustomerKey } from '../keys/customer-key.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::Scheduler::Schedule'];

/** B18: what a schedule carries is encrypted with a customer-managed key. */
export const b18ScheduleEncryption: Rule = {
  id: 'B18',
  pack: 'Blind-Spots',
  version: 1,
  references: ['GDPR Art. 32(1)(a)', 'HIPAA 164.312(a)(2)(iv)'],
  title: 'Every schedule names a customer-managed key',
  info: 'Passes when KmsKeyArn of an EventBridge Scheduler schedule is set.',
  explanation: 'The input of a schedule is kept until it runs, and one-time schedules often carry a person in it. Name a key in KmsKeyArn and allow the role of the schedule to decrypt with it.',
  looksAt: TYPES,
  judge: each(TYPES, (schedule, estate) => check('KmsKeyArn', valueAt(estate, schedule, 'KmsKeyArn'), CUSTOMER_KEY, isCustomerKey)),
};
