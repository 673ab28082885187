import { describe, expect, it } from 'vitest';
import { applyDecisions, fails } from '../../../../lib/compliance/index.ts';
import type { Applied, PlacedDecision, Register } from '../../../../lib/compliance/index.ts';
import type { Control, Decision, Outcome } from '../../../../lib/compliance/evidence/types.ts';
import type { ApplyInput } from '../../../../lib/compliance/risks/apply.ts';
import type { Verdict } from '../../../../lib/compliance/verdict.ts';

const control = (framework: string, id: string): Control => ({ id: `${framework}-${id}`, framework, title: '', references: [], info: '', explanation: '', version: '1' });
const CONTROLS = [control('AwsSolutions', 'S1'), control('AwsSolutions', 'IAM5'), control('GDPR', 'G14'), control('GDPR', 'G26')];

const outcome = (id: string, path: string | undefined, verdict: Verdict = 'FAIL', part?: string): Outcome => ({
  control: id,
  verdict,
  ...(path === undefined ? {} : { place: { stack: 'data', logicalId: 'Id', type: 'T', path } }),
  ...(part === undefined ? {} : { part }),
});
const S1 = outcome('AwsSolutions-S1', 'prod/Data/Bucket');

const decision = (change: Partial<PlacedDecision> = {}): PlacedDecision => ({
  id: 'last-log',
  findings: ['AwsSolutions::AwsSolutions-S1'],
  justification: 'This bucket holds logs; access logs of it would need another bucket without end.',
  compensatingControl: 'The account trail records management events on it.',
  since: '2026-01-01',
  expires: '2026-06-30',
  path: 'prod/Data/Bucket',
  whole: false,
  line: 'lib/bucket.ts:12',
  ...change,
});
const REGISTER: Register = { owner: 'service owner', approver: 'data protection officer', approvals: {} };
const approved = (change: object = {}): Register => ({ ...REGISTER, approvals: { 'last-log': { approver: 'security lead', ticket: 'RISK-12', approvedOn: '2026-01-10', ...change } } });

const apply = (input: Partial<ApplyInput>): Applied => applyDecisions({ outcomes: [S1], controls: CONTROLS, decisions: [decision()], register: REGISTER, date: '2026-03-01', ...input });
const first = ({ decisions }: Applied): Decision => decisions[0] as Decision;
const verdicts = ({ outcomes }: Applied): string[] => outcomes.map(({ verdict, decision: by }) => (by === undefined ? verdict : `${verdict} ${by}`));

