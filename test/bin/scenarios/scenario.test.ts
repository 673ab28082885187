import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../../bin/command.ts';
import { readScenarios } from '../../../bin/scenarios/scenario.ts';
import { ROOT } from '../../support/paths.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scenarios-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function read(text: string) {
  const file = join(folder, 'some.yaml');
  await writeFile(file, text);
  return readScenarios(file);
}

const GOOD = `
- id: late
  title: Something is late
  useCase: delivery
  priority: 2
  turns:
    - say: Where is it?
      expect: { kind: answer, sources: [where], contains: [link], notContains: [refund] }
`;

describe('a file of scenarios', () => {
  it('is read', async () => {
    expect(await read(GOOD)).toEqual([{ id: 'late', title: 'Something is late', useCase: 'delivery', priority: 2, turns: [{ say: 'Where is it?', expect: { kind: 'answer', sources: ['where'], contains: ['link'], notContains: ['refund'] } }] }]);
  });

  it('of the project is good', async () => {
    const all = await readScenarios(join(ROOT, 'scenarios/acceptance.yaml'));
    expect(all.length).toBeGreaterThanOrEqual(12);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('that is not there is a mistake of the caller', async () => {
    const missing = join(folder, 'none.yaml');
    await expect(readScenarios(missing)).rejects.toThrow(new UsageError(`There is no scenario file ${missing}; name another one with --file.`));
  });

  it.each([
    ['a kind that there is not', GOOD.replace('kind: answer', 'kind: guess'), /0\.turns\.0\.expect\.kind: /],
    ['an unknown key', GOOD.replace('priority: 2', 'priority: 2\n  owner: me'), /0: .*owner/],
    ['a priority that there is not', GOOD.replace('priority: 2', 'priority: 3'), /0\.priority: /],
    ['an id in capitals', GOOD.replace('id: late', 'id: Late'), /0\.id: /],
    ['a scenario without turns', '- { id: late, title: Something, useCase: delivery, priority: 1, turns: [] }', /0\.turns: /],
    ['no scenario', '[]', /is not a list of scenarios/],
    ['something else', 'hello', /is not a list of scenarios/],
  ])('with %s is refused, with the place', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
    await expect(read(text)).rejects.toBeInstanceOf(UsageError);
  });

  it('that is no YAML is a mistake of the caller too', async () => {
    const error = await read('- id: "late\n  title: [').then(() => undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toMatch(/some\.yaml is not valid YAML: .* at line \d+, column \d+:$/);
  });
});
