import { b16RuleDeadLetters } from '../../../../../lib/compliance/rules/blind-spots/b16-rule-dead-letters.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const rule = (Targets: unknown): Record<string, never> => ({ R: { Type: 'AWS::Events::Rule', Properties: { Targets } } as never });

holds(b16RuleDeadLetters, [
  { name: 'passes with a queue', resources: rule([{ Id: 'one', DeadLetterConfig: { Arn: 'arn' } }]), gives: ['R Target one PASS'] },
  { name: 'fails without', resources: rule([{ Id: 'one', DeadLetterConfig: { Arn: 'arn' } }, { Id: 'two' }]), gives: ['R Target one PASS', 'R Target two FAIL'] },
  { name: 'does not judge a rule without targets', resources: { R: { Type: 'AWS::Events::Rule' } }, gives: ['R NOT_APPLICABLE'] },
  { name: 'cannot tell what a parameter decides', resources: rule([{ DeadLetterConfig: UNRESOLVED }, UNRESOLVED]), gives: ['R Target 1 UNKNOWN', 'R Target 2 UNKNOWN'], says: ['AParameter'] },
]);
