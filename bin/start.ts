import { spawn } from 'node:child_process';
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
    const assembly = join(root, '.local/assembly');
    // The toolkit's validation costs seconds; `npm run synth` and `npm test` have it on.
    process.env['CDK_VALIDATION'] = 'false';
    const [bundles, script] = await step(context, 'Building the functions', () => Promise.all([bundlesOf(root, [config]), buildLocal(root)]));
    await step(context, `Synthesizing ${config.name}`, () => synthesizeFresh({ environments: [config], bundles, outdir: assembly, packs: false }));
    const args = [script, '--assembly', assembly, '--environment', config.name, '--data', join(root, '.local'), ...(values.port ? ['--port', values.port] : []), ...(values.fresh ? ['--fresh'] : [])];
    return run(args, root);
  },
});

/** Runs the estate in a process of its own, without the toolkit in its memory. Signals reach it by the terminal, or are passed on. */
function run(args: readonly string[], root: string): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  // Ctrl-C goes to the whole process group, so the child gets it by itself; it says when it is done.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('exit', () => child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
