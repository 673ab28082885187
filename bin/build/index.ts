import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPages } from '../../pages/build.ts';
import { buildHandlers } from './handlers.ts';
import { readKnowledge } from './knowledge.ts';

export { KnowledgeError } from './knowledge.ts';

/** Functions that read the knowledge base. */
const READS_KNOWLEDGE = ['chat', 'turn-worker'];

/** What an environment's bundles are built from. */
export interface BundleInput {
  /** Folder of the articles, from the project's root. */
  readonly knowledgeFolder: string;
}

/**
 * Builds all bundles with what stands beside them: the knowledge base and the page's files. Environments that share a
 * knowledge folder share the bundles, so that what was tested in one is what another gets. The folder is this process's
 * own and goes with it (a synth copies what it needs), so that two commands at once cannot take it from each other.
 * @returns the folder of the bundles, one folder a function
 * @throws KnowledgeError when an article cannot be used
 */
export async function buildBundles(root: string, input: BundleInput): Promise<string> {
  await mkdir(join(root, '.build'), { recursive: true });
  const bundles = await mkdtemp(join(root, '.build/bundles-'));
  process.once('exit', () => rmSync(bundles, { recursive: true, force: true }));
  const [knowledge] = await Promise.all([readKnowledge(join(root, input.knowledgeFolder)), buildHandlers(root, bundles)]);
  await mkdir(join(bundles, 'pages/files'), { recursive: true });
  await Promise.all([...READS_KNOWLEDGE.map((name) => writeFile(join(bundles, name, 'knowledge.json'), knowledge)), buildPages(join(bundles, 'pages/files'))]);
  return bundles;
}
