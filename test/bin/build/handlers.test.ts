import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildHandlers } from '../../../bin/build/handlers.ts';
import { temporaryFolder } from '../../local/support/folder.ts';

/** A project of one function, of which a part is loaded later; both parts use the same modules of Node's. */
async function built(): Promise<Map<string, string>> {
  const root = temporaryFolder();
  mkdirSync(join(root, 'lambda/handlers'), { recursive: true });
  writeFileSync(join(root, 'lambda/handlers/one.ts'), "import { join } from 'node:path';\nimport http from 'http';\nexport const handler = async () => [join('a', 'b'), http.METHODS.length, (await import('../later.ts')).later()];\n");
  writeFileSync(join(root, 'lambda/later.ts'), "import { join } from 'node:path';\nimport { METHODS } from 'node:http';\nexport const later = () => [join('c', 'd'), METHODS.length];\n");
  const out = join(root, 'out');
  await buildHandlers(root, out);
  return new Map(readdirSync(join(out, 'one')).toSorted().map((name) => [name, readFileSync(join(out, 'one', name), 'utf8')]));
}

it('builds the same bytes wherever the project lies', async () => {
  expect(await built()).toEqual(await built());
});

it('imports nothing of Node, and makes no chunk for what two files take of it', async () => {
  const files = await built();
  const text = [...files.values()].join('\n');
  expect(text).not.toMatch(/(?:from|import)\s?["'](?:node:|http|path)/);
  expect(text.match(/getBuiltinModule\("node:http"\)/g)).toHaveLength(2);
  // The function, the part that is loaded later, and esbuild's own helpers.
  expect([...files.keys()]).toEqual([expect.stringMatching(/^chunk-/), expect.stringMatching(/^chunk-/), 'index.mjs']);
});
