import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { environmentsIn, readTemplates } from './assembly.ts';
import { mainOf, step, UsageError } from './command.ts';
import type { CommandContext } from './command.ts';
import { pictureOf } from './diagram/picture.ts';
import { svgOf } from './diagram/svg.ts';
import { loadAll } from '../config/index.ts';
import { bundlesOf, synthesizeFresh } from './synthesize.ts';

/** The environment that the README shows. */
const SHOWN = 'prod';

/** `npm run diagram`: the picture of an environment, drawn from its templates. */
export const main = mainOf({
  name: 'diagram',
  summary: 'Draws an environment from its synthesized templates: every box and arrow has its resources there.',
  usage: '[--environment <name>] [--assembly <folder>] [--out <file>] [--check]',
  options: { environment: { type: 'string' }, assembly: { type: 'string' }, out: { type: 'string' }, check: { type: 'boolean' } },
  help: {
    environment: `which environment (${SHOWN})`,
    assembly: 'cloud assembly to read, instead of synthesizing',
    out: `file to write (docs/images/estate.svg for ${SHOWN}, estate-<name>.svg for another)`,
    check: 'write nothing; fail when the file is not the current picture',
  },
  run: async ({ values, positionals, context }) => {
    if (positionals.length > 0) throw new UsageError(`"${positionals.join(' ')}" follows no option: name the environment with --environment.`);
    const environment = values.environment ?? SHOWN;
    const file = values.out === undefined ? join(context.root, defaultFile(environment)) : resolve(values.out);
    const svg = values.assembly === undefined ? await drawFresh(environment, context) : await draw(environment, resolve(values.assembly));
    return values.check ? check(svg, file, environment, context) : write(svg, file, context);
  },
});

function defaultFile(environment: string): string {
  return `docs/images/${environment === SHOWN ? 'estate' : `estate-${environment}`}.svg`;
}

/** The picture of an environment of an assembly. @throws UsageError when the assembly lacks it */
export async function draw(environment: string, assembly: string): Promise<string> {
  const there = await environmentsIn(assembly);
  if (there.length === 0) throw new UsageError(`${assembly} holds no environment: synthesize with npm run synth, or leave --assembly out.`);
  if (!there.includes(environment)) throw new UsageError(`${assembly} holds no environment "${environment}", but ${there.join(', ')}.`);
  return svgOf(pictureOf(environment, await readTemplates(assembly, environment)));
}

/** Synthesizes the environment for this picture alone, so that it is never an old one's. */
async function drawFresh(environment: string, context: CommandContext): Promise<string> {
  const environments = loadAll([environment]);
  const scratch = await mkdtemp(join(tmpdir(), 'chatbot-diagram-'));
  try {
    await step(context, `Synthesizing ${environment}`, async () => synthesizeFresh({ environments, bundles: await bundlesOf(context.root, environments), outdir: scratch, validate: false }));
    return await draw(environment, scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function check(svg: string, file: string, environment: string, context: CommandContext): Promise<number> {
  const committed = await readFile(file, 'utf8').catch(() => undefined);
  if (committed === svg) {
    context.out(`${relative('', file)} is current.`);
    return 0;
  }
  const redraw = `npm run diagram -- --environment ${environment} --out ${relative('', file)}`;
  context.error(committed === undefined ? `${relative('', file)} is not there: draw it with ${redraw}.` : `${relative('', file)} is not what the templates of ${environment} show: draw it again with ${redraw}, and look at it.`);
  return 1;
}

async function write(svg: string, file: string, context: CommandContext): Promise<number> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, svg);
  context.out(`Wrote ${relative('', file)}.`);
  return 0;
}
