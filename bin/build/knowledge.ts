import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArticle } from '../../lambda/domain/knowledge/article.ts';
import type { Article } from '../../lambda/domain/knowledge/article.ts';
import { compileKnowledge, serialiseKnowledge } from '../../lambda/domain/knowledge/compile.ts';

/** The articles cannot be used; the message lists every problem. */
export class KnowledgeError extends Error {
  override readonly name = 'KnowledgeError';
}

/**
 * Reads a folder of articles and compiles it to the file that functions search.
 * @throws KnowledgeError with the problems of all articles at once.
 */
export async function readKnowledge(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    throw new KnowledgeError(`The knowledge folder ${folder} cannot be read; set knowledge.folder to a folder of Markdown articles.`);
  });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.md')).map((entry) => join(entry.parentPath, entry.name)).toSorted();
  const parsed = await Promise.all(files.map(async (file) => parseArticle(relative(folder, file), await readFile(file, 'utf8'))));
  const problems = parsed.flatMap((result) => ('problems' in result ? result.problems : []));
  if (files.length === 0) problems.push(`${folder} holds no article; put Markdown files with front matter there.`);
  if (problems.length > 0) throw new KnowledgeError(`The knowledge base has ${problems.length} problem(s):\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  const articles: Article[] = parsed.flatMap((result) => ('article' in result ? [result.article] : []));
  return serialiseKnowledge(compileKnowledge(articles));
}
