import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { draw, main } from '../../bin/diagram.ts';
import { ASSEMBLY, ENVIRONMENTS, ROOT } from '../support/paths.ts';

describe('npm run diagram', () => {
  let folder: string;
  let out: string[];
  let errors: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'diagram-'));
    [out, errors] = [[], []];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => errors.push(String(text)) > 0);
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  it('has been run: the committed picture is the current one', async () => {
    expect(await readFile(join(ROOT, 'docs/images/estate.svg'), 'utf8'), 'draw it again with npm run diagram').toBe(await draw('prod', ASSEMBLY));
  });

  it.each(ENVIRONMENTS)('writes the picture of %s', async (environment) => {
    const file = join(folder, 'deep', 'estate.svg');
    expect(await main(['--environment', environment, '--assembly', ASSEMBLY, '--out', file], ROOT)).toBe(0);
    expect(await readFile(file, 'utf8')).toBe(await draw(environment, ASSEMBLY));
    expect(out.join('')).toContain('estate.svg');
  });

  it('keeps another environment out of the file of prod', async () => {
    expect(await main(['--environment', 'dev', '--assembly', ASSEMBLY], folder)).toBe(0);
    expect(await readFile(join(folder, 'docs/images/estate-dev.svg'), 'utf8')).toContain('The estate of dev');
  });

  it('checks without writing', async () => {
    const file = join(folder, 'estate.svg');
    const check = ['--assembly', ASSEMBLY, '--out', file, '--check'];
    expect(await main(check, ROOT)).toBe(1);
    expect(errors.at(-1)).toContain('is not there');
    await writeFile(file, 'old');
    expect(await main(check, ROOT)).toBe(1);
    expect(errors.at(-1)).toContain('npm run diagram -- --environment prod');
    expect(await readFile(file, 'utf8')).toBe('old');
    await writeFile(file, await draw('prod', ASSEMBLY));
    expect(await main(check, ROOT)).toBe(0);
  });

  it('names the environments that an assembly holds', async () => {
    expect(await main(['--environment', 'moon', '--assembly', ASSEMBLY], ROOT)).toBe(2);
    expect(errors.join('')).toContain('holds no environment "moon", but dev, prod, staging');
    expect(await main(['--assembly', folder], ROOT)).toBe(2);
    expect(errors.at(-1)).toContain('npm run synth');
  });

  it('refuses what follows no option', async () => {
    expect(await main(['prod'], ROOT)).toBe(2);
    expect(errors.join('')).toContain('--environment');
  });
});
