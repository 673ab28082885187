import { g13PromptAttack } from '../../../../../lib/compliance/rules/gdpr/g13-prompt-attack.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const guardrail = (filter: Json): Json => ({ Type: 'AWS::Bedrock::Guardrail', Properties: { ContentPolicyConfig: { FiltersConfig: [{ Type: 'HATE', InputStrength: 'LOW' }, filter] } } });
const HIGH: Record<string, Json> = { Type: 'PROMPT_ATTACK', InputStrength: 'HIGH', OutputStrength: 'NONE' };
const statement = (action: Json, more: Record<string, Json> = {}): Json => ({ Effect: 'Allow', Action: action, Resource: '*', ...more });
const role = (...statements: Json[]): Json => ({ Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }] } });
const caller = (variables: Record<string, Json>): Json => ({ Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Environment: { Variables: variables } } });
const INVOKE = 'bedrock:InvokeModel';
const BOTH = [statement(INVOKE), statement('bedrock:ApplyGuardrail')];

holds(g13PromptAttack, [
  { name: 'passes a guardrail with the filter at HIGH', resources: { One: guardrail(HIGH) }, gives: ['One PASS'] },
  { name: 'fails a lower strength, a filter that is off, and one that reports', resources: { One: guardrail({ ...HIGH, InputStrength: 'MEDIUM' }), Two: guardrail({ ...HIGH, InputEnabled: false }), Three: guardrail({ ...HIGH, InputAction: 'NONE' }) }, gives: ['One FAIL', 'Two FAIL', 'Three FAIL'] },
  { name: 'fails a guardrail without the filter', resources: { One: guardrail({ Type: 'VIOLENCE', InputStrength: 'HIGH' }) }, gives: ['One FAIL'] },
  { name: 'leaves a model elsewhere, of which no template tells, to a person', resources: { One: guardrail(HIGH) }, parameters: { modelWithoutGuardrail: 'The gates of the bot hold for every model.' }, gives: ['One PASS', 'estate Model elsewhere MANUAL'], says: ['The gates of the bot hold'] },
  { name: 'does not guess at a strength', resources: { One: guardrail({ ...HIGH, InputStrength: UNRESOLVED }) }, gives: ['One UNKNOWN'], says: ['AParameter'] },
  { name: 'asks each agent', resources: { One: { Type: 'AWS::Bedrock::Agent', Properties: { GuardrailConfiguration: { GuardrailIdentifier: 'abc', GuardrailVersion: '1' } } }, Two: { Type: 'AWS::Bedrock::Agent' } }, gives: ['One PASS', 'Two FAIL'] },
  {
    name: 'asks each node of a flow that asks a model',
    resources: { One: { Type: 'AWS::Bedrock::Flow', Properties: { Definition: { Nodes: [{ Name: 'in', Configuration: { Input: {} } }, { Name: 'ask', Configuration: { Prompt: { GuardrailConfiguration: { GuardrailIdentifier: 'abc' } } } }, { Name: 'look', Configuration: { KnowledgeBase: { ModelId: 'm' } } }] } } }, Two: { Type: 'AWS::Bedrock::Flow', Properties: { DefinitionS3Location: { Bucket: 'b', Key: 'k' } } } },
    gives: ['One Node ask PASS', 'One Node look FAIL', 'Two UNKNOWN'],
  },
  { name: 'passes a caller that may apply a guardrail and names one', resources: { Role: role(...BOTH), Caller: caller({ GUARDRAIL_ID: 'abc' }) }, gives: ['Role PASS'] },
  { name: 'follows a policy to its role, and a reference to the guardrail', resources: { Role: role(), Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: BOTH } } }, Caller: caller({ SETTING: { 'Fn::GetAtt': ['Guardrail', 'GuardrailId'] } }), Guardrail: guardrail(HIGH) }, gives: ['Guardrail PASS', 'Role PASS'] },
  { name: 'passes a policy that demands the guardrail', resources: { Role: role(statement(INVOKE, { Condition: { StringEquals: { 'bedrock:GuardrailIdentifier': 'arn' } } })) }, gives: ['Role PASS'] },
  { name: 'fails a caller that may not apply a guardrail', resources: { Role: role(statement('bedrock:InvokeModel*')), Caller: caller({ GUARDRAIL_ID: 'abc' }) }, gives: ['Role FAIL'], says: ['Caller'] },
  { name: 'does not guess at a caller that may, but names none', resources: { Role: role(...BOTH), Caller: caller({}) }, gives: ['Role UNKNOWN'] },
  { name: 'does not guess at a guardrail that is a parameter', resources: { Role: role(...BOTH), Caller: caller({ GUARDRAIL_ID: UNRESOLVED }) }, gives: ['Role UNKNOWN'] },
  { name: 'leaves out who makes vectors, and who only Bedrock runs as', resources: { Role: role(statement(INVOKE, { Resource: 'arn:aws:bedrock:eu-central-1::foundation-model/amazon.titan-embed-text-v2:0' })), Base: role(statement(INVOKE)), Knowledge: { Type: 'AWS::Bedrock::KnowledgeBase', Properties: { RoleArn: { 'Fn::GetAtt': ['Base', 'Arn'] } } } }, gives: ['estate NOT_APPLICABLE'] },
]);
