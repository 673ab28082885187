import { valueAt } from '../../template/resolve.ts';
import { check, literal } from '../check.ts';
import { asPersonal } from '../personal.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::Bedrock::DataSource'];

/** G06: removing a source of knowledge removes what was derived from it. */
export const g06VectorsDeleted: Rule = {
  id: 'G06',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 17'],
  title: 'Deleting a data source of a knowledge base deletes what was embedded from it',
  info: 'Passes when DataDeletionPolicy is DELETE, in so many words: the default is not in the template. Data sources whose knowledge base stands in the estate and is tagged as not personal are not judged.',
  explanation: 'Embeddings keep the text that they were made from. With RETAIN they stay in the vector store when the source is gone, where nobody looks for them any more. Set DataDeletionPolicy: DELETE.',
  looksAt: TYPES,
  judge: each(TYPES, (source, estate, parameters) => {
    const base = valueAt(estate, source, 'KnowledgeBaseId');
    const judge = () => check('DataDeletionPolicy', valueAt(estate, source, 'DataDeletionPolicy'), 'DELETE', literal((policy) => policy === 'DELETE'));
    if (base.kind !== 'reference') return judge();
    return asPersonal(estate, base.resource, parameters, judge).map((finding) => (finding.verdict === 'NOT_APPLICABLE' ? { ...finding, note: `Of its knowledge base: ${finding.note ?? ''}` } : finding));
  }),
};
