import { isObject } from './resolve.ts';
import type { Estate, Json, Stack } from './types.ts';

/** Transforms that leave what stands in the template as it stands. */
const HARMLESS = new Set(['AWS::LanguageExtensions']);

/** What CloudFormation makes of a template before it deploys it, as far as it cannot be told from the template. */
export interface Expansion {
  /** Macros of the account, which may change any resource. */
  readonly changes: readonly string[];
  /** What may add resources: macros, `Fn::ForEach`, AWS's own transforms. */
  readonly adds: readonly string[];
}

/** What may be added to a template, or changed in it, by macros. */
export function expansionOf({ template }: Stack): Expansion {
  const transforms = [template['Transform'] ?? []].flat().map(nameOf).filter((name) => !HARMLESS.has(name));
  const inResources = generatorsOf(template['Resources']);
  const inRoot = Object.keys(template).filter((name) => name === 'Fn::Transform');
  return { changes: transforms.filter((name) => !name.startsWith('AWS::')), adds: [...transforms, ...inRoot, ...inResources] };
}

/** Members of a template's resources that are no resources, but make some. */
export function generatorsOf(resources: Json | undefined): string[] {
  return isObject(resources) ? Object.keys(resources).filter((name) => name.startsWith('Fn::')) : [];
}

/** What may add resources to any stack of an estate, each with its stack. */
export function addedTo(estate: Estate): string[] {
  return estate.stacks.flatMap((stack) => expansionOf(stack).adds.map((name) => `${name} in ${stack.name}`));
}

function nameOf(transform: Json): string {
  if (typeof transform === 'string') return transform;
  const name = isObject(transform) ? transform['Name'] : undefined;
  return typeof name === 'string' ? name : 'a macro';
}
