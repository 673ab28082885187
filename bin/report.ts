import { join, relative } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { loadAll } from '../config/index.ts';
import { Collector, DEFAULT_PARAMETERS, fails, headline, loadEnvironment, loadTemplate, renderReport } from '../lib/compliance/index.ts';
import { mainOf, step, UsageError } from './command.ts';
import type { CommandContext } from './command.ts';
import { commitOf } from './report/commit.ts';
import { evidenceOf, type Judgement } from './report/evidence.ts';
import { parametersOf, registerOf } from './report/parameters.ts';
import { writeReport } from './report/write.ts';
import { bundlesOf, synthesizedApp } from './synthesize.ts';

/** `npm run report`: what a security reviewer reads. */
export const main = mainOf({
  name: 'report',
  summary: 'Judges environments, or any CloudFormation template, and writes the compliance report: a page, CSV, JSON, SARIF, OSCAL and a summary.',
  usage: '[<environment> …]',
  options: { template: { type: 'string' }, expiring: { type: 'string' }, out: { type: 'string' }, gate: { type: 'boolean' } },
  help: {
    template: 'judge this template file (JSON or YAML) instead, with our own rules',
    expiring: 'only list the accepted risks that run out within so many days of today',
    out: 'folder of the reports (reports)',
    gate: 'fail on any finding that is not accepted, and on any decision that has expired, by today’s date',
  },
  run: async ({ values, positionals, context }) => {
    const out = values.out ?? join(context.root, 'reports');
    if (values.template !== undefined) {
      if (positionals.length > 0) throw new UsageError('--template judges one file; leave the environments out.');
      const estate = await loadTemplate(values.template);
      return write(context, out, [evidenceOf({ estate, parameters: DEFAULT_PARAMETERS, commit: { at: new Date(0).toISOString() }, release: packageJson.version })], false);
    }
    const all = await step(context, 'Judging', () => judged(context, positionals, values.gate === true || values.expiring !== undefined));
    if (values.expiring !== undefined) return expiring(context, all, days(values.expiring));
    return write(context, out, all, values.gate === true);
  },
});

/** Evidence of environments. @param today judge decisions by today instead of by the commit */
async function judged(context: CommandContext, names: readonly string[], today: boolean): Promise<readonly Judgement[]> {
  const environments = loadAll(names.length > 0 ? names : undefined);
  const outdir = join(context.root, '.build/report/cdk.out');
  const collector = new Collector();
  const { app } = await synthesizedApp({ environments, bundles: await bundlesOf(context.root, environments), outdir, validate: 'packs', collector });
  // The synth says by itself what it found: here every finding is in the report.
  process.exitCode = 0;
  const commit = commitOf(context.root);
  return Promise.all(
    environments.map(async (config) => {
      const estate = await loadEnvironment(outdir, config.name);
      const date = today ? { date: new Date().toISOString().slice(0, 10) } : {};
      return evidenceOf({ estate, parameters: parametersOf(config), commit, release: packageJson.version, synth: { app, collector, register: registerOf(config) }, ...date });
    }),
  );
}

async function write(context: CommandContext, out: string, all: readonly Judgement[], gate: boolean): Promise<number> {
  let open = 0;
  for (const { evidence, views } of all) {
    const folder = join(out, evidence.name);
    await writeReport(folder, renderReport(evidence, views));
    context.out(`${evidence.name}: ${headline(evidence)}\n  ${relative('', join(folder, 'index.html'))}`);
    if (!gate) continue;
    const findings = evidence.outcomes.filter(({ verdict }) => verdict === 'FAIL' || verdict === 'ERROR');
    const decisions = evidence.decisions.filter(fails);
    for (const { control, verdict, place, part } of findings) context.error(`  ${verdict} ${control}${part === undefined ? '' : ` [${part}]`} ${place?.path ?? evidence.name}`);
    for (const { id, state, problem } of decisions) context.error(`  ${state} decision ${id}: ${problem ?? ''}`);
    open += findings.length + decisions.length;
  }
  return open === 0 ? 0 : 1;
}

function expiring(context: CommandContext, all: readonly Judgement[], within: number): number {
  const last = new Date(Date.now() + within * 86_400_000).toISOString().slice(0, 10);
  for (const { evidence: { name, decisions } } of all) {
    const soon = decisions.filter(({ expires }) => expires <= last).toSorted((a, b) => (a.expires < b.expires ? -1 : 1));
    context.out(`${name}: ${soon.length === 0 ? `nothing runs out before ${last}` : `${soon.length} of ${decisions.length} accepted risks run out by ${last}`}`);
    for (const { id, expires, owner, state } of soon) context.out(`  ${expires}  ${id}  (${state}, ${owner})`);
  }
  return 0;
}

function days(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new UsageError(`--expiring takes a number of days, 0 to 999; it is ${text}.`);
  return Number(text);
}
