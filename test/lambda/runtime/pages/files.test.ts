import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPageFiles } from '../../../../lambda/runtime/pages/files.ts';

describe('readPageFiles', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'page-files-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const read = () => readPageFiles(pathToFileURL(`${folder}/`));

  it('reads pages, scripts and style sheets, and nothing else', async () => {
    await Promise.all(['index.html', 'a.js', 'b.css', 'a.js.map', '.env', 'notes.md', '100%.js'].map((name) => writeFile(join(folder, name), name)));
    await mkdir(join(folder, 'folder.js'));
    const files = await read();
    expect([...files.keys()].toSorted()).toEqual(['100%.js', 'a.js', 'b.css', 'index.html']);
    expect(files.get('100%.js')?.body).toBe('100%.js');
  });

  it('gives other bytes another entity tag', async () => {
    await Promise.all([writeFile(join(folder, 'index.html'), 'one'), writeFile(join(folder, 'a.js'), 'one'), writeFile(join(folder, 'b.js'), 'two')]);
    const files = await read();
    expect(files.get('a.js')?.etag).toBe(files.get('index.html')?.etag);
    expect(files.get('a.js')?.etag).not.toBe(files.get('b.js')?.etag);
  });

  it('says what to do about a folder without a page', async () => {
    await expect(read()).rejects.toThrow(/has no index\.html\. Build the pages/);
  });
});
