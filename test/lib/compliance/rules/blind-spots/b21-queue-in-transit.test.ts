import { b21QueueInTransit } from '../../../../../lib/compliance/rules/blind-spots/b21-queue-in-transit.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const queue = (statement: unknown, Queues: unknown = [{ Ref: 'Q' }]): Record<string, never> => ({ Q: { Type: 'AWS::SQS::Queue' } as never, P: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues, PolicyDocument: { Statement: statement } } } as never });
const DENY = { Effect: 'Deny', Action: 'sqs:*', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } }, Resource: '*' };

holds(b21QueueInTransit, [
  { name: 'passes with a Deny', resources: queue([DENY]), gives: ['Q PASS'] },
  { name: 'fails without a policy', resources: { Q: { Type: 'AWS::SQS::Queue' } }, gives: ['Q FAIL'] },
  { name: 'fails with a Deny for some actions, for some callers, or with TLS', resources: queue([{ ...DENY, Action: 'sqs:SendMessage' }, { ...DENY, Principal: { AWS: '1' } }, { ...DENY, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }]), gives: ['Q FAIL'] },
  { name: 'fails when the policy is for another queue', resources: { ...queue([DENY], [{ Ref: 'Other' }]), Other: { Type: 'AWS::SQS::Queue' } }, gives: ['Q FAIL', 'Other PASS'] },
  { name: 'cannot tell what a parameter decides', resources: queue([DENY], UNRESOLVED), gives: ['Q UNKNOWN'] },
  { name: 'cannot tell of a statement that a parameter holds', resources: queue([UNRESOLVED]), gives: ['Q UNKNOWN'] },
]);
