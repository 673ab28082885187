import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join, relative } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { loadAll } from '../config/index.ts';
import { Collector, DEFAULT_PARAMETERS, headline, loadEnvironment, loadTemplate, renderReport } from '../lib/compliance/index.ts';
import { mainOf, step, UsageError } from './command.ts';
import type { CommandContext } from './command.ts';
import { commitOf } from './commit.ts';
import { evidenceOf, type Judgement } from './report/evidence.ts';
import { openIn } from './report/gate.ts';
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
    expiring: 'only list the accepted risks that run out, and the evidence that is due, within so many days of today',
    out: 'folder of the reports (reports)',
    gate: 'fail on any finding that is not accepted, and on any decision that is expired, malformed or unused, by today’s date',
  },
  run: async ({ values, positionals, context }) => {
    const out = values.out ?? join(context.root, 'reports');
    const within = values.expiring === undefined ? undefined : days(values.expiring);
    const gate = values.gate === true;
    if (values.template !== undefined) {
      if (positionals.length > 0) throw new UsageError('--template judges one file; leave the environments out.');
      if (within !== undefined) throw new UsageError('--expiring lists decisions of environments, and a template file has none; leave one of --expiring and --template out.');
      const estate = await loadTemplate(values.template);
      return write(context, out, [evidenceOf({ estate, parameters: DEFAULT_PARAMETERS, commit: { at: new Date(0).toISOString() }, release: packageJson.version })], gate);
    }
    const all = await step(context, 'Judging', () => judged(context, positionals, gate || within !== undefined));
    return within === undefined ? write(context, out, all, gate) : expiring(context, all, within);
  },
});

/** Evidence of environments, all if none is named. @param today judge decisions by today instead of by the commit */
export async function judged({ root }: Pick<CommandContext, 'root'>, names: readonly string[], today: boolean): Promise<readonly Judgement[]> {
  const environments = loadAll(names.length > 0 ? names : undefined);
  const bundles = await bundlesOf(root, environments);
  // A folder of its own: two commands may run at once.
  const outdir = await mkdtemp(join(root, '.build/report-'));
  const clear = (): void => rmSync(outdir, { recursive: true, force: true });
  process.once('exit', clear);
  try {
    const collector = new Collector();
    const { app } = await synthesizedApp({ environments, bundles, outdir, validate: 'packs', collector });
    // The synth says by itself what it found: here every finding is in the report.
    process.exitCode = 0;
    const commit = commitOf(root);
    const date = today ? { date: new Date().toISOString().slice(0, 10) } : {};
    return await Promise.all(environments.map(async (config) => evidenceOf({ estate: await loadEnvironment(outdir, config.name), parameters: parametersOf(config), commit, release: packageJson.version, synth: { app, collector, register: registerOf(config) }, slots: config.compliance.manual, ...date })));
  } finally {
    clear();
    process.off('exit', clear);
  }
}

async function write(context: CommandContext, out: string, all: readonly Judgement[], gate: boolean): Promise<number> {
  let open = 0;
  for (const judgement of all) {
    const { evidence, views } = judgement;
    const folder = join(out, evidence.name);
    await writeReport(folder, renderReport(evidence, views));
    context.out(`${evidence.name}: ${headline(evidence)}\n  ${relative('', join(folder, 'index.html'))}`);
    if (!gate) continue;
    const left = openIn(judgement);
    for (const line of left) context.error(`  ${line}`);
    open += left.length;
  }
  if (gate) context.out(open === 0 ? 'Nothing is open.' : `${open} open: mend each, or accept it beside its construct with acceptRisk().`);
  return open === 0 ? 0 : 1;
}

function expiring(context: CommandContext, all: readonly Judgement[], within: number): number {
  const last = new Date(Date.now() + within * 86_400_000).toISOString().slice(0, 10);
  for (const { evidence: { name, decisions, outcomes } } of all) {
    const soon = decisions.filter(({ expires }) => expires <= last).toSorted((a, b) => (a.expires < b.expires ? -1 : 1));
    const due = [...new Map(outcomes.flatMap(({ control, slot }) => (slot === undefined || slot.due > last ? [] : [[control, slot] as const])))].toSorted(([, a], [, b]) => (a.due < b.due ? -1 : 1));
    context.out(`${name}: ${soon.length === 0 ? `nothing runs out before ${last}` : `${soon.length} of ${decisions.length} accepted risks run out by ${last}`}`);
    for (const { id, expires, owner, state } of soon) context.out(`  ${expires}  ${id}  (${state}, ${owner})`);
    if (due.length > 0) context.out(`${name}: evidence of ${due.length} controls is due by ${last}`);
    for (const [control, { due: day, owner, evidence }] of due) context.out(`  ${day}  ${control}  (${owner}${evidence === undefined ? '' : `, ${evidence}`})`);
  }
  return 0;
}

function days(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new UsageError(`--expiring takes a number of days, 0 to 999; it is ${text}.`);
  return Number(text);
}
