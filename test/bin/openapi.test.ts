import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { main, OPENAPI_FILE, openApiText } from '../../bin/openapi.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('npm run openapi', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('has been run: the committed description is the current one', async () => {
    expect(await readFile(join(root, OPENAPI_FILE), 'utf8')).toBe(openApiText());
  });

  it('prints the description', async () => {
    const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(await main([], root)).toBe(0);
    expect(printed.mock.calls.map(([chunk]) => chunk).join('')).toBe(openApiText());
  });

  it('writes the description', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'openapi-'));
    await mkdir(join(folder, 'docs'));
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(await main(['--write'], folder)).toBe(0);
    expect(await readFile(join(folder, OPENAPI_FILE), 'utf8')).toBe(openApiText());
    await rm(folder, { recursive: true });
  });

  it('explains itself', async () => {
    const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(await main(['--help'], root)).toBe(0);
    expect(String(printed.mock.calls[0]?.[0])).toContain('--write');
  });

  it('refuses what it does not know', async () => {
    const complained = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await main(['--wirte'], root)).toBe(1);
    expect(String(complained.mock.calls[0]?.[0])).toContain('"--wirte"');
  });
});
