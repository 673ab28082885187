import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';

/** A mistake of whoever calls a command: shown as a sentence, without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What every command is told about where it runs. */
export interface CommandContext {
  /** The project's root. */
  readonly root: string;
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  /** Whether the terminal takes colour. */
  readonly colour: boolean;
}

/** A command of ours. */
export interface Command<O extends ParseArgsOptionsConfig> {
  /** What follows `npm run`. */
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** What may follow, e.g. `[<environment> …]`. */
  readonly usage: string;
  readonly options: O;
  /** A line per option, for `--help`. */
  readonly help: Readonly<Record<keyof O & string, string>>;
  /** Returns the exit code. @throws UsageError for a mistake of the caller */
  readonly run: (call: { readonly values: ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>['values']; readonly positionals: readonly string[]; readonly context: CommandContext }) => Promise<number>;
}

/** Errors that carry a message for people; anything else is a defect of ours and shows its stack. */
const FOR_PEOPLE = new Set(['UsageError', 'ConfigError', 'KnowledgeError', 'TemplateError']);

/** Makes the `main` that `bin/run.mjs` calls: `--help`, strict options, errors as sentences, exit codes. */
export function mainOf<O extends ParseArgsOptionsConfig>(command: Command<O>): (argv: readonly string[], root: string) => Promise<number> {
  return async (argv, root) => {
    const context: CommandContext = {
      root,
      out: (line) => process.stdout.write(`${line}\n`),
      error: (line) => process.stderr.write(`${line}\n`),
      colour: process.stdout.isTTY && !process.env['NO_COLOR'],
    };
    try {
      const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as O;
      const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
      if ((values as { help?: boolean }).help) {
        context.out(helpOf(command));
        return 0;
      }
      return await command.run({ values, positionals, context });
    } catch (error) {
      return explainFailure(error, command, context);
    }
  };
}

function explainFailure(error: unknown, command: { readonly name: string }, context: CommandContext): number {
  if (!(error instanceof Error)) throw error;
  const usage = 'code' in error && typeof error.code === 'string' && error.code.startsWith('ERR_PARSE_ARGS');
  if (usage) {
    // Node's first sentence says what is wrong; the others are about arguments that begin with a hyphen.
    context.error(`${error.message.split(/\.(?:\s|$)|\n/, 1)[0]}. See npm run ${command.name} -- --help.`);
    return 2;
  }
  context.error(FOR_PEOPLE.has(error.name) ? error.message : (error.stack ?? error.message));
  return error.name === 'UsageError' ? 2 : 1;
}

function helpOf<O extends ParseArgsOptionsConfig>(command: Command<O>): string {
  const rows = Object.entries(command.options).map(([name, option]) => [`--${name}${option.type === 'string' ? ' <value>' : ''}`, command.help[name] ?? ''] as const);
  const width = Math.max(6, ...rows.map(([flag]) => flag.length));
  const lines = [...rows, ['--help', 'this text'] as const].map(([flag, text]) => `  ${flag.padEnd(width)}  ${text}`);
  return [command.summary, '', `  npm run ${command.name} -- ${command.usage}`.trimEnd(), '', ...lines].join('\n');
}

/** Tells what is going on when a step takes longer than two seconds, and how long it took. */
export async function step<T>(context: CommandContext, title: string, work: () => Promise<T> | T): Promise<T> {
  const started = performance.now();
  const notice = setTimeout(() => context.error(`${title} …`), 2_000);
  try {
    return await work();
  } finally {
    clearTimeout(notice);
    const seconds = (performance.now() - started) / 1_000;
    if (seconds > 2) context.error(`${title}: ${seconds.toFixed(1)} s`);
  }
}
