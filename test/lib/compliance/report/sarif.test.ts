import { describe, expect, it } from 'vitest';
import type { DecisionState } from '../../../../lib/compliance/evidence/types.ts';
import { REPORT_FILES, renderReport } from '../../../../lib/compliance/report/index.ts';
import { EVIDENCE } from './fixture.ts';
import { checkSarif } from './sarif-check.ts';

const runOf = (evidence = EVIDENCE): ReturnType<typeof checkSarif> => checkSarif(renderReport(evidence).get(REPORT_FILES.sarif) as string);

describe('results.sarif', () => {
  const run = runOf();
  const count = (verdict: string): number => EVIDENCE.outcomes.filter((outcome) => outcome.verdict === verdict).length;

  it('has what fails, broke, is accepted or cannot be told, and nothing else', () => {
    const verdicts = ['FAIL', 'ERROR', 'ACCEPTED', 'UNKNOWN'];
    expect(verdicts.map((verdict) => run.results.filter(({ properties }) => properties.verdict === verdict).length)).toEqual(verdicts.map(count));
    expect(run.results).toHaveLength(verdicts.map(count).reduce((sum, each) => sum + each, 0));
    expect(new Set(run.results.map(({ properties, level }) => `${properties.verdict} ${level}`))).toEqual(new Set(['FAIL error', 'ERROR error', 'ACCEPTED error', 'UNKNOWN note']));
  });

  it('has every control as a rule and every template as an artifact with its hash', () => {
    expect(run.tool.driver.rules.map(({ id }) => id).toSorted()).toEqual(EVIDENCE.controls.map(({ id }) => id).toSorted());
    expect(run.artifacts[0]).toEqual({ location: { uri: 'assembly-prod/chatbot-prod-api.template.json' }, roles: ['analysisTarget'], hashes: { 'sha-256': '2'.repeat(64) } });
    expect(run.invocations[0].executionSuccessful).toBe(false);
  });

  it('locates a result in its template and by its construct path', () => {
    const own = run.results.find(({ ruleId, suppressions }) => ruleId === 'AwsSolutions-COG4' && suppressions?.[0]?.status === 'accepted');
    expect(own?.locations).toEqual([{ physicalLocation: { artifactLocation: { uri: 'assembly-prod/chatbot-prod-api.template.json', index: 0 }, region: { startLine: 1 } }, logicalLocations: [{ name: 'Chat00001EEF', fullyQualifiedName: 'prod/api/Chat/Resource', kind: 'resource' }] }]);
    expect(own?.suppressions?.[0]?.properties).toEqual({ decision: 'own-authorizer', state: 'approved', owner: 'platform-lead', approver: 'security-officer', expires: '2027-01-31', ticket: 'RISK-118' });
  });

  it.each([['approved', 'accepted'], ['proposed', 'underReview'], ['expired', 'rejected'], ['invalid', 'rejected'], ['unused', 'rejected']] as const)('tells a decision that is %s as %s', (state: DecisionState, status) => {
    const decisions = EVIDENCE.decisions.map((decision) => ({ ...decision, state }));
    const statuses = runOf({ ...EVIDENCE, decisions }).results.flatMap(({ suppressions }) => suppressions?.map((suppression) => suppression.status) ?? []);
    expect(new Set(statuses)).toEqual(new Set([status]));
  });

  it('rejects an acceptance whose decision is not there', () => {
    expect(runOf({ ...EVIDENCE, decisions: [] }).results.flatMap(({ suppressions }) => suppressions?.map(({ status }) => status) ?? [])).toEqual(Array.from({ length: count('ACCEPTED') }, () => 'rejected'));
  });

  it('keeps a result its fingerprint while text around it changes', () => {
    const other = runOf({ ...EVIDENCE, release: '0.3.0', outcomes: EVIDENCE.outcomes.map((outcome) => Object.assign({}, outcome, { note: 'other words' })) });
    expect(other.results.map(({ partialFingerprints, guid }) => [partialFingerprints, guid])).toEqual(run.results.map(({ partialFingerprints, guid }) => [partialFingerprints, guid]));
  });
});