describe('a valid decision', () => {
  it('accepts exactly its finding on its resource', () => {
    const outcomes = [S1, outcome('AwsSolutions-S1', 'prod/Data/Bucket/Below'), outcome('AwsSolutions-S1', 'prod/Data'), outcome('AwsSolutions-S1', undefined), outcome('AwsSolutions-S1', 'prod/Data/Bucket', 'FAIL', 'part'), outcome('GDPR-G14', 'prod/Data/Bucket')];
    expect(verdicts(apply({ outcomes }))).toEqual(['ACCEPTED last-log', 'FAIL', 'FAIL', 'FAIL', 'FAIL', 'FAIL']);
  });

  it.each([
    ['ERROR', 'ACCEPTED last-log'],
    ['PASS', 'PASS'],
    ['UNKNOWN', 'UNKNOWN'],
    ['MANUAL', 'MANUAL'],
    ['NOT_APPLICABLE', 'NOT_APPLICABLE'],
  ] as const)('makes of %s: %s', (verdict, expected) => {
    expect(verdicts(apply({ outcomes: [S1, outcome('AwsSolutions-S1', 'prod/Data/Bucket', verdict)] }))[1]).toBe(expected);
  });

  it('takes findings of our own, of one part, and on the estate as a whole', () => {
    const outcomes = [outcome('GDPR-G14', 'p'), outcome('AwsSolutions-IAM5', 'p', 'FAIL', 'Resource::*'), outcome('GDPR-G26', undefined)];
    const applied = apply({ outcomes, decisions: [decision({ findings: ['GDPR::G14', 'AwsSolutions::AwsSolutions-IAM5[Resource::*]'], path: 'p' }), decision({ id: 'no-trail', findings: ['GDPR::G26'], path: 'prod', whole: true })] });
    expect(verdicts(applied)).toEqual(['ACCEPTED last-log', 'ACCEPTED last-log', 'ACCEPTED no-trail']);
    expect(applied.decisions.map(({ covers }) => covers)).toEqual([['AwsSolutions::AwsSolutions-IAM5[Resource::*] p', 'GDPR::G14 p'], ['GDPR::G26 prod']]);
  });

  it('is one decision, however many resources it is for', () => {
    const outcomes = [S1, outcome('AwsSolutions-S1', 'prod/Data/Other')];
    const applied = apply({ outcomes, decisions: [decision({ path: 'prod/Data/Other', line: 'lib/other.ts:3' }), decision()] });
    expect(verdicts(applied)).toEqual(['ACCEPTED last-log', 'ACCEPTED last-log']);
    expect(applied.decisions).toEqual([
      {
        id: 'last-log',
        covers: ['AwsSolutions::AwsSolutions-S1 prod/Data/Bucket', 'AwsSolutions::AwsSolutions-S1 prod/Data/Other'],
        justification: decision().justification,
        compensatingControl: decision().compensatingControl,
        owner: 'service owner',
        approver: 'data protection officer',
        expires: '2026-06-30',
        state: 'proposed',
      },
    ]);
  });

  it('is proposed until approver and ticket stand in the register', () => {
    expect(first(apply({}))).toMatchObject({ state: 'proposed' });
    expect(first(apply({ register: approved({ ticket: ' ' }) })).state).toBe('proposed');
    expect(first(apply({ register: approved({ approver: '' }) })).state).toBe('proposed');
    expect(first(apply({ register: approved() }))).toMatchObject({ state: 'approved', approver: 'security lead', ticket: 'RISK-12' });
    expect(fails(first(apply({})))).toBe(false);
  });

  it('is proposed again when it was renewed after its approval', () => {
    expect(first(apply({ register: approved({ approvedOn: '2025-12-31' }) }))).toMatchObject({ state: 'proposed', problem: expect.stringContaining('before it was renewed on 2026-01-01') });
  });

  it('holds on its last day, and is expired on the next', () => {
    expect(first(apply({ date: '2026-06-30' })).state).toBe('proposed');
    const applied = apply({ date: '2026-07-01', register: approved() });
    expect(first(applied)).toMatchObject({ state: 'expired', problem: expect.stringMatching(/^lib\/bucket\.ts:12 Accepted risk "last-log" on prod\/Data\/Bucket: expired on 2026-06-30 and accepts nothing any more: .*renew `since` and `expires`/) });
    expect(verdicts(applied)).toEqual(['FAIL']);
  });
});

