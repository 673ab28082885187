import { execFile, execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { formatDifferences, fullDiff } from '@aws-cdk/cloudformation-diff';
import { environmentsIn, readTemplates } from './assembly.ts';
import type { Template } from './assembly.ts';
import { mainOf, step, UsageError } from './command.ts';
import type { CommandContext } from './command.ts';
import { loadAll } from '../config/index.ts';
import { bundlesOf, synthesizeFresh } from './synthesize.ts';

const run = promisify(execFile);

/** `npm run diff`: what the work tree changes in each environment's templates, against a commit or an assembly. */
export const main = mainOf({
  name: 'diff',
  summary: 'Prints what the work tree changes in the templates of each environment, without an account.',
  usage: '[<environment> …]',
  options: { base: { type: 'string' }, from: { type: 'string' }, markdown: { type: 'boolean' } },
  help: { base: 'commit to compare with (HEAD)', from: 'cloud assembly to compare with, instead of a commit', markdown: 'as a comment for a pull request' },
  run: async ({ values, positionals, context }) => {
    const scratch = await mkdtemp(join(tmpdir(), 'chatbot-diff-'));
    const stop = (): never => {
      rmSync(scratch, { recursive: true, force: true });
      execFileSync('git', ['worktree', 'prune'], { cwd: context.root });
      process.exit(130);
    };
    process.once('SIGINT', stop);
    try {
      const before = values.from ?? (await step(context, `Synthesizing ${values.base ?? 'HEAD'}`, () => assemblyOf(values.base ?? 'HEAD', scratch, context)));
      const after = join(scratch, 'after');
      const environments = loadAll(positionals.length > 0 ? positionals : undefined);
      await step(context, 'Synthesizing the work tree', async () => synthesizeFresh({ environments, bundles: await bundlesOf(context.root, environments), outdir: after, validate: false }));
      const names = positionals.length > 0 ? positionals : [...new Set([...(await environmentsIn(before)), ...(await environmentsIn(after))])];
      for (const name of names) context.out(await compare(name, before, after, values.markdown ?? false));
      return 0;
    } finally {
      process.off('SIGINT', stop);
      await run('git', ['worktree', 'remove', '--force', join(scratch, 'tree')], { cwd: context.root }).catch(() => undefined);
      await rm(scratch, { recursive: true, force: true });
    }
  },
});

/** Synthesizes a commit in a work tree of its own, with the packages that are installed here. */
async function assemblyOf(commit: string, scratch: string, context: CommandContext): Promise<string> {
  const tree = join(scratch, 'tree');
  await run('git', ['worktree', 'add', '--detach', tree, commit], { cwd: context.root }).catch(() => {
    throw new UsageError(`There is no commit ${commit} to compare with; name one that git knows with --base.`);
  });
  await symlink(join(context.root, 'node_modules'), join(tree, 'node_modules'));
  await run(process.execPath, ['bin/run.mjs', 'synth', '--fast'], { cwd: tree }).catch((error: unknown) => {
    throw new UsageError(`${commit} cannot be synthesized here: ${error instanceof Error ? error.message : String(error)}`);
  });
  return join(tree, 'cdk.out');
}

/** What differs between two cloud assemblies in one environment, as text or as Markdown. A stack that only one of them has counts as made or removed. */
export async function compare(environment: string, before: string, after: string, markdown: boolean): Promise<string> {
  const [old, current] = await Promise.all([templates(before, environment), templates(after, environment)]);
  const sections: string[] = [];
  for (const stack of new Set([...old.keys(), ...current.keys()])) {
    const text = difference(old.get(stack), current.get(stack));
    if (text) sections.push(markdown ? `<details><summary>${environment}/${stack}</summary>\n\n\`\`\`\n${text}\n\`\`\`\n</details>` : `${environment}/${stack}\n${text}`);
  }
  const nothing = `${environment}: no difference`;
  return sections.length > 0 ? `${markdown ? `### ${environment}\n\n` : ''}${sections.join('\n\n')}\n` : markdown ? `### ${environment}\n\nNo difference.\n` : nothing;
}

async function templates(assembly: string, environment: string): Promise<ReadonlyMap<string, Template>> {
  return (await environmentsIn(assembly)).includes(environment) ? readTemplates(assembly, environment) : new Map();
}

function difference(before: Template | undefined, after: Template | undefined): string {
  const diff = fullDiff(before ?? {}, after ?? {});
  if (diff.isEmpty) return '';
  let text = '';
  const sink = Object.assign(new Writable({ write: (chunk: Buffer, _encoding, done) => { text += chunk.toString(); done(); } }), { isTTY: false });
  formatDifferences(sink, diff);
  return stripColour(text).trim();
}

/** The formatter colours for terminals; a comment and a pipe want plain text. */
function stripColour(text: string): string {
  // oxlint-disable-next-line no-control-regex -- the escape character is what is looked for
  return text.replaceAll(/\u001B\[\d*(;\d+)*m/g, '');
}
