import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { ROOT } from '../../support/paths.ts';

/** Most output that is kept of a process, in characters. */
const KEPT = 20_000;

/** An estate in a process of its own. */
export interface EstateProcess {
  /** Base URL of its API. */
  readonly url: string;
  readonly child: ChildProcess;
  /** What it wrote so far, both streams. */
  output(): string;
  /** Ends it; settles with its exit code, or the signal's name, once it is gone. */
  end(signal: NodeJS.Signals): Promise<number | string>;
}

/** Starts a process that runs an estate; settles when it tells its address. @throws Error with its output when it ends before */
export function startProcess(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<EstateProcess> {
  const { AWS_ENDPOINT_URL: _, PORT: _port, ...inherited } = process.env;
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...inherited, NO_COLOR: '1', ...environment } });
  let text = '';
  // Whatever becomes of the test, its estate does not outlive it.
  const reap = (): void => void child.kill('SIGKILL');
  process.once('exit', reap);
  const gone = new Promise<number | string>((resolve) => void child.once('exit', (code, signal) => {
    process.removeListener('exit', reap);
    resolve(code ?? signal ?? 'unknown');
  }));
  const end = (signal: NodeJS.Signals): Promise<number | string> => {
    child.kill(signal);
    return gone;
  };
  return new Promise((resolve, reject) => {
    const heard = (chunk: Buffer): void => {
      text = `${text}${chunk.toString()}`.slice(-KEPT);
      const [, url] = /Chat page +(http:\/\/[^/\s]+)\/\s/.exec(text) ?? [];
      if (url !== undefined) resolve({ url, child, end, output: () => text });
    };
    child.stdout.on('data', heard);
    child.stderr.on('data', heard);
    void gone.then((how) => reject(new Error(`The estate ended (${how}) before it answered:\n${text}`)));
  });
}
