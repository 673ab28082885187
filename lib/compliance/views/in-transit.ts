import { ENDPOINTS } from '../rules/transport/endpoints.ts';
import { REFUSALS, refusesPlain } from '../rules/transport/deny.ts';
import type { Estate, Resource } from '../template/types.ts';

/** Services whose API answers over HTTPS alone (AWS General Reference, service endpoints). */
const HTTPS_ONLY = new Set(['AWS::Kinesis::Stream', 'AWS::KinesisFirehose::DeliveryStream', 'AWS::Logs::LogGroup', 'AWS::SecretsManager::Secret', 'AWS::Cognito::UserPool', 'AWS::Bedrock::KnowledgeBase', 'AWS::OpenSearchServerless::Collection', 'AWS::BedrockAgentCore::Memory', 'AWS::Kendra::Index', 'AWS::QBusiness::Application', 'AWS::S3Tables::TableBucket', 'AWS::S3Vectors::VectorBucket', 'AWS::Timestream::Table']);
const TABLES = new Set(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable']);

/** What the template says of the way to a store and back. */
export function inTransit(estate: Estate, store: Resource): string {
  if (REFUSALS[store.type] !== undefined) {
    const { verdict, note } = refusesPlain(estate, store);
    if (verdict === 'PASS') return 'TLS only, by policy';
    return verdict === 'FAIL' ? 'plain HTTP is not refused: no policy denies it' : (note ?? 'cannot be told');
  }
  const [endpoint] = [ENDPOINTS[store.type]?.(estate, store) ?? []].flat();
  if (endpoint !== undefined) {
    if (endpoint.verdict === 'PASS') return `TLS, by ${endpoint.property ?? 'its setting'}`;
    return endpoint.verdict === 'FAIL' ? `not held to TLS: ${endpoint.property ?? 'its setting'} is ${endpoint.actual ?? 'absent'}` : (endpoint.note ?? 'cannot be told');
  }
  if (HTTPS_ONLY.has(store.type)) return 'HTTPS, the only protocol of its API';
  return TABLES.has(store.type) ? 'HTTPS where callers use it, as the SDKs do' : 'cannot be told from the template';
}
