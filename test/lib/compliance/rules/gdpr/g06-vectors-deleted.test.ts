import { g06VectorsDeleted } from '../../../../../lib/compliance/rules/gdpr/g06-vectors-deleted.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const source = (properties: Record<string, Json>): Json => ({ Type: 'AWS::Bedrock::DataSource', Properties: properties });

holds(g06VectorsDeleted, [
  { name: 'passes DELETE', resources: { Source: source({ DataDeletionPolicy: 'DELETE' }) }, gives: ['Source PASS'] },
  { name: 'fails RETAIN, and what does not say', resources: { Retain: source({ DataDeletionPolicy: 'RETAIN' }), Silent: source({}) }, gives: ['Retain FAIL', 'Silent FAIL'], says: ['RETAIN', 'absent'] },
  { name: 'leaves out the source of a base that is tagged as not personal', resources: { Source: source({ KnowledgeBaseId: { Ref: 'Base' } }), Base: { Type: 'AWS::Bedrock::KnowledgeBase', Properties: { Tags: { 'data-class': 'public' } } } }, gives: ['Source NOT_APPLICABLE'], says: ['public'] },
  { name: 'cannot tell a parameter', resources: { Source: source({ DataDeletionPolicy: UNRESOLVED }) }, gives: ['Source UNKNOWN'], says: ['AParameter'] },
]);
