import { b06BedrockAgentGuardrail } from '../../../../../lib/compliance/rules/blind-spots/b06-bedrock-agent-guardrail.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const agent = (GuardrailConfiguration: object | string): Record<string, never> => ({ A: { Type: 'AWS::Bedrock::Agent', Properties: { GuardrailConfiguration } } as never, V: { Type: 'AWS::Bedrock::GuardrailVersion' } as never });

holds(b06BedrockAgentGuardrail, [
  { name: 'passes with a version of the estate', resources: agent({ GuardrailIdentifier: 'g', GuardrailVersion: { 'Fn::GetAtt': ['V', 'Version'] } }), gives: ['A PASS'] },
  { name: 'passes with a number', resources: agent({ GuardrailIdentifier: 'g', GuardrailVersion: '3' }), gives: ['A PASS'] },
  { name: 'fails without a guardrail', resources: agent({}), gives: ['A FAIL'] },
  { name: 'fails with the draft', resources: agent({ GuardrailIdentifier: 'g', GuardrailVersion: 'DRAFT' }), gives: ['A FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: agent({ GuardrailIdentifier: 'g', GuardrailVersion: UNRESOLVED }), gives: ['A UNKNOWN'], says: ['AParameter'] },
]);
