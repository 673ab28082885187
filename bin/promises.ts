import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { breaks } from '../test/promises/breaks/index.ts';
import { mainOf, UsageError } from './command.ts';
import type { CommandContext } from './command.ts';
import { BENCHED, promiseTests, verdictOf } from './promises/held.ts';
import { isNoticed, scratchCopy } from './promises/prove.ts';
import { runTool } from './tool.ts';

interface TestFile {
  readonly name: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly assertionResults: readonly { readonly status: string }[];
}

/** `npm run promises`: every promise that a test holds, with its whole figure. */
export const main = mainOf({
  name: 'promises',
  summary: 'Holds every promise with its whole figure (npm test runs a seeded sample), or shows that each test notices when its promise is broken.',
  usage: '[<id> …]',
  options: { prove: { type: 'boolean' }, seed: { type: 'string' } },
  help: { prove: 'break each promise on purpose, in a copy of the project, and see that its tests fail', seed: 'another seed than the one of npm test' },
  run: async ({ values, positionals, context }) => {
    const tests = promiseTests(context.root);
    const wanted = new Set(positionals.map((id) => id.toUpperCase()));
    for (const id of wanted) {
      if (!tests.has(id) && id in BENCHED) throw new UsageError(`${id} is about time: npm run bench -- ${BENCHED[id]}.`);
      if (!tests.has(id)) throw new UsageError(`No test holds ${id}; there are ${[...tests.keys()].join(', ')}.`);
    }
    const chosen = new Map([...tests].filter(([id]) => wanted.size === 0 || wanted.has(id)));
    return values.prove ? prove(context, chosen) : hold(context, chosen, seedOf(values.seed));
  },
});

async function hold(context: CommandContext, chosen: ReadonlyMap<string, readonly string[]>, seed: string | undefined): Promise<number> {
  const folder = join(context.root, '.build/promises');
  const report = join(folder, 'result.json');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const environment = { PROMISES: 'whole', ...(seed === undefined ? {} : { PROMISES_SEED: seed }) };
  await runTool({ root: context.root, environment }, 'vitest', ['run', '--update=none', '--testTimeout=3600000', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...[...chosen.values()].flat()]);
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) return 1;
  const files = (JSON.parse(text) as { readonly testResults: readonly TestFile[] }).testResults;
  const figures = await readFigures(join(folder, 'figures.jsonl'));
  let failed = 0;
  for (const [id, paths] of chosen) {
    const own = files.filter(({ name }) => paths.some((path) => name.endsWith(path)));
    const results = own.flatMap(({ assertionResults }) => assertionResults);
    const kept = results.length > 0 && results.every(({ status }) => status === 'passed');
    if (!kept) failed += 1;
    const seconds = own.reduce((sum, { startTime, endTime }) => sum + endTime - startTime, 0) / 1000;
    context.out(`${id.padEnd(3)}  ${String(results.length).padStart(4)} tests  ${seconds.toFixed(1).padStart(6)} s  ${verdictOf(id, kept)}`);
    for (const figure of figures.filter(({ promise }) => promise === id)) context.out(`             ${figure.text}`);
  }
  context.out(`\n${chosen.size - failed} promises kept, ${failed} broken. About time, in part or whole, and measured by npm run bench -- --hold: ${Object.keys(BENCHED).join(', ')}.`);
  return failed === 0 ? 0 : 1;
}

async function readFigures(file: string): Promise<readonly { readonly promise: string; readonly text: string }[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { promise: string; text: string });
}

async function prove(context: CommandContext, chosen: ReadonlyMap<string, readonly string[]>): Promise<number> {
  const copy = await scratchCopy(context.root);
  const stop = (): void => void copy.remove().finally(() => process.exit(130));
  process.once('SIGINT', stop);
  let unnoticed = 0;
  try {
    for (const [id, tests] of chosen) {
      const own = breaks.filter(({ promise }) => promise === id);
      if (own.length === 0) unnoticed += 1;
      if (own.length === 0) context.out(`MISSING     ${id.padEnd(3)}  no way to break it is written down`);
      for (const one of own) {
        const noticed = await isNoticed(copy, one, tests);
        if (!noticed) unnoticed += 1;
        context.out(`${noticed ? 'noticed   ' : 'UNNOTICED '}  ${id.padEnd(3)}  ${one.means}`);
      }
    }
  } finally {
    process.removeListener('SIGINT', stop);
    await copy.remove();
  }
  context.out(unnoticed === 0 ? '\nEvery break was noticed.' : `\n${unnoticed} not noticed.`);
  return unnoticed === 0 ? 0 : 1;
}

function seedOf(text: string | undefined): string | undefined {
  if (text !== undefined && !/^\d{1,9}$/.test(text)) throw new UsageError(`--seed takes a whole number of at most nine digits; it is ${text}.`);
  return text;
}