describe('an invalid decision accepts nothing', () => {
  const invalid = (input: Partial<ApplyInput>, problem: string): void => {
    const applied = apply(input);
    expect(first(applied)).toMatchObject({ state: 'invalid', problem: expect.stringContaining(problem) as string });
    expect(fails(first(applied))).toBe(true);
    expect(verdicts(applied)).not.toContain('ACCEPTED last-log');
  };

  it.each([
    ['malformed', { justification: 'because' }, 'must be sentences'],
    ['too long', { expires: '2026-12-31' }, 'at most 180'],
    ['a wildcard', { findings: ['AwsSolutions::*'] as const }, 'is a wildcard'],
    ['approved by its owner', { owner: 'Data Protection Officer' }, 'nobody approves a risk of their own'],
    ['without an owner', { owner: ' ' }, 'no owner or no approver'],
  ])('%s', (_, change, problem) => {
    invalid({ decisions: [decision(change)] }, `lib/bucket.ts:12 Accepted risk "last-log" on prod/Data/Bucket: `);
    invalid({ decisions: [decision(change)] }, problem);
  });

  it('without a known line it is named by its id and path', () => {
    const { line: _line, ...unplaced } = decision({ justification: 'because' });
    expect(first(apply({ decisions: [unplaced] })).problem).toMatch(/^Accepted risk "last-log" on prod\/Data\/Bucket: /);
  });

  it.each([
    [{ approver: 'Service Owner' }, 'is the owner of the risk'],
    [{ approvedOn: 'yesterday' }, 'approvedOn "yesterday" is no day'],
    [{ approvedOn: '2026-03-10' }, 'approvedOn 2026-03-10 lies ahead'],
  ])('with an approval that is none: %j', (change, problem) => {
    invalid({ register: approved(change), today: '2026-03-01' }, problem);
  });

  it('that begins in the future, where today is known', () => {
    invalid({ decisions: [decision({ since: '2026-03-03' })], today: '2026-03-01' }, 'it begins on 2026-03-03, which lies ahead');
    expect(first(apply({ decisions: [decision({ since: '2026-03-02' })], today: '2026-03-01' })).state).toBe('proposed');
    expect(first(apply({ decisions: [decision({ since: '2026-03-03' })] })).state).toBe('proposed');
  });

  it('with the id of another one', () => {
    invalid({ decisions: [decision(), decision({ path: 'prod/Data/Other', compensatingControl: 'Something else that protects it.', line: 'lib/other.ts:3' })] }, 'another decision has the same id and says something else (lib/other.ts:3)');
  });

  it('that is made twice for one finding', () => {
    invalid({ decisions: [decision(), decision()] }, 'accepts AwsSolutions::AwsSolutions-S1, which is accepted there a second time (by "last-log"');
    invalid({ decisions: [decision(), decision({ id: 'other' })] }, 'a second time (by "other", lib/bucket.ts:12)');
  });
});

describe('a decision that is not used', () => {
  const problem = (input: Partial<ApplyInput>): string | undefined => {
    const { state, problem: text } = first(apply(input));
    expect(state).toBe('unused');
    return text;
  };

  it('fails, with what to take out', () => {
    expect(problem({ outcomes: [{ ...S1, verdict: 'PASS' }] })).toBe('lib/bucket.ts:12 Accepted risk "last-log" on prod/Data/Bucket: it accepts AwsSolutions::AwsSolutions-S1, which was not found there; take it out.');
    expect(problem({ decisions: [decision({ findings: ['AwsSolutions::AwsSolutions-S99'] })] })).toContain('a rule that AwsSolutions does not have; correct the id.');
  });

  it('fails for one finding of many, and still accepts the others', () => {
    const applied = apply({ decisions: [decision({ findings: ['AwsSolutions::AwsSolutions-S1', 'GDPR::G14', 'GDPR::G26'] })] });
    expect(first(applied)).toMatchObject({ state: 'unused', problem: expect.stringContaining('it accepts GDPR::G14 (and 1 more like it)') });
    expect(verdicts(applied)).toEqual(['ACCEPTED last-log']);
  });

  it('says how the finding is written there', () => {
    const outcomes = [outcome('AwsSolutions-IAM5', 'prod/Data/Bucket', 'FAIL', 'Resource::*')];
    expect(problem({ outcomes, decisions: [decision({ findings: ['AwsSolutions::AwsSolutions-IAM5'] })] })).toContain('but there it is AwsSolutions::AwsSolutions-IAM5[Resource::*]; write exactly that');
  });

  it('is too wide when it stands on an environment for what was found on resources', () => {
    expect(problem({ decisions: [decision({ whole: true, path: 'prod' })] })).toContain('Accepted risk "last-log" on prod: it accepts AwsSolutions::AwsSolutions-S1, which is too wide');
  });

  it('is not said of findings of a pack that did not run', () => {
    expect(first(apply({ decisions: [decision({ findings: ['AwsSolutions::AwsSolutions-S1', 'HIPAA.Security::HIPAA.Security-S3BucketLoggingEnabled'] })] })).state).toBe('proposed');
  });
});

it('approvals of decisions that are not there are listed', () => {
  expect(apply({ register: { ...REGISTER, approvals: { gone: { approver: 'x', ticket: 'y', approvedOn: '2026-01-01' }, 'last-log': { approver: 'x', ticket: 'y', approvedOn: '2026-01-01' } } } }).staleApprovals).toEqual(['gone']);
});
