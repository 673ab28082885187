import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** How a tool is run. */
export interface ToolOptions {
  /** Folder that it runs in; its `node_modules/.bin` holds the tool. */
  readonly root: string;
  /** Variables beside those of this process. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a tool of `node_modules` on this terminal; its exit code. */
export function runTool(options: ToolOptions, program: string, args: readonly string[]): Promise<number> {
  return ended(start(options, program, args, 'inherit'));
}

/** Runs a tool and keeps what it prints. */
export async function runQuietly(options: ToolOptions, program: string, args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const child = start(options, program, args, 'pipe');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { code: await ended(child), output };
}

function start({ root, environment }: ToolOptions, program: string, args: readonly string[], output: 'inherit' | 'pipe'): ChildProcess {
  return spawn(join(root, 'node_modules/.bin', program), args, { cwd: root, stdio: ['ignore', output, output], env: { ...process.env, ...environment } });
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
