import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { loadEnvironment } from '../config/index.ts';
import { buildLocal } from './build/local.ts';
import { mainOf, step } from './command.ts';
import { bundlesOf, synthesizeFresh } from './synthesize.ts';

/** `npm start`: builds, synthesizes an environment, and runs it on this machine. */
export const main = mainOf({
  name: 'start',
  summary: 'Builds the functions, synthesizes an environment (dev) and runs it on this machine, from its own templates.',
  usage: '',
  options: { environment: { type: 'string', default: 'dev' }, port: { type: 'string' }, fresh: { type: 'boolean' } },
  help: { environment: 'environment to run (dev)', port: 'port of the API and the chat page (the variable PORT, else 8787)', fresh: 'forget the state of earlier runs first' },
  run: async ({ values, context }) => {
    const { root } = context;
    const config = loadEnvironment(values.environment ?? 'dev');
    const port = values.port ?? process.env['PORT'];
    if (await isTaken(port)) {
      context.error(`Port ${port ?? 8787} is taken; choose another one: PORT=${Number(port ?? 8787) + 1} npm start`);
      return 1;
    }
    // Named after this process: another start must not empty it under this one.
    const assembly = join(root, '.local', `assembly-${process.pid}`);
    process.on('exit', () => rmSync(assembly, { recursive: true, force: true }));
    const [bundles, script] = await step(context, 'Building the functions', () => Promise.all([bundlesOf(root, [config]), buildLocal(root)]));
    await step(context, `Synthesizing ${config.name}`, () => synthesizeFresh({ environments: [config], bundles, outdir: assembly, validate: false }));
    const args = [script, '--assembly', assembly, '--environment', config.name, '--data', join(root, '.local'), ...(values.port ? ['--port', values.port] : []), ...(values.fresh ? ['--fresh'] : [])];
    return run(args, root);
  },
});

/** Whether a port of this machine is taken: asked first, because a build takes seconds. What is no port is refused later, in words. */
async function isTaken(port = '8787'): Promise<boolean> {
  const number = Number(port);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) return false;
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE'));
    probe.listen(number, '127.0.0.1', () => probe.close(() => resolve(false)));
  });
}

/** Runs the estate in a process of its own, without the toolkit in its memory. Signals reach it by the terminal, or are passed on. */
function run(args: readonly string[], root: string): Promise<number> {
  // The channel tells the estate when this process is gone, however it went.
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  // Ctrl-C goes to the whole process group, so the child gets it by itself; it says when it is done.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('exit', () => child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
