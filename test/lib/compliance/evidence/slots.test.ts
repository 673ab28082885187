import { describe, expect, it } from 'vitest';
import { fillSlots } from '../../../../lib/compliance/index.ts';
import type { Outcome } from '../../../../lib/compliance/index.ts';

const slot = { owner: 'data-protection-officer', due: '2027-01-31', evidence: 'DPIA-7' };
const outcomes: readonly Outcome[] = [
  { control: 'GDPR-A35', verdict: 'MANUAL' },
  { control: 'GDPR-G01', verdict: 'PASS' },
  { control: 'GDPR-G29', verdict: 'MANUAL', part: 'erase' },
  { control: 'GDPR-G29', verdict: 'FAIL', part: 'export' },
];

describe('slots of what a person has to judge', () => {
  it('are put to manual outcomes of their control, and change no verdict', () => {
    const filled = fillSlots(outcomes, { 'GDPR-A35': slot, 'GDPR-G29': slot });
    expect(filled.outcomes).toEqual([{ ...outcomes[0], slot }, outcomes[1], { ...outcomes[2], slot }, outcomes[3]]);
    expect(filled.stale).toEqual([]);
  });

  it('that fit nothing are told', () => {
    expect(fillSlots(outcomes, { 'GDPR-G01': slot, 'GDPR-A36': slot, constructor: slot }).stale).toEqual(['GDPR-A36', 'GDPR-G01', 'constructor']);
  });

  it('of nobody are none', () => {
    expect(fillSlots(outcomes, {})).toEqual({ outcomes, stale: [] });
  });
});
