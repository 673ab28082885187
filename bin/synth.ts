import { join, relative } from 'node:path';
import { mainOf, step } from './command.ts';
import { loadAll } from '../config/index.ts';
import { dayOf } from './commit.ts';
import { bundlesOf, synthesizeFresh } from './synthesize.ts';

/** `npm run synth`: cloud assemblies of all environments, or of those that are named. */
export const main = mainOf({
  name: 'synth',
  summary: 'Builds the functions and writes the cloud assemblies, one folder an environment, with every rule pack on.',
  usage: '[<environment> …]',
  options: { fast: { type: 'boolean' }, out: { type: 'string' } },
  help: { fast: 'without rule packs and template validation: the inner loop', out: 'folder of the assemblies (cdk.out)' },
  run: async ({ values, positionals, context }) => {
    const started = performance.now();
    const environments = loadAll(positionals.length > 0 ? positionals : undefined);
    const outdir = values.out ?? join(context.root, 'cdk.out');
    const bundles = await step(context, 'Building the functions', () => bundlesOf(context.root, environments));
    const findings = await step(context, `Synthesizing ${environments.map(({ name }) => name).join(', ')}`, () => synthesizeFresh({ environments, bundles, outdir, validate: !values.fast, date: dayOf(context.root) }));
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    if (findings !== undefined) {
      context.error(findings);
      context.error(`A rule or the template validation found something (above, and in ${relative('', outdir)}/validation-report.json): mend it, or accept it beside its construct with acceptRisk().`);
      return 1;
    }
    context.out(`${environments.map(({ name }) => `${relative('', outdir)}/assembly-${name}`).join('\n')}\n${environments.length} environment(s) in ${seconds} s${values.fast ? ', not validated' : ', validated'}`);
    return 0;
  },
});
