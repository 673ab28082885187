import { rmSync } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPages } from '../../pages/build.ts';
import { buildHandlers } from './handlers.ts';
import { hashOf } from './hash.ts';
import { readKnowledge } from './knowledge.ts';

export { KnowledgeError } from './knowledge.ts';

/** Functions that read the knowledge base. */
const READS_KNOWLEDGE = ['chat', 'turn-worker'];
/** What bundles are made from, beside the articles. */
const SOURCES = ['lambda', 'pages', 'bin/build', 'package-lock.json', 'tsconfig.json'];

/** What an environment's bundles are built from. */
export interface BundleInput {
  /** Folder of the articles, from the project's root. */
  readonly knowledgeFolder: string;
}

/**
 * Builds all bundles with what stands beside them: the knowledge base and the page's files. The folder is named after
 * what it is built from: an unchanged source is not built twice, environments that share a knowledge folder share the
 * bundles, and two commands at once cannot take them from each other.
 * @returns the folder of the bundles, one folder a function
 * @throws KnowledgeError when an article cannot be used
 */
export async function buildBundles(root: string, input: BundleInput): Promise<string> {
  const articles = await readKnowledge(join(root, input.knowledgeFolder));
  const bundles = join(root, '.build', `bundles-${await hashOf(root, SOURCES, articles)}`);
  if (await exists(bundles)) return bundles;
  await mkdir(join(root, '.build'), { recursive: true });
  const unfinished = await mkdtemp(join(root, '.build/unfinished-'));
  const clear = (): void => rmSync(unfinished, { recursive: true, force: true });
  process.once('exit', clear);
  await buildHandlers(root, unfinished);
  await mkdir(join(unfinished, 'pages/files'), { recursive: true });
  await Promise.all([...READS_KNOWLEDGE.map((name) => writeFile(join(unfinished, name, 'knowledge.json'), articles)), buildPages(join(unfinished, 'pages/files'))]);
  // Whoever built the same first has won; ours is the same.
  await rename(unfinished, bundles).catch(() => rm(unfinished, { recursive: true, force: true }));
  process.off('exit', clear);
  return bundles;
}

async function exists(folder: string): Promise<boolean> {
  return access(folder).then(
    () => true,
    () => false,
  );
}
