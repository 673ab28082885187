import { b17ScheduleDeadLetters } from '../../../../../lib/compliance/rules/blind-spots/b17-schedule-dead-letters.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const schedule = (properties: object): Record<string, never> => ({ S: { Type: 'AWS::Scheduler::Schedule', Properties: properties } as never });

holds(b17ScheduleDeadLetters, [
  { name: 'passes with it', resources: schedule({ Target: { DeadLetterConfig: { Arn: 'arn' } } }), gives: ['S PASS'] },
  { name: 'fails without', resources: schedule({ Target: { Arn: 'arn' } }), gives: ['S FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: schedule({ Target: { DeadLetterConfig: { Arn: UNRESOLVED } } }), gives: ['S UNKNOWN'], says: ['AParameter'] },
]);
