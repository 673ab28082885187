import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentsIn, readTemplates } from '../../bin/assembly.ts';
import { compare } from '../../bin/diff.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assembly-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Writes a cloud assembly of one environment. @returns its folder */
async function assembly(name: string, environment: string, stacks: Readonly<Record<string, object>>): Promise<string> {
  const nested = join(folder, name, `assembly-${environment}`);
  await mkdir(nested, { recursive: true });
  const artifacts: Record<string, unknown> = { Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } }, 'x.assets': { type: 'cdk:asset-manifest', properties: { file: 'x.assets.json' } } };
  for (const [stack, resources] of Object.entries(stacks)) {
    artifacts[`${environment}${stack}`] = { type: 'aws:cloudformation:stack', displayName: `${environment}/${stack} (chatbot-${stack.toLowerCase()})`, properties: { templateFile: `${stack}.template.json` } };
    await writeFile(join(nested, `${stack}.template.json`), JSON.stringify({ Resources: resources }));
  }
  await writeFile(join(nested, 'manifest.json'), JSON.stringify({ artifacts }));
  return join(folder, name);
}

const queue = (seconds: number) => ({ Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: seconds } } });

describe('a cloud assembly', () => {
  it('gives its templates by stack, in order', async () => {
    const templates = await readTemplates(await assembly('order', 'dev', { Service: queue(1), Data: queue(2) }), 'dev');
    expect([...templates.keys()]).toEqual(['Data', 'Service']);
    expect(templates.get('Data')?.Resources['Queue']).toEqual({ Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 2 } });
  });

  it('names its environments, and nothing else in it', async () => {
    const place = await assembly('names', 'prod', {});
    await assembly('names', 'dev', {});
    await writeFile(join(place, 'manifest.json'), '{}');
    expect(await environmentsIn(place)).toEqual(['dev', 'prod']);
  });

  it('that is not there has none', async () => {
    expect(await environmentsIn(join(folder, 'nowhere'))).toEqual([]);
  });
});

describe('two cloud assemblies', () => {
  it('that are the same say so', async () => {
    const before = await assembly('same', 'dev', { Data: queue(1) });
    expect(await compare('dev', before, before, false)).toBe('dev: no difference');
    expect(await compare('dev', before, before, true)).toBe('### dev\n\nNo difference.\n');
  });

  it('that differ show what changed, by stack, without colours', async () => {
    const before = await assembly('before', 'dev', { Data: queue(1), Service: queue(5) });
    const after = await assembly('after', 'dev', { Data: queue(2), Service: queue(5) });
    const text = await compare('dev', before, after, false);
    expect(text).toMatch(/^dev\/Data\nResources\n/);
    expect(text).toMatch(/AWS::SQS::Queue.*Queue/);
    expect(text).toContain('VisibilityTimeout');
    expect(text).not.toContain('Service');
    expect(text).not.toContain('\u001B');
  });

  it('of which only one has a stack, or the environment, count it as made or removed', async () => {
    const before = await assembly('less', 'dev', { Data: queue(1) });
    const after = await assembly('more', 'dev', { Data: queue(1), Edge: queue(3) });
    expect(await compare('dev', before, after, false)).toMatch(/^dev\/Edge\n(.|\n)*\[\+\] AWS::SQS::Queue/);
    expect(await compare('dev', after, before, false)).toMatch(/^dev\/Edge\n(.|\n)*\[-\] AWS::SQS::Queue/);
    expect(await compare('dev', join(folder, 'nowhere'), before, false)).toMatch(/^dev\/Data\n(.|\n)*\[\+\] AWS::SQS::Queue/);
  });

  it('can be compared as a comment for a pull request', async () => {
    const text = await compare('dev', await assembly('m1', 'dev', { Data: queue(1) }), await assembly('m2', 'dev', { Data: queue(2) }), true);
    expect(text).toMatch(/^### dev\n\n<details><summary>dev\/Data<\/summary>\n\n```\nResources\n(.|\n)*\n```\n<\/details>\n$/);
  });
});
