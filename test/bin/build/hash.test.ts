import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hashOf } from '../../../bin/build/hash.ts';
import { temporaryFolder } from '../../local/support/folder.ts';

it('changes with a content, a name, a new file and the text, and with nothing else', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'a/b'), { recursive: true });
  writeFileSync(join(root, 'a/b/one.ts'), '1');
  writeFileSync(join(root, 'lock.json'), '{}');
  writeFileSync(join(root, 'other.txt'), 'x');
  const hash = (): Promise<string> => hashOf(root, ['a', 'lock.json'], 'text');
  const first = await hash();
  writeFileSync(join(root, 'other.txt'), 'y');
  expect(await hash()).toBe(first);
  const seen = new Set([first, await hashOf(root, ['a', 'lock.json'], 'other text')]);
  writeFileSync(join(root, 'a/b/one.ts'), '2');
  seen.add(await hash());
  writeFileSync(join(root, 'a/two.ts'), '');
  seen.add(await hash());
  writeFileSync(join(root, 'lock.json'), '{"a":1}');
  seen.add(await hash());
  expect(seen.size).toBe(5);
});
