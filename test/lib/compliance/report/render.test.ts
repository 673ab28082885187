import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { REPORT_FILES, headline, renderReport } from '../../../../lib/compliance/report/index.ts';
import { EVIDENCE, VIEWS } from './fixture.ts';

describe('renderReport', () => {
  const files = renderReport(EVIDENCE, VIEWS);

  it('makes every file', () => {
    expect([...files.keys()].toSorted()).toEqual(Object.values(REPORT_FILES).toSorted());
  });

  it('gives the same bytes again, in whatever order the evidence comes', () => {
    const turned = { ...EVIDENCE, templates: EVIDENCE.templates.toReversed(), controls: EVIDENCE.controls.toReversed(), outcomes: EVIDENCE.outcomes.toReversed(), decisions: EVIDENCE.decisions.toReversed(), unexamined: EVIDENCE.unexamined.toReversed(), claims: EVIDENCE.claims.toReversed() };
    const members = Object.fromEntries(Object.entries(turned).toReversed()) as unknown as typeof EVIDENCE;
    expect([...renderReport(members, VIEWS)]).toEqual([...files]);
  });

  it('lists every other file and every template with its hash', () => {
    const manifest = JSON.parse(files.get(REPORT_FILES.manifest) as string) as { files: { file: string; bytes: number; sha256: string }[]; templates: unknown };
    expect(manifest.files.map(({ file }) => file)).toEqual(Object.values(REPORT_FILES).filter((file) => file !== REPORT_FILES.manifest).toSorted());
    for (const { file, bytes, sha256 } of manifest.files) {
      const content = Buffer.from(files.get(file) as string, 'utf8');
      expect([bytes, sha256]).toEqual([content.length, createHash('sha256').update(content).digest('hex')]);
    }
    expect(manifest.templates).toEqual(EVIDENCE.templates.toSorted((a, b) => (a.stack < b.stack ? -1 : 1)).map(({ stack, file, sha256 }) => ({ stack, file, sha256 })));
  });

  it('writes all evidence, its time in UTC', () => {
    const evidence = JSON.parse(files.get(REPORT_FILES.evidence) as string) as typeof EVIDENCE;
    expect(evidence.at).toBe('2026-11-20T08:30:00.000Z');
    expect(evidence.outcomes).toHaveLength(EVIDENCE.outcomes.length);
    expect(evidence.outcomes).toEqual(expect.arrayContaining([...EVIDENCE.outcomes]));
    expect(evidence.decisions.map(({ id }) => id)).toEqual(['backup-by-recovery', 'functions-outside-vpc', 'nothing-left', 'own-authorizer', 'too-wide']);
  });

  it('shows an outcome whose control no pack lists', () => {
    const strange = renderReport({ ...EVIDENCE, outcomes: [{ control: 'X-1', verdict: 'FAIL' }] });
    for (const file of [REPORT_FILES.page, REPORT_FILES.table, REPORT_FILES.sarif, REPORT_FILES.oscal]) expect(strange.get(file)).toContain('X-1');
  });

  it('refuses a time that is none', () => {
    expect(() => renderReport({ ...EVIDENCE, at: 'yesterday' })).toThrow('Evidence of "prod": at is "yesterday", which is not a time; give the commit\'s time as ISO 8601, e.g. 2027-01-31T12:00:00Z.');
  });
});

describe('headline', () => {
  it('speaks of one as of one, and of none', () => {
    expect(headline({ ...EVIDENCE, outcomes: [{ control: 'GDPR-G01', verdict: 'ACCEPTED', decision: 'own-authorizer' }], decisions: [], unexamined: EVIDENCE.unexamined.slice(1, 2) })).toBe('Of 1 check of prod, 0 passed, 0 failed, 1 is an accepted risk, 0 cannot be assessed from the templates and 0 do not apply; 1 resource type met no rule, and no acceptance is in force.');
  });
});
