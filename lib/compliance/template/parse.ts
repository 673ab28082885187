import { TemplateError } from './error.ts';
import { isObject } from './resolve.ts';
import type { Json, JsonObject } from './types.ts';
import { jsonOfYaml } from './yaml.ts';

/** Largest template that is read, in bytes; CloudFormation takes 1 MB. */
export const MAX_TEMPLATE_BYTES = 5_000_000;

/** How deep JSON may be nested. No property of any resource type comes near it. */
const DEEPEST = 200;

/** Reads a template: JSON, or YAML with CloudFormation's short forms. @throws TemplateError */
export async function parseTemplate(bytes: Uint8Array, file: string): Promise<JsonObject> {
  if (bytes.length > MAX_TEMPLATE_BYTES) throw new TemplateError(file, `has ${bytes.length} bytes; a template has at most ${MAX_TEMPLATE_BYTES}.`);
  const text = textOf(bytes, file);
  const json = /^\s*\{/.test(text) ? (strict(text) ?? (await jsonOfYaml(text, file))) : await jsonOfYaml(text, file);
  if (!isObject(json)) throw new TemplateError(file, `is not a template: it holds ${kindOf(json)}, where a template is an object with Resources.`);
  if (depthOf(json) > DEEPEST) throw new TemplateError(file, `is nested more than ${DEEPEST} levels deep.`);
  checkResources(json, file);
  return json;
}

/** A template that is judged by itself must have resources; a stack of an assembly may be empty. @throws TemplateError */
export function requireResources(template: JsonObject, file: string): void {
  const resources = template['Resources'];
  if (!isObject(resources) || Object.keys(resources).length === 0) throw new TemplateError(file, `is not a template: it has no Resources${found(template)}.`);
}

function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new TemplateError(file, 'is not a template: it is no text in UTF-8.');
  }
}

/** Undefined when it is not JSON: comments and open ends are YAML, and YAML's errors name the line. */
function strict(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function checkResources({ Resources: resources }: JsonObject, file: string): void {
  if (resources === undefined) return;
  if (!isObject(resources)) throw new TemplateError(file, `is not a template: its Resources are ${kindOf(resources)}, where an object is needed.`);
  for (const [logicalId, resource] of Object.entries(resources)) {
    if (logicalId.startsWith('Fn::')) continue;
    if (!isObject(resource)) throw new TemplateError(file, `is not a template: Resources.${logicalId} is ${kindOf(resource)}, where an object with a Type is needed.`);
    if (typeof resource['Type'] !== 'string') throw new TemplateError(file, `is not a template: Resources.${logicalId} has no Type.`);
    const properties = resource['Properties'];
    if (properties !== undefined && properties !== null && !isObject(properties)) throw new TemplateError(file, `is not a template: Resources.${logicalId}.Properties is ${kindOf(properties)}, where an object is needed.`);
  }
}

function found(template: JsonObject): string {
  const names = Object.keys(template).slice(0, 5);
  return names.length === 0 ? '' : `, only ${names.join(', ').slice(0, 100)}`;
}

function kindOf(json: Json): string {
  if (json === null) return 'nothing';
  return Array.isArray(json) ? 'a list' : isObject(json) ? 'an object' : `a ${typeof json === 'string' ? 'text' : typeof json}`;
}

/** Not by recursion, which is what too deep a nesting breaks. */
function depthOf(json: Json): number {
  let level: readonly Json[] = [json];
  for (let depth = 0; ; depth += 1) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
    if (level.length === 0 || depth > DEEPEST) return depth;
  }
}
