import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadEnvironment } from '../config/index.ts';
import { bundleFigures } from './bench/bundle.ts';
import { chunkFigures } from './bench/chunks.ts';
import type { Figure } from './bench/figure.ts';
import { figureTable, isKept, machineFactor } from './bench/figure.ts';
import { loadFigures } from './bench/load.ts';
import { referenceFigures } from './bench/reference.ts';
import { reportFigures } from './bench/report.ts';
import { runtimeNode } from './bench/runtime-node.ts';
import { safetyFigures } from './bench/safety.ts';
import { synthFigures } from './bench/synth.ts';
import { turnFigures } from './bench/turn.ts';
import { buildLocal } from './build/local.ts';
import { mainOf, step, UsageError } from './command.ts';
import { bundlesOf, synthesizeFresh } from './synthesize.ts';

const SECTIONS = ['synth', 'report', 'bundle', 'turn', 'load', 'safety'] as const;
type Section = (typeof SECTIONS)[number];
/** P3 is promised over so many subjects. */
const PROMISED_SUBJECTS = '1000';

/** `npm run bench`: the figures that the promises are about, measured on this machine. */
export const main = mainOf({
  name: 'bench',
  summary: 'Measures synth, report, bundle, start-up, turn, load and the injection screen on this machine and prints the figures with runs and spread.',
  usage: `[${SECTIONS.join(' | ')} …]`,
  options: { runs: { type: 'string', default: '5' }, subjects: { type: 'string' }, hold: { type: 'boolean' } },
  help: { hold: 'judge each promised figure, times by comparison with a bundle that is not ours, and fail when one is not kept', runs: 'runs of each synth and report, and four times as many fresh processes (5)', subjects: 'subjects whose warm turn is counted (200; with --hold 1000, as promised)' },
  run: async ({ values, positionals, context }) => {
    const unknown = positionals.filter((section) => !SECTIONS.includes(section as Section));
    if (unknown.length > 0) throw new UsageError(`There is no section ${unknown.join(', ')}; there are ${SECTIONS.join(', ')}.`);
    const wants = (section: Section): boolean => positionals.length === 0 || positionals.includes(section);
    const runs = count(values.runs, 'runs');
    const { root } = context;
    if (wants('safety')) context.out(figureTable(safetyFigures(root)));
    if (positionals.length > 0 && positionals.every((section) => section === 'safety')) return 0;
    const assembly = join(root, '.build/bench/estate');
    const dev = loadEnvironment('dev');
    const bundles = await step(context, 'Building', () => bundlesOf(root, [dev]));
    await synthesizeFresh({ environments: [dev], bundles, outdir: assembly, validate: false });
    const chat = join(bundles.get('dev') as string, 'chat');
    const worker = pathToFileURL(join(dirname(await buildLocal(root)), 'worker.mjs'));
    let factor = 1;
    let broken = 0;
    const print = (figures: readonly Figure[]): void => {
      context.out(figureTable(figures, values.hold ? factor : undefined));
      broken += figures.filter((figure) => isKept(figure, factor) === false).length;
    };
    if (wants('bundle')) print(await bundleFigures(chat));
    if (wants('turn')) {
      const node = await runtimeNode(root);
      const reference = await referenceFigures(root, node, runs * 2);
      print(reference.figures);
      factor = machineFactor(reference.milliseconds);
      print(await chunkFigures(root, node, runs));
      print(await step(context, 'Turns', () => turnFigures({ root, assembly, bundle: join(chat, 'index.mjs'), worker, node, starts: runs * 4, subjects: count(values.subjects ?? (values.hold ? PROMISED_SUBJECTS : '200'), 'subjects') })));
    }
    if (wants('load')) print(await step(context, 'Load', () => loadFigures({ assembly, worker, conversations: 16, messages: 25 })));
    if (wants('synth')) print(await step(context, 'Synths', () => synthFigures(root, runs)));
    if (wants('report')) print(await step(context, 'Reports', () => reportFigures(root, runs)));
    if (!values.hold) return 0;
    context.out(broken === 0 ? '\nEvery promise that was measured is kept.' : `\n${broken} not kept.`);
    return broken === 0 ? 0 : 1;
  },
});

function count(text: string | undefined, option: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 10_000) throw new UsageError(`--${option} takes a whole number from 1 to 10000; it is ${text}.`);
  return value;
}
