import { b19ScheduleRole } from '../../../../../lib/compliance/rules/blind-spots/b19-schedule-role.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const schedule = (statement: unknown): Record<string, never> => ({ S: { Type: 'AWS::Scheduler::Schedule', Properties: { Target: { RoleArn: { 'Fn::GetAtt': ['R', 'Arn'] } } } } as never, R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: statement } } } as never });
const TRUST = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'scheduler.amazonaws.com' } };

holds(b19ScheduleRole, [
  { name: 'passes on condition of the account', resources: schedule([{ ...TRUST, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } }]), gives: ['S PASS'] },
  { name: 'fails without a condition', resources: schedule(TRUST), gives: ['S FAIL'] },
  { name: 'fails without a role', resources: { S: { Type: 'AWS::Scheduler::Schedule' } }, gives: ['S FAIL'] },
  { name: 'fails for a role that anybody may take', resources: schedule({ ...TRUST, Principal: '*' }), gives: ['S FAIL'] },
  { name: 'cannot tell of a role elsewhere', resources: { S: { Type: 'AWS::Scheduler::Schedule', Properties: { Target: { RoleArn: UNRESOLVED } } }, T: { Type: 'AWS::Scheduler::Schedule', Properties: { Target: { RoleArn: 'arn:aws:iam::1:role/x' } } } }, gives: ['S UNKNOWN', 'T UNKNOWN'], says: ['AParameter'] },
  { name: 'cannot tell of a condition that a parameter holds', resources: schedule({ ...TRUST, Condition: UNRESOLVED }), gives: ['S UNKNOWN'] },
]);
