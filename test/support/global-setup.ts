import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ASSEMBLY, ROOT } from './paths.ts';

/** Builds the functions and synthesizes every environment once, for all test files; without rules, which have a test of their own. */
export default function setup(): () => void {
  execFileSync(process.execPath, [join(ROOT, 'bin/run.mjs'), 'synth', '--fast', '--out', ASSEMBLY], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  return () => rmSync(dirname(ASSEMBLY), { recursive: true, force: true });
}
