import { describe, expect, it } from 'vitest';
import { MAX_TEMPLATE_BYTES, parseTemplate, requireResources } from '../../../../lib/compliance/template/parse.ts';
import { TemplateError } from '../../../../lib/compliance/template/error.ts';
import type { JsonObject } from '../../../../lib/compliance/template/types.ts';

const parse = async (text: string | Uint8Array): Promise<JsonObject> => {
  const template = await parseTemplate(typeof text === 'string' ? new TextEncoder().encode(text) : text, 'app.yaml');
  requireResources(template, 'app.yaml');
  return template;
};
const properties = async (yaml: string): Promise<unknown> => {
  const { Resources: resources } = await parse(`Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n${yaml.replaceAll(/^/gm, '      ')}\n`);
  return (resources as { A: { Properties: unknown } }).A.Properties;
};
const refusal = async (text: string | Uint8Array): Promise<TemplateError> => {
  const error: unknown = await parse(text).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TemplateError);
  return error as TemplateError;
};

describe('a template in YAML', () => {
  it('has its short forms written out', async () => {
    const yaml = `
Ref: !Ref Bucket
Att: !GetAtt Bucket.Arn
Nested: !GetAtt Child.Outputs.Name
List: !GetAtt [Bucket, Arn]
Sub: !Sub '\${Bucket}/x'
SubMap: !Sub ['\${v}', { v: !Ref P }]
Join: !Join [',', [!Ref A, b]]
If: !If [IsProd, !Ref A, !Ref AWS::NoValue]
Find: !FindInMap [M, !Ref R, k]
Import: !ImportValue name
Select: !Select [0, !GetAZs '']
Block: !Join
  - '-'
  - - !Base64 x
    - !Split [',', 'a,b']
And: !And [!Condition C, !Not [!Equals [a, b]]]
Transform: !Transform { Name: AWS::Include, Parameters: { Location: s3 } }
Unheard: !Unheard x`;
    expect(await properties(yaml.trim())).toEqual({
      Ref: { Ref: 'Bucket' },
      Att: { 'Fn::GetAtt': ['Bucket', 'Arn'] },
      Nested: { 'Fn::GetAtt': ['Child', 'Outputs.Name'] },
      List: { 'Fn::GetAtt': ['Bucket', 'Arn'] },
      Sub: { 'Fn::Sub': '${Bucket}/x' },
      SubMap: { 'Fn::Sub': ['${v}', { v: { Ref: 'P' } }] },
      Join: { 'Fn::Join': [',', [{ Ref: 'A' }, 'b']] },
      If: { 'Fn::If': ['IsProd', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] },
      Find: { 'Fn::FindInMap': ['M', { Ref: 'R' }, 'k'] },
      Import: { 'Fn::ImportValue': 'name' },
      Select: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
      Block: { 'Fn::Join': ['-', [{ 'Fn::Base64': 'x' }, { 'Fn::Split': [',', 'a,b'] }]] },
      And: { 'Fn::And': [{ Condition: 'C' }, { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }] },
      Transform: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3' } } },
      Unheard: { 'Fn::Unheard': 'x' },
    });
  });

  it('keeps what YAML would take for something else', async () => {
    expect(await properties("Date: 2012-10-17\nAccount: 012345678901\nVersion: 3.10\nNumber: 30\nYes: yes\nOff: OFF\nText: 'yes'\nTagged: !!str yes\nNull: ~\nEmpty:\nTime: 22:22")).toEqual({
      Date: '2012-10-17',
      Account: '012345678901',
      Version: '3.10',
      Number: 30,
      Yes: true,
      Off: false,
      Text: 'yes',
      Tagged: 'yes',
      Null: null,
      Empty: null,
      Time: '22:22',
    });
  });

  it('may use anchors, aliases and merges', async () => {
    expect(await properties('A: &a { x: 1, y: 2 }\nB: *a\nC: { <<: *a, y: 3 }\nD: { <<: [{ x: 0 }, *a] }')).toEqual({ A: { x: 1, y: 2 }, B: { x: 1, y: 2 }, C: { x: 1, y: 3 }, D: { x: 0, y: 2 } });
  });

  it('cannot reach a prototype', async () => {
    const found = (await properties('__proto__: { polluted: yes }\nconstructor: x')) as object;
    expect(Object.keys(found)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('a template in JSON', () => {
  it('is read with a byte order mark, and with the comments that YAML allows', async () => {
    expect(await parse('\uFEFF{"Resources": {"A": {"Type": "T"}}}')).toEqual({ Resources: { A: { Type: 'T' } } });
    expect(await parse('{ # made by hand\n"Resources": {"A": {"Type": "T",}}}')).toEqual({ Resources: { A: { Type: 'T' } } });
  });

  it('may hold members that make resources, and resources of types that nobody knows', async () => {
    const template = { Transform: 'Mine', Resources: { 'Fn::ForEach::Topics': ['x', ['a'], {}], 'Fn::Transform': { Name: 'AWS::Include' }, A: { Type: 'Vendor::Thing::Other::MODULE' } } };
    expect(await parse(JSON.stringify(template))).toEqual(template);
  });
});

describe('a file that cannot be judged', () => {
  it.each([
    ['', 'app.yaml is not a template: it holds nothing, where a template is an object with Resources.'],
    ['[1]', 'app.yaml is not a template: it holds a list, where a template is an object with Resources.'],
    ['just words', 'app.yaml is not a template: it holds a text, where a template is an object with Resources.'],
    ['7', 'app.yaml is not a template: it holds a number, where a template is an object with Resources.'],
    ['{"name": "x", "version": 1}', 'app.yaml is not a template: it has no Resources, only name, version.'],
    ['{}', 'app.yaml is not a template: it has no Resources.'],
    ['Resources: {}', 'app.yaml is not a template: it has no Resources, only Resources.'],
    ['Resources: []', 'app.yaml is not a template: its Resources are a list, where an object is needed.'],
    ['Resources: { A: text }', 'app.yaml is not a template: Resources.A is a text, where an object with a Type is needed.'],
    ['Resources: { A: { Properties: {} } }', 'app.yaml is not a template: Resources.A has no Type.'],
    ['Resources: { A: { Type: [x] } }', 'app.yaml is not a template: Resources.A has no Type.'],
  ])('is no template: %j', async (text, message) => {
    expect((await refusal(text)).message).toBe(message);
  });

  it.each([
    ['{"Resources": {\n"A": {"Type": "T"}\n', 3],
    ['{"Resources": {"A": {"Type": "T"}}\n}}', 2],
    ['Resources:\n  A:\n    Type: T\n   B: x\n', 4],
    ['Resources:\n  A: &a [*a, "\n', 3],
    ['Resources:\n  A: { Type: T }\n  A: { Type: U }\n', 3],
    ['Resources:\n  A: { Type: T, x: *nobody }\n', 2],
    ['Resources:\n  ? [a]\n  : { Type: T }\n', 2],
    ['Resources: { A: { Type: T } }\n---\nResources: {}\n', 2],
  ])('is broken, and says in which line: %j', async (text, line) => {
    const error = await refusal(text);
    expect({ line: error.line, message: error.message }).toMatchObject({ line, message: expect.stringMatching(new RegExp(`^app.yaml:${line} is broken: .`)) });
    expect(error.message).not.toContain('\n');
  });

  it('has bytes that are no text', async () => {
    expect((await refusal(new Uint8Array([0xff, 0xfe, 0x7b]))).message).toContain('no text in UTF-8');
  });

  it('is too large', async () => {
    expect((await refusal(' '.repeat(MAX_TEMPLATE_BYTES + 1))).message).toBe('app.yaml has 5000001 bytes; a template has at most 5000000.');
  });

  it.each([
    ['JSON', `{"Resources": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['objects', `{"Resources": {"A": {"Type": "T", "Properties": ${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}}}`],
    ['YAML', `Resources:\n  A: { Type: T, P: ${'['.repeat(5_000)}${']'.repeat(5_000)} }`],
    ['an alias of itself', 'Resources:\n  A: { Type: T, P: &a [*a] }'],
  ])('is nested too deeply: %s', async (_, text) => {
    expect((await refusal(text)).message).toMatch(/Resources are a list|nested more than \d+ levels deep/);
  });

  it('is a bomb of aliases', async () => {
    const levels = Array.from({ length: 12 }, (_, index) => `  L${index}: &l${index} [${Array.from({ length: 10 }, () => (index === 0 ? 'x' : `*l${index - 1}`)).join(', ')}]`);
    expect((await refusal(`Metadata:\n${levels.join('\n')}\nResources: { A: { Type: T } }`)).message).toContain('has aliases that stand for more than 50000 values');
  });
});
