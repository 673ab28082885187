import { readdir } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';

/** Names of the functions: one handler file each. */
export async function functionNames(root: string): Promise<string[]> {
  const files = await readdir(join(root, 'lambda/handlers'));
  return files.filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -'.ts'.length)).toSorted();
}

/**
 * Takes Node's own modules by `process.getBuiltinModule` instead of `import` or `require`, which an ES module lacks. An import makes Node evaluate every getter of the module
 * for its facade, and the ones of `node:http` load undici: a quarter of the time to the first reply.
 */
const builtinsWithoutFacade = (root: string): Plugin => ({
  name: 'builtins-without-facade',
  setup(bundler) {
    bundler.onResolve({ filter: /^[a-z_0-9:/]+$/ }, ({ path, importer }) => {
      const name = path.replace(/^node:/, '');
      // One copy for each file that imports it: one for all would be a chunk of a hundred bytes, which costs a read and a module at start.
      return builtinModules.includes(name) ? { path: `node:${name}`, suffix: `?${relative(root, importer)}`, namespace: 'builtin' } : undefined;
    });
    bundler.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`, loader: 'js' }));
  },
});

/**
 * Builds every function's bundle with one call of esbuild each, side by side: an ES module, split, so that what only some turns need
 * (Bedrock's client, the knowledge base) is loaded on first use. Same sources, same bytes: names hold content hashes.
 */
export async function buildHandlers(root: string, outDir: string): Promise<void> {
  const names = await functionNames(root);
  await Promise.all(names.map((name) => buildHandler(root, name, join(outDir, name))));
}

async function buildHandler(root: string, name: string, outdir: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: { index: `lambda/handlers/${name}.ts` },
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    legalComments: 'none',
    plugins: [builtinsWithoutFacade(root)],
    // Paths are part of what esbuild hashes: a checkout with linked packages must give the same bytes.
    preserveSymlinks: true,
    logLevel: 'error',
  });
}
