import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { ASSEMBLY, ENVIRONMENTS, ROOT } from '../support/paths.ts';

const run = promisify(execFile);
const VALIDATED = join(dirname(ASSEMBLY), 'validated');

interface PackReport {
  readonly pluginName: string;
  readonly conclusion: string;
  readonly violations: readonly unknown[];
  readonly suppressedViolations: readonly { readonly reason: string }[];
}

/** A second synth of everything, in a process of its own, with every pack and the template validation on. */
describe('every environment under every rule', () => {
  let packs: readonly PackReport[] = [];
  let result: { code: number; output: string };

  beforeAll(async () => {
    await rm(VALIDATED, { recursive: true, force: true });
    result = await run(process.execPath, [join(ROOT, 'bin/run.mjs'), 'synth', '--out', VALIDATED], { cwd: ROOT, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, CDK_VALIDATION: '' } }).then(
      ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
      (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, output: error.stdout + error.stderr }),
    );
    packs = (JSON.parse(await readFile(join(VALIDATED, 'validation-report.json'), 'utf8')) as { pluginReports: PackReport[] }).pluginReports;
  }, 120_000);

  it('passes', () => {
    expect(result).toMatchObject({ code: 0 });
    expect(packs.flatMap(({ violations }) => violations)).toEqual([]);
  });

  it('ran every pack', () => {
    expect(packs.map(({ pluginName, conclusion }) => `${pluginName}: ${conclusion}`)).toEqual(expect.arrayContaining(['AwsSolutions: success', 'HIPAA.Security: success', 'NIST.800.53.R5: success']));
  });

  it('accepts risks only by decisions that a reviewer can read', () => {
    const accepted = packs.flatMap(({ suppressedViolations }) => suppressedViolations);
    expect(accepted.length).toBeGreaterThan(50);
    expect(accepted.filter(({ reason }) => !/^\[[a-z0-9-]+\] .{40,} Instead: .{15,}/.test(reason))).toEqual([]);
  });

  it('gives the same bytes as the first synth', async () => {
    for (const environment of ENVIRONMENTS) {
      expect(await digests(join(VALIDATED, `assembly-${environment}`))).toEqual(await digests(join(ASSEMBLY, `assembly-${environment}`)));
    }
  });
});

/** Hash of each file in a folder: templates, asset lists, metadata, manifest. */
async function digests(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, createHash('sha256').update(await readFile(join(folder, file))).digest('hex')])));
}
