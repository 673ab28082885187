import { b07ModelCallersGuarded } from '../../../../../lib/compliance/rules/blind-spots/b07-model-callers-guarded.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const policy = (...actions: unknown[]): never => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: actions.map((Action) => ({ Effect: 'Allow', Action, Resource: '*' })) } } }) as never;

holds(b07ModelCallersGuarded, [
  { name: 'passes with both', resources: { P: policy('bedrock:InvokeModel', ['bedrock:ApplyGuardrail']) }, gives: ['P PASS'] },
  { name: 'sees through wildcards', resources: { P: policy('bedrock:*') }, gives: ['P PASS'] },
  { name: 'fails with the model alone', resources: { P: policy(['bedrock:Invoke*'], 's3:GetObject'), Q: policy('s3:*') }, gives: ['P FAIL'] },
  { name: 'sees inline policies', resources: { R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: { Effect: 'Allow', Action: 'bedrock:InvokeModel' } } }] } } }, gives: ['R FAIL'] },
  { name: 'is not told by a Deny', resources: { R: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: { Effect: 'Deny', Action: 'bedrock:InvokeModel' } } } } }, gives: ['estate NOT_APPLICABLE'] },
  { name: 'cannot tell whether another policy belongs to the same role', resources: { P: policy('bedrock:InvokeModel'), Q: policy('bedrock:ApplyGuardrail') }, gives: ['P UNKNOWN'] },
  { name: 'cannot tell what a parameter allows', resources: { P: policy(UNRESOLVED) }, gives: ['P Statement 1 UNKNOWN'], says: ['AParameter'] },
]);
