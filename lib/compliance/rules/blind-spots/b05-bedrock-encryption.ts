import { valueAt } from '../../template/resolve.ts';
import { check } from '../check.ts';
import { CUSTOMER_KEY, isCustomerKey } from '../keys/customer-key.ts';
import { each, type Rule } from '../rule.ts';

const KEYS: Readonly<Record<string, string>> = {
  'AWS::Bedrock::Guardrail': 'KmsKeyArn',
  'AWS::Bedrock::Agent': 'CustomerEncryptionKeyArn',
  'AWS::Bedrock::DataSource': 'ServerSideEncryptionConfiguration.KmsKeyArn',
  'AWS::Bedrock::Flow': 'CustomerEncryptionKeyArn',
  'AWS::Bedrock::Prompt': 'CustomerEncryptionKeyArn',
  'AWS::Bedrock::AutomatedReasoningPolicy': 'KmsKeyId',
  'AWS::Bedrock::DataAutomationProject': 'KmsKeyId',
  'AWS::Bedrock::Blueprint': 'KmsKeyId',
  'AWS::BedrockAgentCore::Memory': 'EncryptionKeyArn',
  'AWS::BedrockAgentCore::Gateway': 'KmsKeyArn',
};
const TYPES = Object.keys(KEYS);

/** B05: what Bedrock keeps is encrypted with a customer-managed key. */
export const b05BedrockEncryption: Rule = {
  id: 'B05',
  pack: 'Blind-Spots',
  version: 1,
  references: ['GDPR Art. 32(1)(a)', 'HIPAA 164.312(a)(2)(iv)'],
  title: 'Guardrails, agents, prompts, flows, memories and the data sources of knowledge bases name a customer-managed key',
  info: 'Passes when the property that names the key is set: KmsKeyArn of a guardrail, CustomerEncryptionKeyArn of an agent, flow or prompt, ServerSideEncryptionConfiguration of a data source, EncryptionKeyArn of a memory. A knowledge base has no key of its own: its vector store is judged as the store that it is.',
  explanation: 'No stock pack has a rule for a Bedrock type. Without the property Bedrock takes a key that AWS owns, whose use nobody can see or withdraw. Name a key, and let its policy allow the service on condition of the account.',
  looksAt: TYPES,
  judge: each(TYPES, (resource, estate) => {
    const property = KEYS[resource.type] ?? '';
    return check(property, valueAt(estate, resource, property), CUSTOMER_KEY, isCustomerKey);
  }),
};
