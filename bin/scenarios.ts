import { join } from 'node:path';
import { mainOf, UsageError } from './command.ts';
import { ChatClient, ChatError } from './scenarios/client.ts';
import { judge } from './scenarios/judge.ts';
import { readScenarios } from './scenarios/scenario.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** `npm run scenarios`: the acceptance scenarios against a running estate. */
export const main = mainOf({
  name: 'scenarios',
  summary: 'Holds the acceptance scenarios with a running estate and fails with the reason when a reply is not what it must be.',
  usage: '[<scenario> …]',
  options: { url: { type: 'string' }, file: { type: 'string' } },
  help: { url: 'the estate (http://127.0.0.1:$PORT, 8787 unless PORT is set)', file: 'scenario file (scenarios/acceptance.yaml)' },
  run: async ({ values, positionals, context }) => {
    const url = (values.url ?? `http://127.0.0.1:${process.env['PORT'] ?? '8787'}`).replace(/\/+$/, '');
    const all = await readScenarios(values.file ?? join(context.root, 'scenarios/acceptance.yaml'));
    const unknown = positionals.filter((id) => !all.some((scenario) => scenario.id === id));
    if (unknown.length > 0) throw new UsageError(`There is no scenario ${unknown.join(', ')}; there are ${all.map(({ id }) => id).join(', ')}.`);
    const chosen = positionals.length > 0 ? all.filter(({ id }) => positionals.includes(id)) : all;
    const blocking: string[] = [];
    const toExplain: string[] = [];
    for (const scenario of chosen) {
      const reasons = await hold(url, scenario);
      const verdict = reasons.length === 0 ? 'passed' : scenario.priority === 1 ? 'FAILED' : 'explain';
      context.out(`${verdict.padEnd(7)}  ${scenario.id}: ${scenario.title}`);
      for (const reason of reasons) context.out(`         ${reason}`);
      if (reasons.length > 0) (scenario.priority === 1 ? blocking : toExplain).push(scenario.id);
    }
    const explain = toExplain.length > 0 ? `, ${toExplain.length} to explain (priority 2)` : '';
    context.out(`${chosen.length - blocking.length - toExplain.length} of ${chosen.length} scenarios passed, ${blocking.length} failed${explain}`);
    return blocking.length === 0 ? 0 : 1;
  },
});

async function hold(url: string, scenario: Scenario): Promise<string[]> {
  try {
    const client = await ChatClient.open(url);
    for (const [index, { say, expect }] of scenario.turns.entries()) {
      const reasons = judge(await client.say(say), expect);
      if (reasons.length > 0) return reasons.map((reason) => `turn ${index + 1}: ${reason}`);
    }
    return [];
  } catch (error) {
    if (error instanceof ChatError) return [error.message];
    throw error;
  }
}
