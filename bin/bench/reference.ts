import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { spreadOf, spreadText } from '../measure.ts';
import { REFERENCE_MILLISECONDS, type Figure } from './figure.ts';
import type { RuntimeNode } from './runtime-node.ts';

const run = promisify(execFile);

/** Four clients of the SDK, made at start-up: what a function of this kind loads when nobody looks at it. */
const CLIENTS = `import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
const options = { region: 'eu-central-1' };
export const clients = [new DynamoDBClient(options), new KMSClient(options), new SecretsManagerClient(options), new BedrockRuntimeClient(options)];
`;

/** Loads the module that it is given and prints the milliseconds. */
const TIMER = 'const before = performance.now(); await import(process.argv[2]); console.log(performance.now() - before);';

/** What machines are compared by: the same figure for the toolkit's default bundle (CommonJS, minified). It is not ours to improve. */
export async function referenceFigures(root: string, node: RuntimeNode, runs: number): Promise<{ readonly figures: Figure[]; readonly milliseconds: number }> {
  const folder = join(root, '.build/bench/reference');
  await mkdir(folder, { recursive: true });
  const [bundle, timer] = [join(folder, 'clients.cjs'), join(folder, 'timer.mjs')];
  await build({ stdin: { contents: CLIENTS, resolveDir: root }, outfile: bundle, bundle: true, minify: true, platform: 'node', format: 'cjs', target: 'node22', logLevel: 'error' });
  await writeFile(timer, TIMER);
  const times: number[] = [];
  for (let i = 0; i < runs; i += 1) times.push(Number((await run(node.path, [timer, bundle])).stdout));
  const spread = spreadOf(times);
  return { figures: [{ name: 'for comparison: four SDK clients, bundled by default', value: spreadText(spread, 'ms', 1), promise: `${REFERENCE_MILLISECONDS} ms where the promises were made` }], milliseconds: spread.median };
}
