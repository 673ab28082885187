import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

let script: Promise<URL> | undefined;

/** `local/runtime/worker.ts` as one JavaScript file, made once for all test files. */
export function workerScript(): Promise<URL> {
  script ??= bundle();
  return script;
}

async function bundle(): Promise<URL> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'estate-worker-')), 'worker.mjs');
  const entry = join(import.meta.dirname, '../../../local/runtime/worker.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'silent' });
  return pathToFileURL(outfile);
}
