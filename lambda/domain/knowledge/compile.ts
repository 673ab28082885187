import { createHash } from 'node:crypto';
import type { Article } from './article.ts';
import { passagesOf } from './passages.ts';
import { buildIndex, type IndexedDocument } from './search-index.ts';
import type { KnowledgeFile } from './types.ts';

/**
 * Compiles articles to the file that the functions read. The order of the articles does not matter: the same content
 * gives the same bytes, and `version` is its SHA-256.
 * @throws RangeError naming every id that two articles share, or when there is no article.
 */
export function compileKnowledge(articles: readonly Article[]): KnowledgeFile {
  if (articles.length === 0) throw new RangeError('the knowledge base has no article');
  const sorted = articles.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const repeated = sorted.filter((article, index) => sorted[index - 1]?.id === article.id).map(({ id }) => id);
  if (repeated.length > 0) throw new RangeError(`article ids must be unique; used more than once: ${[...new Set(repeated)].join(', ')}`);
  const passages = sorted.flatMap(passagesOf);
  const index = buildIndex([...sorted.map(articleDocument), ...passages.map(({ id, section, text }) => ({ id, section, text }))]);
  const content = { format: 1 as const, passages, index };
  return { ...content, version: createHash('sha256').update(JSON.stringify(content)).digest('hex') };
}

/** Bytes of the file. */
export function serialiseKnowledge(file: KnowledgeFile): string {
  return `${JSON.stringify(file)}\n`;
}

function articleDocument({ id, title, questions, keywords }: Article): IndexedDocument {
  return { id, title, questions: questions.join('\n'), keywords: keywords.join('\n') };
}
