import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../bin/promises.ts';
import { BENCHED, promiseTests, verdictOf } from '../../bin/promises/held.ts';
import { isNoticed, scratchCopy } from '../../bin/promises/prove.ts';
import { breaks } from '../promises/breaks/index.ts';
import { ROOT } from '../support/paths.ts';
import { printedBy } from '../support/printed.ts';

describe('npm run promises', () => {
  it('explains itself', async () => {
    const { code, out } = await printedBy(() => main(['--help'], ROOT));
    expect([code, out]).toEqual([0, expect.stringContaining('npm run promises -- [<id> …]')]);
  });

  it.each([
    [['R99'], 'No test holds R99; there are R1, R2'],
    [['p2'], 'P2 is about time: npm run bench -- turn.'],
    [['--seed', 'x', 'R1'], '--seed takes a whole number'],
  ])('refuses %j in a sentence', async (args, message) => {
    const { code, errors } = await printedBy(() => main(args, ROOT));
    expect([code, errors]).toEqual([2, expect.stringContaining(message)]);
  });

  it('says kept of what tests held whole, and of the counted half of what is about time too', () => {
    expect([verdictOf('R1', true), verdictOf('R1', false), verdictOf('P4', false)]).toEqual(['kept', 'BROKEN', 'BROKEN']);
    for (const id of ['R4', 'P3', 'P4']) expect(verdictOf(id, true)).toBe('counted half kept; time by npm run bench -- turn --hold');
  });

  it('finds each promise by the name of its test files, in the order of the promises', () => {
    const ids = [...promiseTests(ROOT).keys()];
    expect(ids.slice(0, 2)).toEqual(['R1', 'R2']);
    expect(ids.indexOf('S4')).toBeGreaterThan(ids.indexOf('R11'));
    expect(promiseTests(ROOT).get('R2')?.length).toBeGreaterThan(1);
  });
});

describe('breaks', () => {
  it.each([...promiseTests(ROOT).keys()])('%s can be broken on purpose', (id) => {
    expect(breaks.filter(({ promise }) => promise === id)).not.toEqual([]);
  });

  it.each(breaks.map((one) => [`${one.promise}: ${one.means}`, one] as const))('%s fits its source', async (_title, { promise, file, find, replace }) => {
    const source = await readFile(join(ROOT, file), 'utf8');
    expect(source.split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
    expect([...promiseTests(ROOT).keys(), ...Object.keys(BENCHED)]).toContain(promise);
  });
});

describe('the copy that things are broken in', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chatbot-prove-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('holds what git would commit, and goes', async () => {
    const copy = await scratchCopy(ROOT);
    expect(await readFile(join(copy.root, 'package.json'), 'utf8')).toBe(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect(existsSync(join(copy.root, '.build'))).toBe(false);
    await copy.remove();
    expect(existsSync(copy.root)).toBe(false);
  });

  it('refuses a break whose text is not there once, and changes nothing', async () => {
    await mkdir(join(folder, 'lambda'));
    await writeFile(join(folder, 'lambda/a.ts'), 'twice twice');
    const one = { promise: 'R1', file: 'lambda/a.ts', find: 'twice', replace: 'once', means: 'nothing' };
    await expect(isNoticed({ root: folder, remove: async () => {} }, one, [])).rejects.toThrow('does not fit any more');
    expect(await readFile(join(folder, 'lambda/a.ts'), 'utf8')).toBe('twice twice');
  });
});
