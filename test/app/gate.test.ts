import { beforeAll, describe, expect, it } from 'vitest';
import { judged } from '../../bin/report.ts';
import type { Judgement } from '../../bin/report/evidence.ts';
import { openIn } from '../../bin/report/gate.ts';
import { ENVIRONMENTS, ROOT } from '../support/paths.ts';

/** Every pack, stock ones and our own, on every environment, with its accepted risks judged by today. */
describe('the compliance gate', () => {
  let all: readonly Judgement[] = [];
  const exitCode = process.exitCode;
  beforeAll(async () => {
    all = await judged({ root: ROOT }, [], true);
    process.exitCode = exitCode;
  }, 60_000);

  it('judges every environment, with every pack', () => {
    expect(all.map(({ evidence }) => evidence.name)).toEqual(ENVIRONMENTS);
    for (const { evidence } of all) {
      expect(new Set(evidence.controls.map(({ framework }) => framework))).toEqual(new Set(['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R5', 'GDPR', 'HIPAA-Additions', 'Blind-Spots']));
      expect(evidence.outcomes.filter(({ verdict }) => verdict === 'PASS').length).toBeGreaterThan(400);
    }
  });

  it.each(ENVIRONMENTS)('leaves nothing open in %s', (name) => {
    expect(openIn(of(name))).toEqual([]);
  });

  it('lives with few decisions in production', () => {
    expect(of('prod').evidence.decisions.length).toBeLessThan(15);
  });

  it('tells where each decision stands', () => {
    for (const { evidence } of all) for (const { id, covers } of evidence.decisions) expect([id, covers]).toEqual([id, expect.arrayContaining([expect.stringContaining(`${evidence.name}/`)])]);
  });

  it('cannot assess only what is listed', async () => {
    const lines = all.flatMap(({ evidence }) => evidence.outcomes.filter(({ verdict }) => verdict === 'UNKNOWN').map(({ control, part, place }) => `${control} ${place?.path ?? evidence.name}${part === undefined ? '' : ` [${part}]`}`));
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('snapshots/not-assessable.txt');
  });

  const of = (name: string): Judgement => all.find(({ evidence }) => evidence.name === name) as Judgement;
});
