import { describe, expect, it } from 'vitest';
import type { Evidence, Outcome } from '../../../../lib/compliance/evidence/types.ts';
import { capped, MOST_REPEATED } from '../../../../lib/compliance/report/cap.ts';
import { REPORT_FILES, renderReport } from '../../../../lib/compliance/report/index.ts';
import { readCsv } from './csv-read.ts';
import { EVIDENCE } from './fixture.ts';
import { checkOscal } from './oscal-check.ts';
import { checkSarif } from './sarif-check.ts';

const outcomes = (count: number): Outcome[] => Array.from({ length: count }, (_, at): Outcome => ({ control: 'GDPR-G01', verdict: at % 10 === 9 ? 'FAIL' : 'UNKNOWN', part: `Pair ${at}`, place: { stack: 'one', logicalId: 'Role', type: 'AWS::IAM::Role', path: 'one/Role' } }));

describe('very many outcomes of one control', () => {
  it('keep those that need most attention, in their order', () => {
    const few = outcomes(30);
    expect(capped(few, 30)).toEqual({ shown: few, left: 0 });
    const { shown, left } = capped(few, 5);
    expect(shown.map(({ part }) => part)).toEqual(['Pair 0', 'Pair 1', 'Pair 9', 'Pair 19', 'Pair 29']);
    expect(left).toBe(25);
  });

  it('are all in JSON and CSV, and in the other files up to a number, with a note of the rest', () => {
    const many = outcomes(MOST_REPEATED + 500);
    const evidence: Evidence = { ...EVIDENCE, outcomes: many };
    const files = renderReport(evidence);
    const text = (file: string): string => files.get(file) as string;
    expect((JSON.parse(text(REPORT_FILES.evidence)) as Evidence).outcomes).toHaveLength(many.length);
    expect(readCsv(text(REPORT_FILES.table))).toHaveLength(many.length + 1);
    const run = checkSarif(text(REPORT_FILES.sarif));
    expect(run.results).toHaveLength(MOST_REPEATED);
    expect(run.results.filter(({ properties }) => properties.verdict === 'FAIL')).toHaveLength(150);
    expect(JSON.stringify(run.invocations)).toContain('GDPR-G01 gave 500 more, which findings.csv and evidence.json hold.');
    checkOscal(text(REPORT_FILES.oscal));
    expect(text(REPORT_FILES.oscal).match(/"collected"/g)).toHaveLength(MOST_REPEATED);
    expect(text(REPORT_FILES.oscal)).toContain('500 more, which findings.csv and evidence.json hold.');
    const page = text(REPORT_FILES.page);
    expect(page).toContain('…and 1250 more, which findings.csv and evidence.json hold.');
    expect(page.match(/data-verdict="FAIL"/g)).toHaveLength(150);
  });
});
