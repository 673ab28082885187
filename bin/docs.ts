import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadAll } from '../config/index.ts';
import type { EnvironmentConfig } from '../config/index.ts';
import { environmentsIn, readTemplates } from './assembly.ts';
import { mainOf, step, UsageError } from './command.ts';
import type { CommandContext } from './command.ts';
import { renewals } from './docs/documents.ts';
import { bundlesOf, synthesizeFresh } from './synthesize.ts';

/** `npm run docs`: the parts of the documents that come from the templates and the rules. */
export const main = mainOf({
  name: 'docs',
  summary: 'Renews what comes from the synthesized templates (rights in docs/security-architecture.md, idle cost in docs/operating.md and the README) and from the rules (docs/rules.md).',
  usage: '[--assembly <folder>] [--check]',
  options: { assembly: { type: 'string' }, check: { type: 'boolean' } },
  help: { assembly: 'cloud assembly of all environments to read, instead of synthesizing', check: 'write nothing; fail when a document is not current' },
  run: async ({ values, positionals, context }) => {
    if (positionals.length > 0) throw new UsageError(`"${positionals.join(' ')}" follows no option: the tables show every environment.`);
    const environments = loadAll();
    const documents = values.assembly === undefined ? await fresh(environments, context) : await documentsFrom(resolve(values.assembly), environments);
    const stale = (await Promise.all(Object.entries(documents).map(([file, renew]) => renewed(file, renew, context.root)))).filter((one) => one !== undefined);
    if (values.check) return check(stale.map(({ file }) => file), context);
    await Promise.all(stale.map(({ file, text }) => writeFile(join(context.root, file), text)));
    context.out(stale.length === 0 ? 'All documents are current.' : `Renewed ${stale.map(({ file }) => file).join(', ')}.`);
    return 0;
  },
});

async function renewed(file: string, renew: (text: string) => string, root: string): Promise<{ readonly file: string; readonly text: string } | undefined> {
  const before = await readFile(join(root, file), 'utf8');
  const text = renew(before);
  return text === before ? undefined : { file, text };
}

function check(stale: readonly string[], context: CommandContext): number {
  if (stale.length === 0) context.out('All documents are current.');
  else context.error(`${stale.join(', ')} ${stale.length === 1 ? 'is' : 'are'} not what the templates and rules show: renew with npm run docs, and read what changed.`);
  return stale.length === 0 ? 0 : 1;
}

/** What an assembly makes of the documents. @throws UsageError when it lacks an environment */
export async function documentsFrom(assembly: string, environments: readonly EnvironmentConfig[]): Promise<ReturnType<typeof renewals>> {
  const there = await environmentsIn(assembly);
  const missing = environments.filter(({ name }) => !there.includes(name)).map(({ name }) => name);
  if (missing.length > 0) throw new UsageError(`${assembly} lacks ${missing.join(', ')}: synthesize every environment with npm run synth, or leave --assembly out.`);
  return renewals(await Promise.all(environments.map(async ({ name, naming, region }) => ({ name, prefix: naming.prefix, region, templates: await readTemplates(assembly, name) }))));
}

/** Synthesizes for these documents alone, so that they are never an old assembly's. */
async function fresh(environments: readonly EnvironmentConfig[], context: CommandContext): Promise<ReturnType<typeof renewals>> {
  const scratch = await mkdtemp(join(tmpdir(), 'chatbot-docs-'));
  try {
    await step(context, `Synthesizing ${environments.map(({ name }) => name).join(', ')}`, async () => synthesizeFresh({ environments, bundles: await bundlesOf(context.root, environments), outdir: scratch, validate: false }));
    return await documentsFrom(scratch, environments);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
