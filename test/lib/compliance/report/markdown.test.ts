import { describe, expect, it } from 'vitest';
import { REPORT_FILES, renderReport } from '../../../../lib/compliance/report/index.ts';
import { EVIDENCE } from './fixture.ts';
import { checkMarkdown } from './markdown-check.ts';

const summary = (evidence = EVIDENCE): string => renderReport(evidence).get(REPORT_FILES.summary) as string;

describe('summary.md', () => {
  it('is short, however much there is to tell', () => {
    const many = <T>(item: (at: number) => T): T[] => Array.from({ length: 400 }, (_, at) => item(at));
    const text = summary({ ...EVIDENCE, controls: many((at) => ({ ...EVIDENCE.controls[0] as (typeof EVIDENCE.controls)[0], id: `P${at}-R`, framework: `P${at}` })), outcomes: many((at) => ({ control: `P${at}-R`, verdict: 'FAIL' })), decisions: many((at) => ({ ...EVIDENCE.decisions[0] as (typeof EVIDENCE.decisions)[0], id: `d${at}` })), unexamined: many((at) => ({ type: `T${at}`, resources: [] })) });
    checkMarkdown(text);
    expect(text).toContain('…and 388 more findings: see the report.');
  });

  it('tells what fails, what runs out and what no rule looked at', () => {
    const text = summary();
    checkMarkdown(text);
    expect(text).toContain('## ❌ Compliance evidence: prod\n\nOf 175 checks');
    expect(text).toContain('- **Failed** GDPR\\-G14: Personal stores');
    expect(text).toContain('- own\\-authorizer: approved, owned by platform\\-lead, runs out on 2027\\-01\\-31');
    expect(text).toContain('- AWS::CloudWatch::Dashboard (2)');
  });

  it('says so when nothing fails', () => {
    const text = summary({ ...EVIDENCE, outcomes: EVIDENCE.outcomes.filter(({ verdict }) => verdict === 'PASS') });
    expect(text).toContain('## ✅');
    expect(text).toContain('Nothing fails that is not accepted.');
  });
});
