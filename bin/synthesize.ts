import { rm } from 'node:fs/promises';
import { App } from 'aws-cdk-lib';
import packageJson from '../package.json' with { type: 'json' };
import type { EnvironmentConfig } from '../config/schema/index.ts';
import { ChatbotStage } from '../lib/chatbot-stage.ts';
import { ExpiredRisks, gateSynth, type Collector } from '../lib/compliance/index.ts';
import { buildBundles } from './build/index.ts';

/** What a synth is made of. */
export interface SynthInput {
  readonly environments: readonly EnvironmentConfig[];
  /** Bundle folder of each environment, by its name. */
  readonly bundles: ReadonlyMap<string, string>;
  /** Where the cloud assembly goes. */
  readonly outdir: string;
  /** Run the rule packs and the toolkit's template validation; they cost seconds that the inner loop does without. `packs`: the rule packs alone, which are a third of it. */
  readonly validate: boolean | 'packs';
  /** Keeps every outcome of the rule packs. @default - outcomes are not kept */
  readonly collector?: Collector;
  /** Day by which an accepted risk that has expired fails the synth, `YYYY-MM-DD`: that of the commit. @default - expiry is not looked at */
  readonly date?: string;
}

/** Context of every synth: references between stacks never block an update, and nothing depends on this machine. */
export const CONTEXT = {
  '@aws-cdk/core:defaultCrossStackReferences': 'weak',
  'aws:cdk:disable-version-reporting': true,
  // Paths of this machine, and slow to capture.
  'aws:cdk:disable-stack-trace': true,
  'aws:cdk:disable-creation-stack-traces': true,
};

/** The app of the given environments, not yet synthesized. Reads no environment variable and no context. */
export async function chatbotApp(input: SynthInput): Promise<App> {
  const app = new App({ outdir: input.outdir, context: CONTEXT, analyticsReporting: false });
  if (input.validate !== false) {
    await gateSynth(app, input.environments.flatMap(({ compliance }) => compliance.packs), {
      ...(input.collector === undefined ? {} : { collector: input.collector }),
      ...(input.date === undefined ? {} : { plugins: [new ExpiredRisks(input.date)] }),
    });
  }
  for (const config of input.environments) new ChatbotStage(app, { config, bundles: input.bundles.get(config.name) as string, release: packageJson.version });
  return app;
}

/** Builds the bundles of the given environments, once per knowledge folder. */
export async function bundlesOf(root: string, environments: readonly EnvironmentConfig[]): Promise<ReadonlyMap<string, string>> {
  const folders = new Map<string, Promise<string>>();
  for (const { knowledge } of environments) {
    if (!folders.has(knowledge.folder)) folders.set(knowledge.folder, buildBundles(root, { knowledgeFolder: knowledge.folder }));
  }
  return new Map(await Promise.all(environments.map(async ({ name, knowledge }): Promise<[string, string]> => [name, await (folders.get(knowledge.folder) as Promise<string>)])));
}

/**
 * Synthesizes into an emptied folder: the toolkit leaves files of earlier synths where they were.
 * @returns what rules or the template validation found, as text; undefined when they found nothing
 */
export async function synthesizeFresh(input: SynthInput): Promise<string | undefined> {
  return (await synthesizedApp(input)).findings;
}

/** As {@link synthesizeFresh}, with the app, whose constructs tell what their templates do not. */
export async function synthesizedApp(input: SynthInput): Promise<{ readonly app: App; readonly findings: string | undefined }> {
  await rm(input.outdir, { recursive: true, force: true });
  const app = await chatbotApp(input);
  return { app, findings: input.validate === true ? findingsOf(app) : withoutValidation(() => findingsOf(app)) };
}

/** Synthesizes an app. @returns what rules or the template validation found, as text; undefined when they found nothing */
export function findingsOf(app: App): string | undefined {
  const before = process.exitCode;
  try {
    app.synth();
  } catch (error) {
    // The toolkit throws when no toolkit of its own started the process; else it prints, and sets the exit code.
    if (error instanceof Error && error.name === 'ValidationFailed') return error.message;
    throw error;
  }
  return process.exitCode === before ? undefined : 'Validation failed.';
}

/** The toolkit's own validation has no other switch than this variable, which it reads while it synthesizes. */
function withoutValidation<T>(act: () => T): T {
  const before = process.env['CDK_VALIDATION'];
  process.env['CDK_VALIDATION'] = 'false';
  try {
    return act();
  } finally {
    if (before === undefined) delete process.env['CDK_VALIDATION'];
    else process.env['CDK_VALIDATION'] = before;
  }
}
