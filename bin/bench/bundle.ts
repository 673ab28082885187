import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figure } from './figure.ts';

/** Size of the chat bundle: what is loaded at start-up, and all of it. */
export async function bundleFigures(folder: string): Promise<Figure[]> {
  const modules = (await readdir(folder)).filter((file) => file.endsWith('.mjs'));
  const sizes = new Map(await Promise.all(modules.map(async (file): Promise<[string, number]> => [file, (await stat(join(folder, file))).size])));
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const start = await staticImports(folder, 'index.mjs');
  const atStart = [...start].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
  const knowledge = (await stat(join(folder, 'knowledge.json'))).size;
  return [
    { name: 'chat bundle, loaded at start-up', value: kilobytes(atStart) },
    { name: 'chat bundle, all modules', value: kilobytes(total) },
    { name: 'knowledge base beside it', value: kilobytes(knowledge) },
  ];
}

/** Modules that the entry loads before anything runs. */
async function staticImports(folder: string, entry: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const text = await readFile(join(folder, entry), 'utf8');
  for (const [, file] of text.matchAll(/(?:from|import)\s*"\.\/([\w-]+\.mjs)"/g)) await staticImports(folder, file as string, seen);
  return seen;
}

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KB`;
