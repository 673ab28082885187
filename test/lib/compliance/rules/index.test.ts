import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ARTICLE_RULES } from '../../../../lib/compliance/rules/articles/articles.ts';
import { BLIND_SPOT_RULES, GDPR_RULES, HIPAA_RULES, RULES } from '../../../../lib/compliance/rules/index.ts';
import type { Json } from '../../../../lib/compliance/template/types.ts';
import { judge } from './judge.ts';

const TESTS = import.meta.dirname;
const SOURCE = join(TESTS, '../../../../lib/compliance/rules');
const PACKS = [
  { folder: 'gdpr', pack: 'GDPR', letter: 'G', rules: GDPR_RULES, count: 30, reference: /^(GDPR|AI Act) Art\. \d+(\(\d+\))*(\([a-z]\))*/ },
  { folder: 'hipaa', pack: 'HIPAA-Additions', letter: 'H', rules: HIPAA_RULES, count: 6, reference: /^HIPAA 164\.\d+\([a-z]\)/ },
  { folder: 'blind-spots', pack: 'Blind-Spots', letter: 'B', rules: BLIND_SPOT_RULES, count: 21, reference: /^(GDPR Art\. \d+|HIPAA 164\.\d+|AWS )/ },
] as const;

/** What a rule may pass by its type alone, whatever its properties say. */
const BY_TYPE: ReadonlySet<string> = new Set(['G17 AWS::ApiGatewayV2::Api', 'G28 AWS::RedshiftServerless::Namespace']);

describe.each(PACKS)('the rules of $pack', ({ folder, pack, letter, rules, count, reference }) => {
  const files = readdirSync(join(SOURCE, folder)).filter((file) => /^[a-z]\d\d-/.test(file));

  it('are complete, in order, and of this pack', () => {
    expect(rules.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, index) => `${letter}${String(index + 1).padStart(2, '0')}`));
    expect(new Set(rules.map((rule) => rule.pack))).toEqual(new Set([pack]));
  });

  it('are one a file, each with its test', () => {
    expect(files.map((file) => file.slice(0, 3).toUpperCase())).toEqual(rules.map(({ id }) => id));
    expect(files.filter((file) => !existsSync(join(TESTS, folder, file.replace(/\.ts$/, '.test.ts'))))).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s says what it demands, why, and of which article', (_id, rule) => {
    expect(rule.references.length).toBeGreaterThan(0);
    for (const each of rule.references) expect(each).toMatch(reference);
    expect(rule.version).toBeGreaterThanOrEqual(1);
    expect(rule.title.length).toBeGreaterThan(15);
    expect(rule.title.length).toBeLessThan(160);
    expect(rule.title).not.toMatch(/[.\n]$/);
    expect(rule.info.length).toBeGreaterThan(30);
    expect(rule.info).toMatch(/[.]$/);
    expect(rule.explanation.length).toBeGreaterThan(100);
    expect(rule.explanation).toMatch(/[.]$/);
    expect(rule.looksAt.length).toBeGreaterThan(0);
    expect(new Set(rule.looksAt).size).toBe(rule.looksAt.length);
    for (const type of rule.looksAt) expect(type).toMatch(/^(AWS::\w+|Custom)::\w+$/);
  });
});

describe('all rules', () => {
  it('have ids of their own', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    expect(RULES).toHaveLength(57 + ARTICLE_RULES.length);
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s breaks on no shape, and says what it found', (_id, rule) => {
    const unresolved: Json = { Ref: 'AParameter' };
    const shapes: Json[] = [unresolved, [unresolved], 'text', 3, null, [null, 3, {}], { Statement: [unresolved] }];
    const names = ['PolicyDocument', 'Policy', 'KeyPolicy', 'ResourcePolicy', 'Tags', 'Replicas', 'Policies', 'AssumeRolePolicyDocument', 'Environment', 'LifecycleConfiguration', 'SSESpecification', 'Targets', 'Target', 'Cors', 'Subscription'];
    for (const shape of shapes) {
      const resources = Object.fromEntries(rule.looksAt.map((Type, index) => [`R${index}`, { Type, Properties: Object.fromEntries(names.map((name) => [name, shape])) }]));
      expect(judge(rule, resources).length).toBeGreaterThan(0);
    }
    const bare = judge(rule, Object.fromEntries(rule.looksAt.map((Type, index) => [`R${index}`, { Type }])));
    expect(bare.length).toBeGreaterThan(0);
    for (const { verdict, note, actual, expected } of bare) if (verdict !== 'PASS') expect(note ?? actual ?? expected).toBeTruthy();
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s passes no resource of which nothing is known', (_id, rule) => {
    for (const Properties of [{ Ref: 'AParameter' }, { 'Fn::Transform': { Name: 'AWS::Include' } }] as Json[]) {
      const found = judge(rule, Object.fromEntries(rule.looksAt.map((Type, index) => [`R${index}`, { Type, Properties }])));
      const passed = found.filter(({ resource, verdict }) => resource !== undefined && verdict === 'PASS').map(({ resource }) => resource?.type ?? '');
      expect(passed.filter((type) => !BY_TYPE.has(`${rule.id} ${type}`))).toEqual([]);
    }
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s says so of a template without resources', (_id, rule) => {
    const found = judge(rule, {});
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ verdict }) => verdict === 'FAIL')).toEqual([]);
  });
});
