import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAssembly } from '../../../local/assembly/read.ts';
import { writeAssembly } from '../support/assembly.ts';
import { temporaryFolder } from '../support/folder.ts';

describe('readAssembly', () => {
  const folder = temporaryFolder();
  const assembly = writeAssembly(join(folder, 'out'), 'dev', [
    { name: 'Data' },
    { name: 'Service', functions: { Chat: { code: 'export const handler = () => 1;' } } },
  ]);

  it('finds the stacks of an environment, with account, region and assets', () => {
    const stacks = readAssembly(assembly, 'dev');
    expect(stacks.map(({ name, accountId, region }) => [name, accountId, region])).toEqual([
      ['dev-Data', '111122223333', 'eu-central-1'],
      ['dev-Service', '111122223333', 'eu-central-1'],
    ]);
    expect(stacks[1]?.assets.get('service-chat.zip')).toBe(join(assembly, 'asset.service-chat'));
  });

  it('reads the nested assembly by itself too', () => {
    expect(readAssembly(join(assembly, 'assembly-dev'), 'whatever')).toHaveLength(2);
  });

  it('names the environments that there are when asked for another', () => {
    expect(() => readAssembly(assembly, 'prod')).toThrow(/no environment 'prod'; it has dev/);
  });

  it('says to synthesize when the folder is no assembly', () => {
    expect(() => readAssembly(join(folder, 'nowhere'), 'dev')).toThrow(/no cloud assembly .* Synthesize/);
  });

  it('names a file that is damaged', () => {
    const broken = join(folder, 'broken');
    mkdirSync(broken);
    writeFileSync(join(broken, 'manifest.json'), '{');
    expect(() => readAssembly(broken, 'dev')).toThrow(/broken\/manifest\.json cannot be read/);
  });

  it('gives stacks without an account twelve zeros and a region', () => {
    const home = writeAssembly(join(folder, 'agnostic'), 'dev', [{ name: 'Data' }]);
    const file = join(home, 'assembly-dev', 'manifest.json');
    writeFileSync(file, JSON.stringify({ artifacts: { Data: { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile: 'Data.template.json' } } } }));
    expect(readAssembly(home, 'dev')[0]).toMatchObject({ name: 'Data', accountId: '000000000000', region: 'us-east-1' });
  });
});
