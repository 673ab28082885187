import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import packageJson from '../package.json' with { type: 'json' };
import { loadEnvironments } from '../config/index.ts';
import type { EnvironmentConfig } from '../config/schema/index.ts';
import { ChatbotStage } from '../lib/chatbot-stage.ts';
import { gateSynth } from '../lib/compliance/index.ts';
import { buildBundles } from './build/index.ts';

/** What a synth is made of. */
export interface SynthInput {
  /** The project's root. */
  readonly root: string;
  readonly environments: readonly EnvironmentConfig[];
  /** Where the cloud assembly goes. */
  readonly outdir: string;
  /** Rule packs and template validation; the inner loop does without. */
  readonly validate: boolean;
}

/** Context that every synth has: references between stacks that never block an update. */
export const CONTEXT = {
  '@aws-cdk/core:defaultCrossStackReferences': 'weak',
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:disable-version-reporting': true,
};

/** Builds the app of the given environments, not yet synthesized. Reads no environment variable and no context. */
export function chatbotApp(input: SynthInput, bundlesOf: ReadonlyMap<string, string>): App {
  const app = new App({ outdir: input.outdir, context: CONTEXT, analyticsReporting: false });
  if (input.validate) gateSynth(app, input.environments.flatMap(({ compliance }) => compliance.packs));
  for (const config of input.environments) new ChatbotStage(app, { config, bundles: bundlesOf.get(config.name) as string, release: packageJson.version });
  return app;
}

/** Builds the bundles of the given environments, once per knowledge folder. */
export async function bundlesOf(root: string, environments: readonly EnvironmentConfig[]): Promise<ReadonlyMap<string, string>> {
  const folders = new Map<string, Promise<string>>();
  for (const { knowledge } of environments) if (!folders.has(knowledge.folder)) folders.set(knowledge.folder, buildBundles(root, { knowledgeFolder: knowledge.folder }));
  return new Map(await Promise.all(environments.map(async ({ name, knowledge }) => [name, await folders.get(knowledge.folder)] as [string, string])));
}

/**
 * The CDK app, as the toolkit runs it (`cdk.json`): every environment, validated, into the folder that the toolkit names.
 * `-c environment=<name>` keeps to one.
 */
export async function main(_argv: readonly string[], root: string): Promise<number> {
  const context = JSON.parse(process.env['CDK_CONTEXT_JSON'] ?? '{}') as Record<string, unknown>;
  const only = context['environment'];
  const environments = loadEnvironments(typeof only === 'string' ? [only] : []);
  const input = { root, environments, outdir: process.env['CDK_OUTDIR'] ?? join(root, 'cdk.out'), validate: process.env['CDK_VALIDATION'] !== 'false' };
  chatbotApp(input, await bundlesOf(root, environments)).synth();
  return 0;
}
