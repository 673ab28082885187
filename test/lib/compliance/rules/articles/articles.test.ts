import { describe, expect, it } from 'vitest';
import { ARTICLE_RULES } from '../../../../../lib/compliance/rules/articles/articles.ts';
import { DEFAULT_PARAMETERS } from '../../../../../lib/compliance/rules/parameters.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { judge } from '../judge.ts';

const table = (basis: Json): Json => ({ Type: 'AWS::DynamoDB::Table', Properties: { Tags: [{ Key: 'legal-basis', Value: basis }] } });
const rule = (id: string) => ARTICLE_RULES.find((one) => one.id === id)!;

describe('articles that no template tells anything about', () => {
  it('are 6, 7, 12-14, 28, 35 and 37', () => {
    expect(ARTICLE_RULES.map(({ references }) => references)).toEqual([6, 7, 12, 13, 14, 28, 35, 37].map((number) => [`GDPR Art. ${number}`]));
  });

  it.each(ARTICLE_RULES.map((one) => [one.id, one] as const))('%s is for a person, whatever the templates hold, and says what is wanted', (_id, one) => {
    const estates: Record<string, Json>[] = [{}, { A: table('contract') }, { A: table({ Ref: 'Basis' }) }, { A: { Type: 'Custom::Thing' } }];
    for (const resources of estates) {
      expect(judge(one, resources)).toEqual([expect.objectContaining({ verdict: 'MANUAL', expected: expect.stringMatching(/.{30,}/), note: 'Evidence wanted.' })]);
    }
    expect(one.title).not.toMatch(/[.\n]$/);
    expect(one.explanation).toMatch(/.{60,}[.]$/s);
  });

  it.each([
    ['A06', { A: table('contract'), B: table('contract'), C: table('legal-obligation') }, {}, 'bases in the tags: contract, legal-obligation'],
    ['A06', { A: table({ Ref: 'Basis' }) }, {}, 'no bases in the tags'],
    ['A13', {}, { disclosure: { locales: ['en', 'de'], humanRoute: 'mail' } }, 'disclosure declared in en, de'],
    ['A13', {}, {}, 'disclosure declared in no language'],
    ['A28', {}, { processors: [{ name: 'Mailer', hosts: ['mail.example'], region: 'eu-central-1' }] }, 'platform: AWS; processors in the register: Mailer'],
    ['A28', {}, {}, 'platform: AWS; no processors in the register'],
    ['A35', {}, { impactAssessment: 'DPIA-7' }, 'impactAssessment: DPIA-7'],
    ['A35', {}, {}, 'no reference in the parameter impactAssessment'],
  ])('%s tells what is declared: %j %j', (id, resources: Record<string, Json>, parameters, actual) => {
    expect(judge(rule(id), resources, { ...DEFAULT_PARAMETERS, ...parameters })[0]?.actual).toBe(actual);
  });
});
