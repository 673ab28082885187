import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain } from '../config/explain.ts';
import { registry } from '../config/index.ts';
import type { Registry } from '../config/index.ts';
import { environmentJsonSchema } from '../config/json-schema.ts';
import { withTables } from '../config/option-table.ts';
import { problemsText } from '../config/problem.ts';
import type { Paint } from '../config/problem.ts';
import { explanationText } from '../config/words/explanation.ts';
import { mainOf, UsageError } from './command.ts';
import type { Command, CommandContext } from './command.ts';

const flag = { type: 'boolean' } as const;
const OPTIONS = { check: flag, explain: { type: 'string' }, list: flag, schema: flag, write: flag } as const;

/** Names that follow `--check`; nothing may follow the others. */
const ALONE = ['explain', 'list', 'schema', 'write'] as const;

/** `npm run config`, over some environments. */
export function configCommand(environments: Registry): Command<typeof OPTIONS> {
  return {
    name: 'config',
    summary: 'Checks the environments, and explains every option of theirs. Exits with 1 when there are problems.',
    usage: '[--check] [<environment> …]',
    options: OPTIONS,
    help: {
      check: 'checks the environments that are named, or all; what happens without an option',
      explain: "what an option means, what is allowed, its default, and its value in each environment; of a section, its options ('' for the whole file)",
      list: 'the environments, with tier, account and region',
      schema: 'JSON Schema of an environment file, for editors',
      write: 'renews config/environment.schema.json and the tables of docs/configuration.md',
    },
    run: async ({ values, positionals, context }) => {
      const alone = ALONE.filter((name) => values[name] !== undefined);
      if (alone.length > 1 || (alone.length === 1 && (values.check === true || positionals.length > 0))) {
        throw new UsageError(`--${alone[0]} stands alone. See npm run config -- --help.`);
      }
      if (values.explain !== undefined) return explainOption(values.explain, environments, context);
      if (values.list) return list(environments, context);
      if (values.schema) return print(schemaText().trimEnd(), context);
      if (values.write) return write(context);
      return check(positionals, environments, context);
    },
  };
}

/** `npm run config`. */
export const main = mainOf(configCommand(registry));

function print(text: string, context: CommandContext): number {
  context.out(text);
  return 0;
}

function paintOf({ colour }: CommandContext): Paint {
  const paint = (code: number) => (text: string) => (colour ? `\u001B[${code}m${text}\u001B[0m` : text);
  return { strong: paint(1), faint: paint(2) };
}

function check(names: readonly string[], environments: Registry, context: CommandContext): number {
  const checked = names.length > 0 ? [...new Set(names)] : environments.names();
  const found = environments.check(checked);
  if (found.length === 0) return print(`${checked.join(', ')}: no problems.`, context);
  const paint = paintOf(context);
  for (const one of found) context.error(`${problemsText(one, paint)}\n`);
  context.error('`npm run config -- --explain <path>` tells more about an option.');
  return 1;
}

function explainOption(path: string, environments: Registry, context: CommandContext): number {
  const explained = explain(path, environments.inputs);
  if (explained.ok) return print(explanationText(explained.explanation, paintOf(context)), context);
  context.error(`There is no option ${JSON.stringify(path.slice(0, 100))}. Nearest: ${explained.nearest.join(', ')}. \`npm run config -- --explain ''\` lists the sections.`);
  return 1;
}

/** Tolerates problems: whoever has some wants to see which environments there are. */
function list(environments: Registry, context: CommandContext): number {
  for (const name of environments.names()) {
    const facts = ['tier', 'account', 'region'].map((option) => valueOf(option, name, environments));
    context.out(`${name.padEnd(21)}${facts.map((fact) => fact.padEnd(14)).join('')}`.trimEnd());
  }
  return 0;
}

function valueOf(option: string, name: string, environments: Registry): string {
  const explained = explain(option, environments.inputs);
  const there = explained.ok ? explained.explanation.values.find(({ environment }) => environment === name) : undefined;
  return typeof there?.value === 'string' ? there.value : '(not valid)';
}

/** The committed schema, byte for byte. */
function schemaText(): string {
  return `${JSON.stringify(environmentJsonSchema(), undefined, 2)}\n`;
}

function write(context: CommandContext): number {
  const guide = join(context.root, 'docs', 'configuration.md');
  const schema = join(context.root, 'config', 'environment.schema.json');
  writeFileSync(guide, withTables(readFileSync(guide, 'utf8')));
  writeFileSync(schema, schemaText());
  return print('Renewed docs/configuration.md and config/environment.schema.json.', context);
}
