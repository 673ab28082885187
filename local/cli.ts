import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { STAFF_ROLES } from '../lambda/contracts/routes.ts';
import type { StaffRole } from '../lambda/contracts/routes.ts';
import { HELP, readArguments } from './arguments.ts';
import { lockFor } from './aws/lock.ts';
import { banner } from './banner.ts';
import { startEstate } from './estate.ts';
import type { Estate } from './estate.ts';
import type { ForeignEndpoint } from './foreign/access.ts';
import { messageOf } from './json.ts';

/** The world around the command. */
export interface Terminal {
  readonly args: readonly string[];
  /** Environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Whether the output is a terminal. */
  readonly isTerminal: boolean;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Settles at the first request to stop. */
  readonly stopped: Promise<void>;
  readonly workerScript: URL;
}

/** Runs the command. Settles with the exit code once the estate was stopped, or could not start. Never rejects. */
export async function runCli(terminal: Terminal): Promise<number> {
  const { out, error, variables } = terminal;
  try {
    const { assembly, environment, port, data, fresh, help } = readArguments(terminal.args, variables);
    if (help) {
      out(HELP);
      return 0;
    }
    const dataDir = join(data, environment);
    if (fresh) await forget(dataDir);
    const foreign = foreignEndpoint(variables);
    const logsDir = join(data, 'logs');
    const estate = await start(port, () => startEstate({ assemblyDir: assembly, environment, port, dataDir, logsDir, foreign, workerScript: terminal.workerScript, report: (line) => error(`${line}\n`) }));
    const colour = terminal.isTerminal && (variables['NO_COLOR'] ?? '') === '';
    out(banner({ environment, url: estate.url, awsUrl: estate.awsUrl, foreign: foreign !== undefined, dataDir, logsDir, colour, ...(await staffTokens(estate)) }));
    await terminal.stopped;
    await estate.close();
    out('Stopped.\n');
    return 0;
  } catch (failure) {
    error(`${messageOf(failure)}\n`);
    return 1;
  }
}

/** @throws Error in one sentence that names the port and another one */
async function start(port: number, act: () => Promise<Estate>): Promise<Estate> {
  try {
    return await act();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') throw new Error(`Port ${port} is taken; choose another one: PORT=${port === 65_535 ? 8787 : port + 1} npm start`, { cause: error });
    if (code === 'EACCES') throw new Error(`Port ${port} needs more rights than this user has; choose another one: PORT=8787 npm start`, { cause: error });
    throw error;
  }
}

/** @throws Error when another estate uses the state */
async function forget(dataDir: string): Promise<void> {
  await lockFor(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
}

function foreignEndpoint(variables: Terminal['variables']): ForeignEndpoint | undefined {
  const url = variables['AWS_ENDPOINT_URL'] ?? '';
  if (url === '') return undefined;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new Error(`AWS_ENDPOINT_URL is '${url}'; it must be a URL such as http://127.0.0.1:4566, or be unset for the built-in endpoint.`);
  return {
    url,
    credentials: {
      accessKeyId: variables['AWS_ACCESS_KEY_ID'] ?? 'test',
      secretAccessKey: variables['AWS_SECRET_ACCESS_KEY'] ?? 'test',
      sessionToken: variables['AWS_SESSION_TOKEN'],
    },
  };
}

async function staffTokens(estate: Estate): Promise<{ readonly tokens: ReadonlyMap<StaffRole, string>; readonly withoutTokens?: string }> {
  try {
    const tokens = await Promise.all(STAFF_ROLES.map(async (role): Promise<[StaffRole, string]> => [role, await estate.staffToken(role)]));
    return { tokens: new Map(tokens) };
  } catch (error) {
    return { tokens: new Map(), withoutTokens: messageOf(error) };
  }
}
