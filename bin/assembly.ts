import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A CloudFormation template, as far as our commands look into it. */
export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>>; readonly Metadata?: Readonly<Record<string, unknown>> }>>;
}

/** Templates of an environment in a cloud assembly, by stack (`Data`, `Service` …). */
export async function readTemplates(assembly: string, environment: string): Promise<ReadonlyMap<string, Template>> {
  const folder = join(assembly, `assembly-${environment}`);
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as { artifacts: Record<string, { type: string; displayName?: string; properties?: { templateFile?: string } }> };
  const stacks = Object.values(manifest.artifacts).filter(({ type }) => type === 'aws:cloudformation:stack');
  const read = stacks.map(async ({ displayName, properties }): Promise<[string, Template]> => {
    const text = await readFile(join(folder, properties?.templateFile ?? ''), 'utf8');
    return [(displayName ?? '').split('/').at(-1)?.replace(/ \(.*\)$/, '') ?? '', JSON.parse(text) as Template];
  });
  return new Map((await Promise.all(read)).toSorted(([a], [b]) => a.localeCompare(b)));
}

/** Environments that an assembly holds. */
export async function environmentsIn(assembly: string): Promise<string[]> {
  const entries = await readdir(assembly).catch(() => []);
  return entries.filter((entry) => entry.startsWith('assembly-')).map((entry) => entry.slice('assembly-'.length)).toSorted();
}
