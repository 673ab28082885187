import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import { TemplateError } from './error.ts';
import { estateOf } from './estate.ts';
import { metadataOf, type TemplateMetadata } from './metadata.ts';
import { MAX_TEMPLATE_BYTES, parseTemplate, requireResources } from './parse.ts';
import { isObject } from './resolve.ts';
import type { Estate, JsonObject, Stack } from './types.ts';

/** Reads a template file as an estate of one stack, which is named after the file. @throws TemplateError */
export async function loadTemplate(file: string): Promise<Estate> {
  const name = basename(file).replace(/(\.template)?\.(json|ya?ml|template)$/i, '');
  const stack = await stackOf({ name, path: file, file: basename(file) });
  requireResources(stack.template, file);
  return estateOf(name, [stack]);
}

/**
 * Reads an environment of a cloud assembly: the stacks of the stage of that name, or of the app itself without one, nested ones included.
 * @param assembly folder that `cdk synth` wrote, e.g. `cdk.out`
 * @param environment name of a stage @default - the stacks that belong to no stage
 * @throws TemplateError
 */
export async function loadEnvironment(assembly: string, environment?: string): Promise<Estate> {
  const folder = environment === undefined ? '' : await stageFolder(assembly, environment);
  const stacks: Stack[] = [];
  for (const [id, artifact] of Object.entries(await artifactsIn(join(assembly, folder)))) {
    const { type, properties } = artifact;
    if (type !== 'aws:cloudformation:stack' || typeof properties?.templateFile !== 'string') continue;
    const [, account, region] = /^aws:\/\/([^/]*)\/(.*)$/.exec(artifact.environment ?? '') ?? [];
    const metadata = metadataOf(artifact.additionalMetadataFile === undefined ? artifact.metadata : await readJson(join(assembly, folder, artifact.additionalMetadataFile)), properties.templateFile);
    const place = { root: assembly, folder, metadata, ...known('account', account), ...known('region', region) };
    stacks.push(...(await withNested(place, properties.stackName ?? id, properties.templateFile)));
  }
  return estateOf(environment ?? basename(assembly), stacks);
}

/** What the manifest of an assembly tells of an artifact, as far as we look at it. */
interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string; readonly directoryName?: string; readonly displayName?: string };
  readonly metadata?: unknown;
  readonly additionalMetadataFile?: string;
}

async function stageFolder(assembly: string, environment: string): Promise<string> {
  const stages = Object.values(await artifactsIn(assembly)).flatMap(({ type, properties }) => (type === 'cdk:cloud-assembly' && properties?.directoryName !== undefined ? [properties] : []));
  const stage = stages.find(({ displayName, directoryName }) => displayName === environment || directoryName === `assembly-${environment}`);
  if (stage?.directoryName === undefined) throw new TemplateError(assembly, `holds no environment "${environment}"; it holds ${stages.map(({ displayName, directoryName }) => displayName ?? directoryName).join(', ') || 'none'}.`);
  return stage.directoryName;
}

async function artifactsIn(folder: string): Promise<Readonly<Record<string, Artifact>>> {
  const manifest = await readJson(join(folder, 'manifest.json'));
  return (isObject(manifest as JsonObject) ? (manifest as { artifacts?: Readonly<Record<string, Artifact>> }).artifacts : undefined) ?? {};
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new TemplateError(file, 'cannot be read: this is no cloud assembly. Synthesize it first.');
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new TemplateError(file, 'is broken JSON. Synthesize it again.');
  }
}

/** What a stack and those nested in it have in common. */
interface Common {
  readonly root: string;
  readonly folder: string;
  readonly metadata: (file: string) => TemplateMetadata;
  readonly account?: string;
  readonly region?: string;
}

/** A stack and its nested ones, whose templates stand beside it. What is passed to them as parameter stays unknown. */
async function withNested(common: Common, name: string, templateFile: string): Promise<Stack[]> {
  const { root, folder, metadata, ...place } = common;
  const { paths, nested } = metadata(templateFile);
  const stack = await stackOf({ name, path: join(root, folder, templateFile), file: posix.join(folder, templateFile), ...place, paths });
  const stacks = [stack];
  for (const [logicalId, file] of Object.entries(nested)) stacks.push(...(await withNested(common, `${name}/${logicalId}`, file)));
  return stacks;
}

async function stackOf({ path, ...stack }: Omit<Stack, 'template' | 'sha256'> & { readonly path: string }): Promise<Stack> {
  const { size } = await stat(path).catch(() => {
    throw new TemplateError(path, 'cannot be read: there is no such file.');
  });
  if (size > MAX_TEMPLATE_BYTES) throw new TemplateError(path, `has ${size} bytes; a template has at most ${MAX_TEMPLATE_BYTES}.`);
  const bytes = await readFile(path).catch(() => {
    throw new TemplateError(path, 'cannot be read: it is no file.');
  });
  return { ...stack, template: await parseTemplate(bytes, path), sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The toolkit writes `unknown-region` and `unknown-account` for a stack that is bound to none. */
function known<Name extends 'account' | 'region'>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return value === undefined || value === '' || value.startsWith('unknown-') ? {} : ({ [name]: value } as Record<Name, string>);
}
