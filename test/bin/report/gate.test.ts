import { describe, expect, it } from 'vitest';
import { openIn } from '../../../bin/report/gate.ts';
import type { Decision, Evidence, Outcome } from '../../../lib/compliance/index.ts';

const evidence = (outcomes: readonly Outcome[], decisions: readonly Decision[] = []): Evidence => ({ name: 'prod', release: '1', at: '2026-11-22T00:00:00Z', templates: [], controls: [], outcomes, decisions, unexamined: [], claims: [] });
const decision = (state: Decision['state']): Decision => ({ id: state, covers: [], justification: '', compensatingControl: '', owner: 'a', approver: 'b', expires: '2027-01-01', state, ...(state === 'proposed' || state === 'approved' ? {} : { problem: 'change line 3.' }) });
const open = (given: Partial<Parameters<typeof openIn>[0]>): string[] => openIn({ evidence: evidence([]), staleApprovals: [], staleSlots: [], ...given });

describe('the gate', () => {
  it('is open for what fails and what broke, and for nothing else', () => {
    const place = { stack: 's', logicalId: 'T', type: 'AWS::DynamoDB::Table', path: 'prod/T' };
    const outcomes: Outcome[] = (['PASS', 'ACCEPTED', 'UNKNOWN', 'NOT_APPLICABLE', 'MANUAL'] as const).map((verdict) => ({ control: 'GDPR-G01', verdict }));
    expect(open({ evidence: evidence(outcomes) })).toEqual([]);
    expect(open({ evidence: evidence([...outcomes, { control: 'GDPR-G02', verdict: 'FAIL', place, part: 'rotation' }, { control: 'GDPR-G03', verdict: 'ERROR' }]) })).toEqual(['FAIL GDPR-G02 [rotation] prod/T', 'ERROR GDPR-G03 prod']);
  });

  it('is open for decisions that accept nothing', () => {
    const states = (['approved', 'proposed', 'expired', 'invalid', 'unused'] as const).map(decision);
    expect(open({ evidence: evidence([], states) })).toEqual(['expired', 'invalid', 'unused'].map((state) => `${state} decision ${state}: change line 3.`));
  });

  it('is open for approvals and slots of what is not there', () => {
    expect(open({ staleApprovals: ['old'], staleSlots: ['GDPR-A99'] })).toEqual([expect.stringContaining('compliance.approvals approves old'), expect.stringContaining('compliance.manual names GDPR-A99')]);
  });
});
