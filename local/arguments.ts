import { parseArgs } from 'node:util';
import { messageOf } from './json.ts';

/** What the command was asked to do. */
export interface Arguments {
  readonly assembly: string;
  readonly environment: string;
  readonly port: number;
  /** Folder of state and logs. */
  readonly data: string;
  /** Forget the state first. */
  readonly fresh: boolean;
  readonly help: boolean;
}

/** An argument is wrong; the text says which and what is allowed. */
export class WrongArgument extends Error {}

/** What `--help` prints. */
export const HELP = `Runs a synthesized environment on this machine.

  --environment <name>  environment to run (default: dev)
  --assembly <folder>   cloud assembly (default: cdk.out)
  --port <number>       port of the API and the chat page (default: the variable PORT, else 8787)
  --data <folder>       folder of state and logs (default: .local)
  --fresh               forget the environment's state first
  --help                this text

AWS_ENDPOINT_URL names another AWS endpoint than the built-in loop-back one.
NO_COLOR switches colours off.
`;

const DEFAULT_PORT = 8787;

/** Reads the command line. @throws WrongArgument */
export function readArguments(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): Arguments {
  const { values } = parse(args);
  return {
    assembly: values.assembly ?? 'cdk.out',
    environment: values.environment ?? 'dev',
    port: portOf(values.port ?? (environment['PORT'] === '' ? undefined : environment['PORT'])),
    data: values.data ?? '.local',
    fresh: values.fresh ?? false,
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: { assembly: { type: 'string' }, environment: { type: 'string' }, port: { type: 'string' }, data: { type: 'string' }, fresh: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new WrongArgument(`${messageOf(error)} See --help.`, { cause: error });
  }
}

function portOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new WrongArgument(`The port '${text}' must be a number from 0 to 65535 (0 takes any free one).`);
  return port;
}
