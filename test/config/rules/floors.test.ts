import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTRY_FLOORS, FLOORS } from '../../../config/rules/floors.ts';
import { ENDPOINT, pathsOf, problemsIn, sample } from '../sample.ts';
import type { Changes } from '../sample.ts';

const OFF = { enabled: false, reason: 'A very good reason, signed by everybody who matters.' };

/** For each floor: changes that go under it, alone. */
const UNDER: Readonly<Record<string, Changes>> = {
  'firewall.enabled': { firewall: OFF },
  'conversation.retentionDays': { 'conversation.retentionDays': 366, 'dataPolicy.maxRetentionDays': 3650 },
  'guardrail.enabled': { guardrail: OFF },
  'guardrail.promptAttackStrength': { 'guardrail.promptAttackStrength': 'MEDIUM' },
  'model.baseUrl': { model: { ...ENDPOINT, baseUrl: 'http://models.internal/v1' } },
  'delivery.enabled': { delivery: OFF },
  'delivery.strategy.percent': { 'delivery.strategy.percent': 11 },
  'dataPolicy.pointInTimeRecoveryDays': { 'dataPolicy.pointInTimeRecoveryDays': 34 },
  'dataPolicy.auditRetentionDays': { 'dataPolicy.auditRetentionDays': 364 },
  'dataPolicy.removal.kind': { 'dataPolicy.removal': { kind: 'destroy', reason: OFF.reason } },
  'trail.enabled': { trail: OFF },
  'compliance.packs': { 'compliance.packs': ['AwsSolutions', 'NIST.800.53.R5'] },
  'firewall.allowedAddresses.0': { 'firewall.allowedAddresses': ['203.0.0.0/15'] },
  'api.embedOrigins.0': { 'api.embedOrigins': ['http://www.ottermoss.example'] },
};

describe('floors of production', () => {
  it.each(Object.entries(UNDER))('%s', (path, changes) => {
    const problems = problemsIn(sample('prod', changes));
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(problems[0]?.problem).toContain('No value or reason passes it.');
    expect(problems[0]?.allowed).toContain('tier: production');
  });

  it('has a case for each floor', () => {
    expect([...FLOORS, ...ENTRY_FLOORS].map(({ path }) => path.replace('[]', '.0')).filter((path) => !(path in UNDER))).toEqual([]);
  });

  it('leaves development alone', () => {
    const alarms = { 'dataPolicy.maxRetentionDays': 3650 };
    for (const changes of Object.values(UNDER)) expect(pathsOf('prod', { ...changes, ...alarms, tier: 'development' })).toEqual([]);
  });

  it('holds for every combination, with any reason', () => {
    const settings = fc.record({ paths: fc.subarray(Object.keys(UNDER), { minLength: 1 }), reason: fc.string({ minLength: 20, maxLength: 200 }) });
    fc.assert(
      fc.property(settings, ({ paths, reason }) => {
        // Later changes replace earlier ones of the same section, so ask for those that still stand.
        const changes = paths.toReversed().flatMap((path) => Object.entries(UNDER[path] ?? {}));
        const reasoned = Object.fromEntries(changes.map(([path, value]) => [path, value === OFF ? { ...OFF, reason } : value]));
        const found = problemsIn(sample('prod', reasoned)).map(({ path }) => path);
        // Those of the guardrail are floors under a model on Bedrock only.
        const replaced = paths.includes('model.baseUrl') ? /^(guardrail|delivery\.strategy|firewall\.allowed)/ : /^(guardrail\.prompt|delivery\.strategy|firewall\.allowed)/;
        expect(found).toEqual(expect.arrayContaining(paths.filter((path) => !replaced.test(path))));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['203.0.0.0/16', true],
    ['203.0.0.0/15', false],
    ['128.0.0.0/1', false],
    ['2001:db8::/32', true],
    ['2001:db8::/31', false],
    ['::/1', false],
  ])('lets %s past the firewall: %s', (range, holds) => {
    expect(pathsOf('prod', { 'firewall.allowedAddresses': ['198.51.100.7/32', range] })).toEqual(holds ? [] : ['firewall.allowedAddresses.1']);
    expect(pathsOf('prod', { tier: 'development', 'firewall.allowedAddresses': [range] })).toEqual([]);
  });

  it('takes the packs in any order', () => {
    expect(pathsOf('prod', { 'compliance.packs': ['NIST.800.53.R5', 'HIPAA.Security', 'AwsSolutions'] })).toEqual([]);
  });

  it('does not speak of packs while one of them is refused', () => {
    expect(pathsOf('prod', { 'compliance.packs': ['AwsSolutions', 'CIS'] })).toEqual(['compliance.packs.1']);
  });

  it('asks for a guardrail only where there is a model', () => {
    expect(pathsOf('prod', { model: { provider: 'extractive' }, guardrail: OFF })).toEqual([]);
  });

  it('asks for subscribers of both severities', () => {
    expect(pathsOf('prod', { alarms: {} })).toEqual(['alarms.page', 'alarms.ticket', 'delivery.enabled']);
  });
});
