import { describe, expect, it } from 'vitest';
import { judgeEstate } from '../../../../lib/compliance/index.ts';
import { unexaminedTypes } from '../../../../lib/compliance/evidence/unexamined.ts';
import { DEFAULT_PARAMETERS } from '../../../../lib/compliance/rules/parameters.ts';
import { each, type Rule } from '../../../../lib/compliance/rules/rule.ts';
import { estateOf } from '../../../../lib/compliance/template/estate.ts';
import type { Estate, JsonObject } from '../../../../lib/compliance/template/types.ts';

const estate = (template: JsonObject): Estate => estateOf('app', [{ name: 'stack', file: 'stack.json', sha256: '', template }]);
const BUCKETS = { B: { Type: 'AWS::S3::Bucket' }, A: { Type: 'AWS::S3::Bucket' }, Q: { Type: 'AWS::SQS::Queue' } };
const rule = (id: string, judge: Rule['judge'], looksAt: readonly string[] = ['AWS::S3::Bucket']): Rule => ({ id, pack: 'GDPR', version: 3, references: ['GDPR Art. 5'], title: 'Title', info: 'Info', explanation: 'Explanation', looksAt, judge });
const passing = rule('G02', each(['AWS::S3::Bucket'], () => ({ verdict: 'PASS', property: 'P', actual: 'a', expected: 'a' })));
const judge = (template: JsonObject, ...rules: Rule[]): ReturnType<typeof judgeEstate> => judgeEstate(estate(template), rules, DEFAULT_PARAMETERS);

describe('an estate that is held to rules', () => {
  it('gives an outcome a judgement, with its place and its control', () => {
    const { controls, outcomes } = judge({ Resources: BUCKETS }, passing);
    expect(controls).toEqual([{ id: 'GDPR-G02', framework: 'GDPR', title: 'Title', references: ['GDPR Art. 5'], info: 'Info', explanation: 'Explanation', version: '3' }]);
    expect(outcomes[0]).toEqual({ control: 'GDPR-G02', verdict: 'PASS', property: 'P', actual: 'a', expected: 'a', place: { stack: 'stack', logicalId: 'A', type: 'AWS::S3::Bucket', path: 'A' } });
  });

  it('gives the same order whatever the order of rules and judgements', () => {
    const two = (order: 1 | -1): Rule => rule('G01', () => (['x', 'y'] as const).toSorted((a, b) => order * (a < b ? -1 : 1)).map((part) => ({ verdict: 'FAIL', part })));
    const one = judge({ Resources: BUCKETS }, two(1), passing).outcomes;
    expect(judge({ Resources: Object.fromEntries(Object.entries(BUCKETS).toReversed()) }, passing, two(-1)).outcomes).toEqual(one);
    expect(one.map(({ control, part, place }) => [control, part ?? place?.logicalId])).toEqual([['GDPR-G01', 'x'], ['GDPR-G01', 'y'], ['GDPR-G02', 'A'], ['GDPR-G02', 'B']]);
  });

  it('takes a rule that breaks for an error of the rule, once, and says no path of this machine', () => {
    const broken = rule('G09', () => {
      throw new TypeError("Cannot read properties of undefined (reading 'x') in file:///home/someone/app/rule.ts:3:4\n    at judge (/home/someone/app/rule.ts:3:4)");
    });
    expect(judge({ Resources: BUCKETS }, broken, passing).outcomes.filter(({ verdict }) => verdict !== 'PASS')).toEqual([{ control: 'GDPR-G09', verdict: 'ERROR', note: "The rule broke: Cannot read properties of undefined (reading 'x') in …" }]);
  });

  it.each([
    [() => [], 'it gave no judgement'],
    [
      () => {
        // oxlint-disable-next-line typescript/only-throw-error -- a rule may throw anything
        throw 'text';
      },
      'text',
    ],
    [
      () => {
        throw new Error('');
      },
      'no message',
    ],
  ])('never takes silence for a pass: %s', (broken, note) => {
    expect(judge({ Resources: BUCKETS }, rule('G09', broken)).outcomes).toEqual([{ control: 'GDPR-G09', verdict: 'ERROR', note: expect.stringContaining(note) }]);
  });
});

