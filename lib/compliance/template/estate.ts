import { isObject } from './resolve.ts';
import type { Estate, Json, JsonObject, Resource, Stack } from './types.ts';

/** An estate of stacks. Resources that are no objects are left out: CloudFormation would refuse them. */
export function estateOf(name: string, stacks: readonly Stack[]): Estate {
  return { name, stacks, resources: stacks.flatMap(resourcesOf) };
}

function resourcesOf(stack: Stack): Resource[] {
  const resources = stack.template['Resources'];
  return Object.entries(isObject(resources) ? resources : {}).flatMap(([logicalId, found]) => {
    const type = isObject(found) ? found['Type'] : undefined;
    // No type is called as what every object has, which tables by type would find.
    if (!isObject(found) || typeof type !== 'string' || type in Object.prototype) return [];
    const { Type: _type, Properties: properties, Metadata: metadata, ...attributes } = found;
    const known = objectOr(metadata);
    const path = stack.paths?.[logicalId] ?? known['aws:cdk:path'];
    return [{ stack, logicalId, type, properties: objectOr(properties), metadata: known, attributes, path: typeof path === 'string' ? resourcePath(path) : logicalId }];
  });
}

/** Path of a resource as every report writes it: a construct and the resource that it is for have the same. */
export function resourcePath(path: string): string {
  return path.replace(/\/(Resource|Default)$/, '');
}

const objectOr = (json: Json | undefined): JsonObject => (isObject(json) ? json : {});
