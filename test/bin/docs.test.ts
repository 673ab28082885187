import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentsFrom, main } from '../../bin/docs.ts';
import { loadAll } from '../../config/index.ts';
import { ASSEMBLY, ROOT } from '../support/paths.ts';
import { printedBy } from '../support/printed.ts';

const FILES = ['docs/security-architecture.md', 'docs/operating.md', 'docs/rules.md', 'README.md'];
const MARKERS = { 'docs/security-architecture.md': ['rights', 'admissions'], 'docs/operating.md': ['idle-cost'], 'docs/rules.md': ['packs', 'verdicts', 'parameters'] };

describe('npm run docs', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docs-'));
    await mkdir(join(folder, 'docs'));
    await Promise.all(FILES.map((file) => copyFile(join(ROOT, file), join(folder, file))));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it.each(FILES)('has been run: %s shows the templates as they are', async (file) => {
    const documents = await documentsFrom(ASSEMBLY, loadAll());
    expect(Object.keys(documents)).toContain(file);
    const text = await readFile(join(ROOT, file), 'utf8');
    expect(text, 'renew it with npm run docs, and read what changed').toBe(documents[file]?.(text));
  });

  it.each(Object.entries(MARKERS))('%s has a place for each table', async (file, names) => {
    const text = await readFile(join(ROOT, file), 'utf8');
    for (const name of names) expect(text).toMatch(new RegExp(`<!-- ${name}:begin -->\\n\\|[\\s\\S]+\\|\\n<!-- ${name}:end -->`));
  });

  it('shows the cost of each environment in the README', async () => {
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    expect(readme).toMatch(/^\| idle, USD a month .*( \| \d+\.\d\d){3} \|$/m);
    await writeFile(join(folder, 'README.md'), readme.replace(/^(\| idle, USD a month .*? \|).*$/m, '$1 0.00 | 0.00 | 0.00 |'));
    await printedBy(() => main(['--assembly', ASSEMBLY], folder));
    expect(await readFile(join(folder, 'README.md'), 'utf8')).toBe((await documentsFrom(ASSEMBLY, loadAll()))['README.md']?.(readme));
  });

  it('writes what is stale, and nothing else', async () => {
    const file = join(folder, 'docs/operating.md');
    await printedBy(() => main(['--assembly', ASSEMBLY], folder));
    expect(await printedBy(() => main(['--assembly', ASSEMBLY], folder))).toEqual({ code: 0, out: 'All documents are current.\n', errors: '' });
    const current = await readFile(file, 'utf8');
    await writeFile(file, current.replace(/\| customer managed keys .*\n/, ''));
    expect(await printedBy(() => main(['--assembly', ASSEMBLY, '--check'], folder))).toEqual({ code: 1, out: '', errors: 'docs/operating.md is not what the templates and rules show: renew with npm run docs, and read what changed.\n' });
    expect(await printedBy(() => main(['--assembly', ASSEMBLY], folder))).toMatchObject({ code: 0, out: 'Renewed docs/operating.md.\n' });
    expect(await readFile(file, 'utf8')).toBe(current);
    expect(await printedBy(() => main(['--assembly', ASSEMBLY, '--check'], folder))).toMatchObject({ code: 0 });
  });

  it('refuses an assembly that lacks environments, and arguments that it does not take', async () => {
    expect(await printedBy(() => main(['--assembly', dirname(folder)], ROOT))).toMatchObject({ code: 2, errors: expect.stringContaining('lacks dev, prod, staging: synthesize every environment with npm run synth') });
    expect(await printedBy(() => main(['prod'], ROOT))).toMatchObject({ code: 2, errors: expect.stringContaining('the tables show every environment') });
  });
});
