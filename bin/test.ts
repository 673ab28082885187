import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mainOf } from './command.ts';
import type { CommandContext } from './command.ts';

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
    let failed = 0;
    let passed = 0;
    for (const [name, program, args] of STEPS) {
      const code = await tool(context, program, args);
      context.out(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`);
      if (code === 0) passed += 1;
      else failed += 1;
    }
    const result = await vitest(context, [...positionals, ...(values.update ? ['--update'] : [])]);
    passed += result.numPassedTests;
    failed += result.numFailedTests + (result.success || result.numFailedTests > 0 ? 0 : 1);
    context.out(`\n${passed} passed, ${failed} failed${result.numPendingTests > 0 ? `, ${result.numPendingTests} skipped` : ''}`);
    return failed === 0 ? 0 : 1;
  },
});

async function vitest(context: CommandContext, args: readonly string[]): Promise<VitestResult> {
  const file = join(context.root, '.build/test/result.json');
  await mkdir(join(context.root, '.build/test'), { recursive: true });
  await rm(file, { force: true });
  await tool(context, 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args]);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text ? (JSON.parse(text) as VitestResult) : { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, success: false };
}

function tool(context: CommandContext, program: string, args: readonly string[]): Promise<number> {
  const child = spawn(join(context.root, 'node_modules/.bin', program), args, { cwd: context.root, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
