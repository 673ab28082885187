import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isObject, messageOf, objectOf, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Stack } from './template.ts';

const MANIFEST = 'manifest.json';

/**
 * Reads every stack of one environment out of a cloud assembly.
 * @param directory `cdk.out`, the nested assembly of a stage, or an assembly with the stacks at its top
 * @param environment name of the stage; only used where the assembly holds stages
 * @throws Error naming the folder or the file, and what to do, when there is no such assembly
 */
export function readAssembly(directory: string, environment: string): readonly Stack[] {
  const root = resolve(directory);
  const home = stageFolder(root, environment);
  const artifacts = artifactsOf(home);
  const assets = new Map(ofType(artifacts, 'cdk:asset-manifest').flatMap(([, artifact]) => assetsOf(home, artifact)));
  const stacks = ofType(artifacts, 'aws:cloudformation:stack').map(([id, artifact]) => stackOf(home, id, artifact, assets));
  if (stacks.length === 0) throw new Error(`The cloud assembly in ${home} holds no stack. Synthesize the environment again.`);
  return stacks;
}

/** The nested assembly of the environment, or the assembly itself when it has no stages. */
function stageFolder(root: string, environment: string): string {
  const stages = ofType(artifactsOf(root), 'cdk:cloud-assembly');
  if (stages.length === 0) return root;
  const named = stages.map(([id, artifact]) => {
    const properties = objectOf(artifact['properties']);
    return { name: textOf(properties['displayName']) ?? id.replace(/^assembly-/, ''), folder: textOf(properties['directoryName']) ?? id };
  });
  const stage = named.find(({ name }) => name === environment);
  if (stage === undefined) {
    throw new Error(`The cloud assembly in ${root} has no environment '${environment}'; it has ${named.map(({ name }) => name).join(', ')}. Synthesize '${environment}' first, or name one of these.`);
  }
  return join(root, stage.folder);
}

function stackOf(home: string, id: string, artifact: JsonObject, assets: ReadonlyMap<string, string>): Stack {
  const properties = objectOf(artifact['properties']);
  const [, account = '', region = ''] = /^aws:\/\/([^/]*)\/(.*)$/.exec(textOf(artifact['environment']) ?? '') ?? [];
  return {
    name: textOf(properties['stackName']) ?? id,
    accountId: /^\d{12}$/.test(account) ? account : '000000000000',
    region: region === '' || region.startsWith('unknown') ? 'us-east-1' : region,
    template: readJson(join(home, textOf(properties['templateFile']) ?? `${id}.template.json`)),
    assets,
  };
}

function assetsOf(home: string, artifact: JsonObject): [string, string][] {
  const file = join(home, textOf(objectOf(artifact['properties'])['file']) ?? '');
  return Object.values(objectOf(readJson(file)['files'])).flatMap((asset) => {
    const path = textOf(objectOf(objectOf(asset)['source'])['path']);
    if (path === undefined) return [];
    const destinations = Object.values(objectOf(objectOf(asset)['destinations']));
    return destinations.flatMap((destination): [string, string][] => {
      const key = textOf(objectOf(destination)['objectKey']);
      return key === undefined ? [] : [[key, resolve(dirname(file), path)]];
    });
  });
}

function artifactsOf(folder: string): JsonObject {
  const file = join(folder, MANIFEST);
  if (!existsSync(file)) throw new Error(`There is no cloud assembly in ${folder} (no ${MANIFEST}). Synthesize the environment first.`);
  return objectOf(readJson(file)['artifacts']);
}

function ofType(artifacts: JsonObject, type: string): [string, JsonObject][] {
  return Object.entries(artifacts).filter((entry): entry is [string, JsonObject] => isObject(entry[1]) && entry[1]['type'] === type);
}

function readJson(file: string): JsonObject {
  try {
    return objectOf(JSON.parse(readFileSync(file, 'utf8')) as unknown);
  } catch (error) {
    throw new Error(`${file} cannot be read (${messageOf(error)}). Synthesize the environment again.`, { cause: error });
  }
}
