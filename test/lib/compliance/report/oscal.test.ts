import { describe, expect, it } from 'vitest';
import { REPORT_FILES, renderReport } from '../../../../lib/compliance/report/index.ts';
import { EVIDENCE } from './fixture.ts';
import { checkOscal } from './oscal-check.ts';
import type { OscalObject } from './oscal-check.ts';

const fileOf = (evidence = EVIDENCE): string => renderReport(evidence).get(REPORT_FILES.oscal) as string;
const list = (result: OscalObject, name: string): readonly OscalObject[] => (result[name] ?? []) as readonly OscalObject[];

describe('assessment-results.oscal.json', () => {
  const result = checkOscal(fileOf());

  it('has an observation for each outcome and a finding for each judged control', () => {
    expect(list(result, 'observations')).toHaveLength(EVIDENCE.outcomes.length);
    expect(list(result, 'findings')).toHaveLength(new Set(EVIDENCE.outcomes.map(({ control }) => control)).size);
  });

  it('tells who brings what a person has to judge, and where the evidence is', () => {
    const observation = list(result, 'observations').find(({ title }) => /G35/.test(title as string)) as OscalObject;
    expect(observation).toMatchObject({ 'relevant-evidence': [{ description: 'DPIA\\-7, in the register of assessments' }] });
    expect(list(observation, 'props').filter(({ name }) => (name as string).startsWith('evidence')).map(({ name, value }) => [name, value])).toEqual([['evidence-owner', 'data-protection-officer'], ['evidence-due', '2027-03-31']]);
  });

  it.each([['PASS', 'satisfied', 'pass'], ['NOT_APPLICABLE', 'satisfied', 'other'], ['FAIL', 'not-satisfied', 'fail'], ['ACCEPTED', 'not-satisfied', 'fail'], ['UNKNOWN', 'not-satisfied', 'other'], ['MANUAL', 'not-satisfied', 'other'], ['ERROR', 'not-satisfied', 'other']] as const)('tells %s as %s, %s', (verdict, state, reason) => {
    const [finding] = list(checkOscal(fileOf({ ...EVIDENCE, outcomes: [{ control: 'GDPR-G01', verdict: 'PASS' }, { control: 'GDPR-G01', verdict, part: 'x' }].filter((_, at) => at > 0 || verdict !== 'NOT_APPLICABLE') as typeof EVIDENCE.outcomes })), 'findings');
    expect((finding as OscalObject)['target'] as OscalObject).toMatchObject({ status: { state, reason } });
  });

  it('has a risk for each decision, due on its last day', () => {
    const risks = list(result, 'risks');
    expect(risks.map(({ title, status, deadline }) => [title, status, deadline])).toEqual([
      ['backup\\-by\\-recovery', 'open', '2026-11-01T23:59:59Z'],
      ['functions\\-outside\\-vpc', 'deviation-requested', '2027-03-31T23:59:59Z'],
      ['nothing\\-left', 'closed', '2027-02-01T23:59:59Z'],
      ['own\\-authorizer', 'deviation-approved', '2027-01-31T23:59:59Z'],
      ['too\\-wide', 'open', '2028-01-01T23:59:59Z'],
    ]);
    expect(list(risks[1] as OscalObject, 'related-observations')).toHaveLength(9);
  });

  it('leaves out a deadline that is no date', () => {
    const decisions = EVIDENCE.decisions.map((decision) => ({ ...decision, expires: '2027-02-30' }));
    expect(list(checkOscal(fileOf({ ...EVIDENCE, decisions })), 'risks').filter(({ deadline }) => deadline !== undefined)).toEqual([]);
  });

  it('is of the model with nothing in it', () => {
    checkOscal(fileOf({ ...EVIDENCE, templates: [], controls: [], outcomes: [], decisions: [], unexamined: [], claims: [] }));
  });

  it('keeps the UUIDs of a finding and its observations from release to release', () => {
    const next = checkOscal(fileOf({ ...EVIDENCE, release: '0.3.0', at: '2026-12-01T00:00:00Z' }));
    for (const name of ['observations', 'risks', 'findings']) expect(list(next, name).map(({ uuid }) => uuid)).toEqual(list(result, name).map(({ uuid }) => uuid));
    expect(next['uuid']).not.toBe(result['uuid']);
  });
});
