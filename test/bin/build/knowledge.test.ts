import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KnowledgeError, readKnowledge } from '../../../bin/build/knowledge.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knowledge-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const article = (id: string, extra = '') => `---
id: ${id}
title: Returns
useCase: returns
locale: en
source: Policy
date: 2026-03-09
ownerRole: support-lead
questions: [How do I return something?]
${extra}---

You have 30 days.
`;

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

describe('a folder of articles', () => {
  it('is compiled, folders below it included, and nothing but Markdown', async () => {
    await write({ 'a/one.md': article('one'), 'two.md': article('two'), 'notes.txt': 'no article' });
    const compiled = await readKnowledge(folder);
    expect(compiled).toContain('one');
    expect(compiled).toContain('You have 30 days.');
    expect(compiled).not.toContain('no article');
  });

  it('gives the same bytes again, whatever order the files were written in', async () => {
    await write({ 'b.md': article('two'), 'a.md': article('one') });
    const first = await readKnowledge(folder);
    await rm(folder, { recursive: true });
    await write({ 'a.md': article('one'), 'b.md': article('two') });
    expect(await readKnowledge(folder)).toBe(first);
  });

  it('that is not there says how to name another', async () => {
    const missing = join(folder, 'none');
    await expect(readKnowledge(missing)).rejects.toThrow(new KnowledgeError(`The knowledge folder ${missing} cannot be read; set knowledge.folder to a folder of Markdown articles.`));
  });

  it('without an article says so', async () => {
    await expect(readKnowledge(folder)).rejects.toThrow(`${folder} holds no article; put Markdown files with front matter there.`);
  });

  it('with bad articles names all problems of all of them, by file', async () => {
    await write({ 'good.md': article('good'), 'sub/plain.md': 'just text', 'odd.md': article('Odd One', 'color: red\n') });
    const error = await readKnowledge(folder).then(() => undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(KnowledgeError);
    const { message } = error as KnowledgeError;
    expect(message).toMatch(/^The knowledge base has 3 problem\(s\):\n/);
    expect(message).toContain('  sub/plain.md: no front matter;');
    expect(message).toContain('  odd.md: color: unknown key;');
    expect(message).toMatch(/ {2}odd\.md: id: .*lower-case letters, digits and hyphens/);
    expect(message).not.toContain('good.md');
  });
});
