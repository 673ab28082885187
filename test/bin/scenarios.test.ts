import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../bin/scenarios.ts';
import { printedBy } from '../support/printed.ts';
import { CREATED, FakeEstate, replied } from './scenarios/fake-estate.ts';

const SCENARIOS = `
- { id: greets, title: It greets, useCase: any, priority: 1, turns: [{ say: Hi, expect: { kind: answer, contains: [hello] } }, { say: Again, expect: { kind: answer } }] }
- { id: sings, title: It sings, useCase: any, priority: 1, turns: [{ say: Sing, expect: { kind: answer, contains: [la la] } }] }
- { id: dances, title: It dances, useCase: any, priority: 2, turns: [{ say: Dance, expect: { kind: refusal } }] }
`;

let folder = '';
let estate: FakeEstate;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scenarios-'));
  await writeFile(join(folder, 'some.yaml'), SCENARIOS);
  estate = await FakeEstate.open(({ url }) => (url === '/v1/conversations' ? CREATED : replied('Hello.')));
});
afterAll(async () => {
  await estate.close();
  await rm(folder, { recursive: true });
});

const run = (...argv: string[]) => printedBy(() => main(['--file', join(folder, 'some.yaml'), '--url', `${estate.url}/`, ...argv], '/nowhere'));

describe('npm run scenarios', () => {
  it('passes when every reply is what it must be', async () => {
    expect(await run('greets')).toEqual({ code: 0, out: 'passed   greets: It greets\n1 of 1 scenarios passed, 0 failed\n', errors: '' });
  });

  it('fails with the reason, by priority', async () => {
    const { code, out } = await run();
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      'passed   greets: It greets',
      'FAILED   sings: It sings',
      '         turn 1: does not say "la la"',
      '         turn 1: it said: Hello.',
      'explain  dances: It dances',
      '         turn 1: kind is answer, expected refusal',
      '         turn 1: it said: Hello.',
      '1 of 3 scenarios passed, 1 failed, 1 to explain (priority 2)',
      '',
    ]);
  });

  it('does not fail for what only has to be explained', async () => {
    expect(await run('dances')).toMatchObject({ code: 0 });
  });

  it('names the scenarios when one is unknown', async () => {
    expect(await run('greets', 'jumps')).toEqual({ code: 2, out: '', errors: 'There is no scenario jumps; there are greets, sings, dances.\n' });
  });
});
