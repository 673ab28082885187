import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the local estate: its command, and beside it the script that a function runs in. Returns the file of the command. */
export async function buildLocal(root: string): Promise<string> {
  const outdir = join(root, '.build/local');
  await build({
    entryPoints: { main: join(root, 'local/main.ts'), worker: join(root, 'local/runtime/worker.ts') },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'error',
  });
  return join(outdir, 'main.mjs');
}
