import { join } from 'node:path';
import { loadAll } from '../config/index.ts';
import { dayOf } from './commit.ts';
import { bundlesOf, chatbotApp } from './synthesize.ts';

/**
 * The CDK app, as the toolkit runs it (`cdk.json`): every environment, with the rule packs, into the folder that the
 * toolkit names. `-c environment=<name>` keeps to one.
 */
export async function main(_argv: readonly string[], root: string): Promise<number> {
  const context = JSON.parse(process.env['CDK_CONTEXT_JSON'] ?? '{}') as Record<string, unknown>;
  const only = context['environment'];
  try {
    const environments = loadAll(typeof only === 'string' ? [only] : undefined);
    const bundles = await bundlesOf(root, environments);
    const app = await chatbotApp({ environments, bundles, outdir: process.env['CDK_OUTDIR'] ?? join(root, 'cdk.out'), validate: true, date: dayOf(root) });
    app.synth();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  return Number(process.exitCode ?? 0);
}