describe('a template that macros change before it is deployed', () => {
  const nothing = rule('G03', each(['AWS::Lex::Bot'], () => ({ verdict: 'PASS' })), ['AWS::Lex::Bot']);
  const failing = rule('G04', each(['AWS::S3::Bucket'], () => ({ verdict: 'FAIL' })));
  const verdicts = (template: JsonObject): string[] => [...new Set(judge(template, passing, nothing, failing).outcomes.map(({ control, verdict }) => `${control} ${verdict}`))];

  it('a macro of the account may change any resource, and add some', () => {
    expect(verdicts({ Transform: ['AWS::LanguageExtensions', 'Mine'], Resources: BUCKETS })).toEqual(['GDPR-G02 UNKNOWN', 'GDPR-G03 UNKNOWN', 'GDPR-G04 FAIL']);
    const { outcomes } = judge({ Transform: 'Mine', Resources: BUCKETS }, passing);
    expect(outcomes[0]?.note).toBe('It passes as the template stands, but Mine may change this resource.');
  });

  it('what is missing may be among what is added; that it was missing is not written down', () => {
    const lacking = rule('G05', () => [{ verdict: 'FAIL', missing: true }]);
    const { outcomes } = judge({ Transform: 'AWS::Serverless-2016-10-31', Resources: BUCKETS }, lacking);
    expect(outcomes).toEqual([{ control: 'GDPR-G05', verdict: 'UNKNOWN', note: 'It is missing as the template stands, but AWS::Serverless-2016-10-31 in stack may add resources.' }]);
    expect(judge({ Resources: BUCKETS }, lacking).outcomes).toEqual([{ control: 'GDPR-G05', verdict: 'FAIL' }]);
  });

  it.each([
    ['transforms of AWS', { Transform: 'AWS::Serverless-2016-10-31', Resources: BUCKETS }],
    ['a loop', { Transform: 'AWS::LanguageExtensions', Resources: { ...BUCKETS, 'Fn::ForEach::Bots': ['x', ['a'], {}] } }],
    ['an inclusion', { Resources: { ...BUCKETS, 'Fn::Transform': { Name: 'AWS::Include' } } }],
    ['an inclusion at the top', { 'Fn::Transform': { Name: 'AWS::Include' }, Resources: BUCKETS }],
  ])('%s may add resources', (_, template) => {
    expect(verdicts(template)).toEqual(['GDPR-G02 PASS', 'GDPR-G03 UNKNOWN', 'GDPR-G04 FAIL']);
  });

  it('language extensions leave everything as it stands', () => {
    expect(verdicts({ Transform: 'AWS::LanguageExtensions', Resources: BUCKETS })).toEqual(['GDPR-G02 PASS', 'GDPR-G03 NOT_APPLICABLE', 'GDPR-G04 FAIL']);
  });
});

describe('types that no rule looked at', () => {
  it('are listed with their resources, and with what makes resources', () => {
    const template = { Resources: { ...BUCKETS, 'Fn::ForEach::Bots': ['x', ['a'], {}], Z: { Type: 'Custom::Thing' }, Y: { Type: 'Custom::Thing' } } };
    expect(unexaminedTypes(estate(template), [passing], [])).toEqual([
      { type: 'AWS::SQS::Queue', resources: ['Q'] },
      { type: 'Custom::Thing', resources: ['Y', 'Z'] },
      { type: 'Fn::ForEach', resources: ['stack/Fn::ForEach::Bots'] },
    ]);
  });

  it('are not those for which a stock rule gave a verdict', () => {
    const place = { stack: 'stack', logicalId: 'Q', type: 'AWS::SQS::Queue', path: 'Q' };
    expect(unexaminedTypes(estate({ Resources: BUCKETS }), [passing], [{ control: 'AwsSolutions-SQS3', verdict: 'FAIL', place }])).toEqual([]);
    expect(unexaminedTypes(estate({ Resources: BUCKETS }), [passing], [{ control: 'AwsSolutions-SQS3', verdict: 'NOT_APPLICABLE', place }])).toHaveLength(1);
  });
});
