import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Hash of files and folders (names and contents) and of a text beside them: 16 hex digits. */
export async function hashOf(root: string, paths: readonly string[], text: string): Promise<string> {
  const files = (await Promise.all(paths.map((path) => filesOf(root, path)))).flat().toSorted();
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))));
  const hash = createHash('sha256').update(text);
  for (const [index, file] of files.entries()) hash.update(`\0${file}\0`).update(contents[index] as Buffer);
  return hash.digest('hex').slice(0, 16);
}

async function filesOf(root: string, path: string): Promise<string[]> {
  if ((await stat(join(root, path))).isFile()) return [path];
  const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
