import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { main } from '../../bin/config.ts';
import { ENVIRONMENTS, ROOT } from '../support/paths.ts';
import { printedBy } from '../support/printed.ts';

interface Step {
  readonly run?: string;
  readonly if?: string;
}
interface Job {
  readonly needs?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, unknown>> };
  readonly steps: readonly Step[];
}

const text = readFileSync(join(ROOT, '.github/workflows/ci.yml'), 'utf8');
const { jobs } = parse(text) as { jobs: Readonly<Record<string, Job>> };
const steps = Object.values(jobs).flatMap((job) => job.steps);

describe('the example of continuous integration', () => {
  it('calls only scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Readonly<Record<string, string>> };
    const called = [...text.matchAll(/npm (?:run (?:--silent )?)?([a-z]+)/g)].map(([, name]) => name as string).filter((name) => name !== 'ci');
    expect(called.length).toBeGreaterThan(3);
    expect(called.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('synthesizes each environment that config lists, and names none itself', async () => {
    expect(jobs['synth']).toMatchObject({ needs: 'environments', strategy: { matrix: { environment: '${{ fromJSON(needs.environments.outputs.names) }}' } } });
    expect(jobs['environments']?.outputs).toEqual({ names: '${{ steps.list.outputs.names }}' });
    const { out } = await printedBy(() => main(['--list'], ROOT));
    expect(out.trimEnd().split('\n').map((line) => line.split(' ')[0])).toEqual(ENVIRONMENTS);
  });

  it('comments on pull requests of this repository only', () => {
    const comments = steps.filter(({ run }) => run?.includes('gh pr comment'));
    expect(comments.map((step) => step.if)).toEqual(['github.event.pull_request.head.repo.full_name == github.repository']);
  });

  it('fails on what is open in an environment, and keeps its report all the same', () => {
    const report = jobs['report']?.steps ?? [];
    const gate = report.findIndex(({ run }) => run?.includes('report -- "$ENVIRONMENT" --gate'));
    expect(gate).toBeGreaterThan(0);
    expect(report.slice(gate + 1).map((step) => step.if?.startsWith('always()'))).toEqual([true, true, true]);
  });

  it('puts nothing that a stranger can name into a shell', () => {
    const inserted = steps.flatMap(({ run }) => [...(run ?? '').matchAll(/\$\{\{\s*([^}]+?)\s*\}\}/g)].map(([, expression]) => expression));
    expect(inserted).toEqual(['matrix.environment']);
  });
});
