import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** What an event cost in a fresh process. Times in milliseconds. */
export interface Cost {
  /** Loading the bundle, the store's client constructed. */
  readonly load: number;
  /** From the start of the process to the end of this answer. */
  readonly sinceStart: number;
  readonly milliseconds: number;
  /** Own CPU. */
  readonly cpu: number;
  readonly status: number;
  readonly body: string;
}

/** How a process is started. */
export interface ProcessOptions {
  /** Node to run: the deployed runtime's. */
  readonly node: string;
  /** `fresh.mjs`. */
  readonly script: string;
  /** Entry of the bundle. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A process that answers events one after another, as an execution environment of Lambda does. */
export class FreshProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  constructor(options: ProcessOptions) {
    this.#child = spawn(options.node, [options.script, options.bundle], { env: { ...options.environment }, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** @throws Error when the process ends instead of answering */
  async send(event: unknown): Promise<Cost> {
    this.#child.stdin.write(`${JSON.stringify({ event })}\n`);
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done === true) throw new Error('The function process ended without an answer.');
      // Structured logs share the standard output with the answers, which begin with their load time.
      if (value.startsWith('{"load":')) return JSON.parse(value) as Cost;
    }
  }

  /** Ends the process. */
  close(): void {
    this.#child.stdin.end();
    this.#child.kill();
  }
}
