import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Break } from '../../test/promises/breaks/break.ts';
import { UsageError } from '../command.ts';
import { runQuietly } from '../tool.ts';

/** A copy of the project to break things in; this checkout is never touched. */
export interface ScratchCopy {
  readonly root: string;
  readonly remove: () => Promise<void>;
}

/** Copies what git would commit, and links the packages. */
export async function scratchCopy(root: string): Promise<ScratchCopy> {
  const copy = await mkdtemp(join(tmpdir(), 'chatbot-broken-'));
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }).split('\0');
  for (const file of files.filter((name) => name !== '')) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    // A file that was deleted and not yet committed is still listed.
    await cp(join(root, file), join(copy, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  return { root: copy, remove: () => rm(copy, { recursive: true, force: true }) };
}

/**
 * Breaks the copy in one way, runs the promise's tests, and mends it again.
 * @returns whether the tests noticed
 * @throws UsageError when the text to be replaced does not stand in the file exactly once
 */
export async function isNoticed({ root }: ScratchCopy, { promise, file, find, replace }: Break, tests: readonly string[]): Promise<boolean> {
  const path = join(root, file);
  const source = await readFile(path, 'utf8');
  if (source.split(find).length !== 2) throw new UsageError(`The break of ${promise} in ${file} does not fit any more: its text must stand there once. Write it anew in test/promises/breaks.`);
  await writeFile(path, source.replace(find, () => replace));
  try {
    const { code } = await runQuietly({ root }, 'vitest', ['run', '--update=none', ...tests]);
    return code !== 0;
  } finally {
    await writeFile(path, source);
  }
}
