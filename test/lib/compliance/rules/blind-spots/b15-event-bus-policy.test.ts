import { b15EventBusPolicy } from '../../../../../lib/compliance/rules/blind-spots/b15-event-bus-policy.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const policy = (statement: unknown): Record<string, never> => ({ P: { Type: 'AWS::Events::EventBusPolicy', Properties: { Statement: statement } } as never });
const allow = (more: object): never => ({ Effect: 'Allow', Action: 'events:PutEvents', Resource: '*', ...more }) as never;

holds(b15EventBusPolicy, [
  { name: 'passes for a named account', resources: policy(allow({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } })), gives: ['P Statement 1 PASS'] },
  { name: 'passes for a bus without a policy', resources: { B: { Type: 'AWS::Events::EventBus' } }, gives: ['B PASS'] },
  { name: 'passes for an organisation', resources: policy([allow({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })]), gives: ['P Statement 1 PASS'] },
  { name: 'fails for everybody', resources: { ...policy([allow({ Principal: '*' }), allow({ Principal: { AWS: ['*'] } })]), B: { Type: 'AWS::Events::EventBus', Properties: { Policy: { Statement: allow({ Principal: '*' }) } } } }, gives: ['P Statement 1 FAIL', 'P Statement 2 FAIL', 'B Statement 1 FAIL'] },
  { name: 'fails for a condition that confines nobody', resources: policy([allow({ Principal: '*', Condition: { StringEquals: { 'events:source': 'x' } } }), allow({ Principal: '*', Condition: { StringLike: { 'aws:PrincipalOrgID': '*' } } }), allow({ Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }), allow({ Principal: '*', Condition: { StringEqualsIfExists: { 'aws:SourceArn': 'arn' } } })]), gives: ['P Statement 1 FAIL', 'P Statement 2 FAIL', 'P Statement 3 FAIL', 'P Statement 4 FAIL'] },
  { name: 'fails for all but some', resources: policy(allow({ NotPrincipal: { AWS: '1' } })), gives: ['P Statement 1 FAIL'] },
  { name: 'reads the older form', resources: { P: { Type: 'AWS::Events::EventBusPolicy', Properties: { Principal: '*' } }, Q: { Type: 'AWS::Events::EventBusPolicy', Properties: { Principal: '*', Condition: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-1' } } } }, gives: ['P FAIL', 'Q PASS'] },
  { name: 'cannot tell what a parameter decides', resources: policy([allow({ Principal: UNRESOLVED }), allow({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': UNRESOLVED } } }), UNRESOLVED]), gives: ['P Statement 1 UNKNOWN', 'P Statement 2 UNKNOWN', 'P Statement 3 UNKNOWN'], says: ['AParameter'] },
]);
