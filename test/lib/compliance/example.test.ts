import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '../../../lib/compliance/index.ts';
import { ROOT } from '../../support/paths.ts';

/** The example of the documentation, run as it stands there by a process of its own; without the toolkit's validation of templates, which takes seconds. */
let folder: string;
let exit: { readonly code: number; readonly errors: string };
let evidence: Evidence;
beforeAll(async () => {
  const [, example = ''] = /## On a CDK app of yours\n.*?```ts\n(.*?)```/s.exec(await readFile(join(ROOT, 'docs/compliance-report.md'), 'utf8')) ?? [];
  // Inside the project, so that its packages are found.
  await mkdir(join(ROOT, '.build'), { recursive: true });
  folder = await mkdtemp(join(ROOT, '.build/example-'));
  await build({ stdin: { contents: example, resolveDir: ROOT, loader: 'ts' }, bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile: join(folder, 'example.mjs'), logLevel: 'silent' });
  exit = await promisify(execFile)(process.execPath, ['example.mjs'], { cwd: folder, env: { ...process.env, CDK_VALIDATION: 'false' } }).then(
    ({ stderr }) => ({ code: 0, errors: stderr }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, errors: stderr }),
  );
  evidence = JSON.parse(await readFile(join(folder, 'reports/shop/evidence.json'), 'utf8')) as Evidence;
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the example for an app of one’s own', () => {
  it('ends as its gate says, without breaking', () => {
    expect([exit.code, exit.errors]).toEqual([1, expect.not.stringContaining('    at ')]);
  });

  it('writes every file of the report', async () => {
    expect((await readdir(join(folder, 'reports/shop'))).toSorted()).toEqual(['assessment-results.oscal.json', 'evidence.json', 'findings.csv', 'index.html', 'manifest.json', 'results.sarif', 'summary.md']);
  });

  it('holds the app to our rules, to a stock pack and to a rule of its own, and applies its decision', () => {
    const verdicts = (control: string): string[] => evidence.outcomes.filter((outcome) => outcome.control === control).map(({ verdict }) => verdict);
    expect([verdicts('GDPR-G14'), verdicts('Ours-X01'), verdicts('AwsSolutions-S1'), verdicts('AwsSolutions-S10')]).toEqual([['FAIL'], ['FAIL'], ['ACCEPTED'], ['PASS', 'PASS']]);
    expect(evidence.decisions.map(({ id, state }) => [id, state])).toEqual([['no-access-log', 'proposed']]);
  });
});
