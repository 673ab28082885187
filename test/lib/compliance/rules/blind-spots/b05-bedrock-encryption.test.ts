import { b05BedrockEncryption } from '../../../../../lib/compliance/rules/blind-spots/b05-bedrock-encryption.ts';
import { holds, UNRESOLVED } from '../cases.ts';

holds(b05BedrockEncryption, [
  { name: 'passes with a key', resources: { K: { Type: 'AWS::KMS::Key' }, G: { Type: 'AWS::Bedrock::Guardrail', Properties: { KmsKeyArn: { 'Fn::GetAtt': ['K', 'Arn'] } } }, A: { Type: 'AWS::Bedrock::Agent', Properties: { CustomerEncryptionKeyArn: 'arn:aws:kms:eu-central-1:1:key/1' } }, D: { Type: 'AWS::Bedrock::DataSource', Properties: { ServerSideEncryptionConfiguration: { KmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/1' } } } }, gives: ['G PASS', 'A PASS', 'D PASS'] },
  { name: 'fails without', resources: { G: { Type: 'AWS::Bedrock::Guardrail' }, M: { Type: 'AWS::BedrockAgentCore::Memory', Properties: { EncryptionKeyArn: '' } } }, gives: ['G FAIL', 'M FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: { P: { Type: 'AWS::Bedrock::Prompt', Properties: { CustomerEncryptionKeyArn: { 'Fn::If': ['Own', 'arn', { Ref: 'AWS::NoValue' }] } } }, F: { Type: 'AWS::Bedrock::Flow', Properties: { CustomerEncryptionKeyArn: UNRESOLVED } } }, gives: ['P UNKNOWN', 'F UNKNOWN'], says: ['the condition Own', 'AParameter'] },
]);
