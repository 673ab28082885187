import { b18ScheduleEncryption } from '../../../../../lib/compliance/rules/blind-spots/b18-schedule-encryption.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const schedule = (properties: object): Record<string, never> => ({ S: { Type: 'AWS::Scheduler::Schedule', Properties: properties } as never });

holds(b18ScheduleEncryption, [
  { name: 'passes with it', resources: schedule({ KmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/1' }), gives: ['S PASS'] },
  { name: 'fails without', resources: schedule({ Target: { Arn: 'arn' } }), gives: ['S FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: schedule({ KmsKeyArn: UNRESOLVED }), gives: ['S UNKNOWN'], says: ['AParameter'] },
]);
