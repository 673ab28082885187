import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mainOf } from './command.ts';
import type { CommandContext } from './command.ts';
import { runQuietly, runTool } from './tool.ts';

/** Steps of `npm test`, cheapest first: name, program, arguments. */
const STEPS = [
  ['type-check', 'tsc', ['--noEmit']],
  ['type-check of the pages', 'tsc', ['--noEmit', '-p', 'pages/tsconfig.json']],
  ['lint', 'oxlint', ['--type-aware', '--quiet']],
] as const;

interface VitestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly success: boolean;
}

/** `npm test`: type-check, lint and every test; ends with the count. */
export const main = mainOf({
  name: 'test',
  summary: 'Type-checks, lints, and runs every test: units, templates, snapshots, rule packs, the local estate, a browser.',
  usage: '[<file or name> …]',
  options: { update: { type: 'boolean', short: 'u' } },
  help: { update: 'write snapshots anew; read the difference before you commit it' },
  run: async ({ values, positionals, context }) => {
    // The checks run beside the first tests, which mostly wait for a synth: two cores are there to be used.
    const [checks, result] = await Promise.all([runChecks(context), vitest(context, [...positionals, values.update ? '--update=all' : '--update=none'])]);
    for (const { name, code, output } of checks) context.out(`${code === 0 ? 'ok    ' : `${output}FAILED`} ${name}`);
    const passed = result.numPassedTests + checks.filter(({ code }) => code === 0).length;
    // A run that broke before it counted (a set-up, a syntax error) is a failure too.
    const broken = result.success || result.numFailedTests > 0 ? 0 : 1;
    const failed = result.numFailedTests + broken + checks.filter(({ code }) => code !== 0).length;
    context.out(`\n${passed} passed, ${failed} failed${result.numPendingTests > 0 ? `, ${result.numPendingTests} skipped` : ''}`);
    return failed === 0 ? 0 : 1;
  },
});

interface Check {
  readonly name: string;
  readonly code: number;
  readonly output: string;
}

async function runChecks(context: CommandContext): Promise<Check[]> {
  const results: Check[] = [];
  for (const [name, program, args] of STEPS) results.push({ name, ...(await runQuietly(context, program, args)) });
  return results;
}

/** Snapshots are compared, and written only when that was asked for: a missing one is a failure. */
async function vitest(context: CommandContext, args: readonly string[]): Promise<VitestResult> {
  const file = join(context.root, '.build/test/result.json');
  await mkdir(join(context.root, '.build/test'), { recursive: true });
  await rm(file, { force: true });
  await runTool(context, 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args]);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text ? (JSON.parse(text) as VitestResult) : { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, success: false };
}
