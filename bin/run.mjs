// Runs one of our commands: bundles bin/<command>.ts with esbuild (packages stay outside) and calls its main().
// Node 20 cannot run TypeScript, and a type-check on every start would cost seconds; `npm test` type-checks.
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

// Whoever reads our output may stop reading: `npm run report -- prod --expiring 30 | head` is no error.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

// A decision that fails is told with the file and line of its source.
process.setSourceMapsEnabled(true);

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command, ...args] = process.argv.slice(2);
if (command === undefined || !/^[a-z]+$/.test(command) || !existsSync(join(root, 'bin', `${command}.ts`))) {
  process.stderr.write(`There is no command ${command ?? ''}; npm run lists the ones there are.\n`);
  process.exit(2);
}
// Named after this process: two commands may run at once.
const outfile = join(root, '.build', 'bin', `${command}.${process.pid}.mjs`);
await mkdir(dirname(outfile), { recursive: true });
/**
 * Takes the toolkit by require(). An import makes Node evaluate every getter of the package for its facade, which loads all of it:
 * a third of a second that require() does not take.
 */
const requiredPackages = {
  name: 'required-packages',
  setup(bundler) {
    bundler.onResolve({ filter: /^(aws-cdk-lib|constructs|cdk-nag)(\/|$)/ }, ({ path }) => ({ path, namespace: 'required' }));
    bundler.onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({ contents: `module.exports = requirePackage(${JSON.stringify(path)});`, loader: 'js' }));
  },
};
await build({
  entryPoints: [join(root, 'bin', `${command}.ts`)],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  plugins: [requiredPackages],
  banner: { js: "import { createRequire } from 'node:module'; const requirePackage = createRequire(import.meta.url);" },
  sourcemap: 'inline',
  logLevel: 'error',
});
const { main } = await import(pathToFileURL(outfile).href);
await rm(outfile);
process.exitCode = await main(args, root);
