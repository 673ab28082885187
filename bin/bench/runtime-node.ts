import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Major version of the deployed runtime, `nodejs24.x`. */
const MAJOR = 24;

/** A Node to measure with. */
export interface RuntimeNode {
  readonly path: string;
  readonly version: string;
  /** Whether it is the deployed runtime's. */
  readonly deployed: boolean;
}

/**
 * The deployed runtime's Node: this process's own when it is that, else the npm package of Node's binary, installed once into
 * `.build`. Where neither is to be had, this process's Node, and the figures say so.
 */
export async function runtimeNode(root: string): Promise<RuntimeNode> {
  const own = { path: process.execPath, version: process.version, deployed: process.version.startsWith(`v${MAJOR}.`) };
  if (own.deployed) return own;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = join(root, '.build/runtime');
  const path = join(folder, 'node_modules', name, 'bin/node');
  if (!existsSync(path)) {
    await mkdir(folder, { recursive: true });
    await run('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', `${name}@${MAJOR}`], { cwd: folder }).catch(() => undefined);
  }
  if (!existsSync(path)) return own;
  const { stdout } = await run(path, ['--version']);
  return { path, version: stdout.trim(), deployed: true };
}
