import { runCli } from './cli.ts';

/** Exit code of a process that Ctrl-C ended at once (128 + SIGINT). */
const INTERRUPTED = 130;

// Lambda runs in UTC, and so do the threads that stand in for it.
process.env['TZ'] = 'UTC';

let stop: (() => void) | undefined;
const stopped = new Promise<void>((resolve) => {
  stop = resolve;
});
let asked = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Whoever asks twice does not want to wait for what is under way.
    if (asked) process.exit(INTERRUPTED);
    asked = true;
    stop?.();
  });
}
// Started by another process: without it nobody is there to stop the estate.
process.on('disconnect', () => stop?.());
// Output into a pipe whose reader is gone must not end the estate.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

process.exit(await runCli({
  args: process.argv.slice(2),
  variables: process.env,
  isTerminal: process.stdout.isTTY,
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  stopped,
  workerScript: new URL('worker.mjs', import.meta.url),
}));
