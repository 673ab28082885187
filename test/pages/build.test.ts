import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPages } from '../../pages/build.ts';

describe('buildPages', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pages-'));
    await Promise.all([buildPages(join(folder, 'one')), buildPages(join(folder, 'two/deep'))]);
  });
  afterAll(() => rm(folder, { recursive: true }));
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

  it('writes the page, its style sheet and one script', async () => {
    expect((await readdir(join(folder, 'one'))).toSorted()).toEqual(['chatbot.js', 'index.html', 'page.css']);
  });

  it('writes the same bytes wherever it writes them', async () => {
    for (const name of await readdir(join(folder, 'one'))) expect(await read(`two/deep/${name}`)).toBe(await read(`one/${name}`));
  });

  it('keeps the page free of what its Content-Security-Policy forbids, and of absolute links', async () => {
    const page = await read('one/index.html');
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:/i);
    expect(Array.from(page.matchAll(/(?:src|href)="(?!data:)([^"]*)"/g), ([, link]) => link)).toEqual(['pages/page.css', 'pages/chatbot.js']);
  });

  it('keeps the script small, without a schema library, HTML parsing or evaluation', async () => {
    const script = await read('one/chatbot.js');
    // About 16 kB compressed: what a slow phone loads in well under a second.
    expect(script.length).toBeLessThan(60_000);
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|zod|sourceMappingURL/);
  });
});
