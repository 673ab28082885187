import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/paths.ts';

const run = promisify(execFile);
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'synth-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Runs one of our commands as `npm run` does. */
const command = (...argv: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> =>
  run(process.execPath, [join(ROOT, 'bin/run.mjs'), ...argv], { cwd: folder }).then(
    (printed) => ({ code: 0, ...printed }),
    ({ code, stdout, stderr }: { code: unknown; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );

describe('npm run synth', () => {
  it('of an environment that there is not names those that there are, and writes nothing', async () => {
    const { code, stdout, stderr } = await command('synth', 'nosuch', '--out', join(folder, 'out'));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^There is no environment "nosuch"\. There are: .*\bprod\b.*\bdev\b|^There is no environment "nosuch"\. There are: .*\bdev\b.*\bprod\b/);
    expect(stderr).not.toContain('    at ');
    expect(await readdir(folder)).toEqual([]);
  });
});
