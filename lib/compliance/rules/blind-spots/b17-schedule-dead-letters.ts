import { valueAt } from '../../template/resolve.ts';
import { check, isSet } from '../check.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::Scheduler::Schedule'];

/** B17: a schedule that could not run leaves a trace. */
export const b17ScheduleDeadLetters: Rule = {
  id: 'B17',
  pack: 'Blind-Spots',
  version: 1,
  references: ['GDPR Art. 32(1)(b)', 'HIPAA 164.312(c)(1)'],
  title: 'Every schedule has a dead-letter queue',
  info: 'Passes when Target.DeadLetterConfig of an EventBridge Scheduler schedule names a queue.',
  explanation: 'Scheduler drops a run after its retries, without a trace. Deletions and reports that hang on it are then missing and nobody knows. Set Target.DeadLetterConfig, and an alarm on the queue.',
  looksAt: TYPES,
  judge: each(TYPES, (schedule, estate) => check('Target.DeadLetterConfig.Arn', valueAt(estate, schedule, 'Target.DeadLetterConfig.Arn'), 'a queue', isSet)),
};
