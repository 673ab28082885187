import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../support/assembly.ts';
import { ASSEMBLY } from '../../support/paths.ts';

/** What a copy of an environment's assembly has of its own. */
export interface Alterations {
  /** Values of the turn's settings, e.g. a shorter lease. */
  readonly settings?: Readonly<Record<string, number>>;
  /** Environment variables of every function, beside its own. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Cloud assembly to copy from. @default - that of the global set-up */
  readonly from?: string;
  /** Other code for functions, by the last part of their name. */
  readonly code?: Readonly<Record<string, string>>;
}

/**
 * Copies the assembly of one environment to a folder, with other settings and code: what a test must not wait for, or wants to see.
 * Everything else, other functions' bundles included, is as it was synthesized.
 */
export function alteredAssembly(folder: string, environment: string, { settings = {}, variables: added = {}, from = ASSEMBLY, code = {} }: Alterations): string {
  const home = join(folder, `assembly-${environment}`);
  cpSync(join(from, `assembly-${environment}`), home, { recursive: true });
  const read = (file: string): Json => JSON.parse(readFileSync(join(home, file), 'utf8'));
  const write = (file: string, content: Json): void => writeFileSync(join(home, file), JSON.stringify(content));
  const replaced = new Map<string, string>();
  for (const file of readdirSync(home).filter((name) => name.endsWith('.template.json'))) {
    const template = read(file);
    for (const { Type, Properties } of Object.values<Json>(template.Resources)) {
      if (Type !== 'AWS::Lambda::Function') continue;
      const variables = Properties.Environment?.Variables ?? {};
      if (typeof variables.SETTINGS === 'string') variables.SETTINGS = JSON.stringify({ ...(JSON.parse(variables.SETTINGS) as object), ...settings });
      if (Object.keys(added).length > 0) Properties.Environment = { ...Properties.Environment, Variables: { ...variables, ...added } };
      const name = Object.keys(code).find((ending) => String(Properties.FunctionName).endsWith(`-${ending}`));
      if (name === undefined) continue;
      const bundle = join(folder, `code-${name}`);
      mkdirSync(bundle, { recursive: true });
      writeFileSync(join(bundle, 'index.mjs'), code[name] ?? '');
      Properties.Handler = 'index.handler';
      replaced.set(Properties.Code.S3Key, bundle);
    }
    write(file, template);
  }
  for (const file of readdirSync(home).filter((name) => name.endsWith('.assets.json'))) {
    const assets = read(file);
    for (const { source, destinations } of Object.values<Json>(assets.files)) {
      const [{ objectKey }] = Object.values<Json>(destinations);
      source.path = replaced.get(objectKey) ?? String(source.path).replace(/^\.\.\//, `${from}/`);
    }
    write(file, assets);
  }
  return home;
}
