import { describe, expect, it } from 'vitest';
import { REPORT_FILES, renderReport } from '../../../../lib/compliance/report/index.ts';
import { readCsv } from './csv-read.ts';
import { EVIDENCE } from './fixture.ts';

const table = (evidence = EVIDENCE): string[][] => readCsv(renderReport(evidence).get(REPORT_FILES.table) as string);

describe('findings.csv', () => {
  it('has a row for each outcome, as wide as its heading', () => {
    const [heading = [], ...rows] = table();
    expect(rows).toHaveLength(EVIDENCE.outcomes.length);
    expect(new Set([heading, ...rows].map(({ length }) => length))).toEqual(new Set([heading.length]));
    const own = rows.find((row) => row[heading.indexOf('decision')] === 'own-authorizer') ?? [];
    expect(Object.fromEntries(heading.map((name, at) => [name, own[at]]))).toMatchObject({ control: 'AwsSolutions-COG4', verdict: 'ACCEPTED', 'construct path': 'prod/api/Chat/Resource', 'decision state': 'approved', owner: 'platform-lead', approver: 'security-officer', ticket: 'RISK-118', expires: '2027-01-31', template: 'assembly-prod/chatbot-prod-api.template.json' });
  });

  it('tells who brings what a person has to judge, and until when', () => {
    const [heading = [], ...rows] = table();
    const manual = rows.find((row) => row[heading.indexOf('verdict')] === 'MANUAL') ?? [];
    expect(['evidence', 'evidence owner', 'evidence due'].map((name) => manual[heading.indexOf(name)])).toEqual(['DPIA-7, in the register of assessments', 'data-protection-officer', '2027-03-31']);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\n-1', '＝1'])('keeps %j from being a formula', (actual) => {
    const [heading = [], row = []] = table({ ...EVIDENCE, outcomes: [{ control: 'GDPR-G01', verdict: 'PASS', actual }] });
    expect(row[heading.indexOf('actual')]).toMatch(/^'/);
  });

  it('leaves other text as it is, quotes and line breaks too', () => {
    const actual = 'a "b", c\nd = e';
    const [heading = [], row = []] = table({ ...EVIDENCE, outcomes: [{ control: 'GDPR-G01', verdict: 'PASS', actual }] });
    expect(row[heading.indexOf('actual')]).toBe(actual);
  });
});
