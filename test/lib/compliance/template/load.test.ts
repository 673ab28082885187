import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEnvironment, loadTemplate, TemplateError } from '../../../../lib/compliance/index.ts';

let folder = '';
const assembly = (): string => join(folder, 'cdk.out');
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const refusal = async (load: Promise<unknown>): Promise<string> => {
  const error: unknown = await load.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TemplateError);
  return (error as TemplateError).message;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'estate-'));
  const app = new App({ outdir: assembly(), analyticsReporting: false });
  const prod = new Stage(app, 'prod', { env: { account: '111111111111', region: 'eu-central-1' } });
  const data = new Stack(prod, 'Data', { stackName: 'app-prod-data' });
  new Bucket(data, 'Bucket');
  // The same logical id in another template.
  new Bucket(new NestedStack(data, 'Nested'), 'Bucket');
  new Stack(prod, 'Empty');
  new Stage(app, 'dev');
  new Bucket(new Stack(new Stage(app, 'free'), 'Data'), 'Bucket');
  new Bucket(new Stack(app, 'Alone'), 'Bucket');
  const before = process.env['CDK_VALIDATION'];
  process.env['CDK_VALIDATION'] = 'false';
  app.synth();
  if (before === undefined) delete process.env['CDK_VALIDATION'];
  else process.env['CDK_VALIDATION'] = before;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an environment of a cloud assembly', () => {
  it('has its stacks with name, region, account and hash, nested ones too', async () => {
    const { name, stacks } = await loadEnvironment(assembly(), 'prod');
    expect(name).toBe('prod');
    expect(stacks.map(({ name: stack, region, account }) => [stack, region, account])).toEqual([
      ['app-prod-data', 'eu-central-1', '111111111111'],
      [expect.stringMatching(/^app-prod-data\/NestedNestedStack/), 'eu-central-1', '111111111111'],
      ['prod-Empty', 'eu-central-1', '111111111111'],
    ]);
    for (const { file, sha256 } of stacks) expect(sha256).toBe(createHash('sha256').update(readFileSync(join(assembly(), file))).digest('hex'));
    expect(stacks[0]?.file).toMatch(/^assembly-prod\/.*\.template\.json$/);
  });

  it('has its resources with the path of their constructs', async () => {
    const { resources } = await loadEnvironment(assembly(), 'prod');
    expect(resources.map(({ type, path }) => `${type} ${path}`)).toEqual(['AWS::S3::Bucket prod/Data/Bucket', 'AWS::CloudFormation::Stack prod/Data/Nested.NestedStack/Nested.NestedStackResource', 'AWS::S3::Bucket prod/Data/Nested/Bucket']);
  });

  it('may be bound to no region, hold nothing, or be the app itself', async () => {
    expect((await loadEnvironment(assembly(), 'free')).stacks).toMatchObject([{ name: 'free-Data' }]);
    expect(Object.keys((await loadEnvironment(assembly(), 'free')).stacks[0] ?? {})).not.toContain('region');
    expect((await loadEnvironment(assembly(), 'dev')).stacks).toEqual([]);
    expect((await loadEnvironment(assembly())).stacks.map(({ name }) => name)).toEqual(['Alone']);
  });

  it.each(['test', '../prod', ''])('that is not there is refused, with those that are: %j', async (name) => {
    expect(await refusal(loadEnvironment(assembly(), name))).toContain(`holds no environment "${name}"; it holds prod, dev, free.`);
  });

  it('in a folder that is no assembly is refused', async () => {
    expect(await refusal(loadEnvironment(folder, 'prod'))).toContain('this is no cloud assembly');
    write('manifest.json', '{');
    expect(await refusal(loadEnvironment(folder, 'prod'))).toContain('is broken JSON');
    write('manifest.json', '[]');
    expect(await refusal(loadEnvironment(folder, 'prod'))).toContain('holds none');
  });
});

describe('a template file', () => {
  it('is an estate of one stack', async () => {
    const text = 'Resources:\n  B:\n    Type: AWS::S3::Bucket\n';
    const { name, stacks, resources } = await loadTemplate(write('shop.template.yaml', text));
    expect(name).toBe('shop');
    expect(stacks).toMatchObject([{ name: 'shop', file: 'shop.template.yaml', sha256: createHash('sha256').update(text).digest('hex') }]);
    expect(resources).toMatchObject([{ logicalId: 'B', path: 'B', properties: {}, metadata: {} }]);
  });

  it.each([
    ['empty.json', '{"Resources": {}}', 'has no Resources'],
    ['large.json', ' '.repeat(5_000_001), 'has 5000001 bytes'],
  ])('that cannot be judged is refused: %s', async (file, text, message) => {
    expect(await refusal(loadTemplate(write(file, text)))).toContain(message);
  });

  it('that is not there, or a folder, is refused', async () => {
    expect(await refusal(loadTemplate(join(folder, 'nothing.json')))).toContain('there is no such file');
    expect(await refusal(loadTemplate(folder))).toContain('it is no file');
  });
});
