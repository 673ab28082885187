import type { Estate, Json, JsonObject, Resource, Stack } from './types.ts';
import { ABSENT, memberOf, type Value } from './value.ts';

/** How deep a value is followed, references included: what refers to itself ends here, as unknown. */
const DEEPEST = 60;

/** How many values one value may be made of; outputs that import each other multiply. */
const MOST = 100_000;

/** Longest text that is put together of parts, in characters. */
const LONGEST = 200_000;

/** How far a value has been followed. */
interface Followed {
  readonly depth: number;
  /** Values that are left of {@link MOST}, shared by all parts of one value. */
  readonly budget: { left: number };
}

/** Properties that were resolved before: every rule reads them again. */
const resolved = new WeakMap<Estate, WeakMap<Resource, Value>>();

/** Reads a property of a resource, by its path (`SSESpecification.SSEEnabled`); the whole properties without one. */
export function valueAt(estate: Estate, resource: Resource, path?: string): Value {
  const known = resolved.get(estate) ?? new WeakMap<Resource, Value>();
  resolved.set(estate, known);
  const all = known.get(resource) ?? resolve(estate, resource.stack, resource.properties);
  known.set(resource, all);
  return path === undefined ? all : memberOf(all, path);
}

/** What JSON of a template stands for. Never throws, whatever the template holds. */
export function resolve(estate: Estate, stack: Stack, json: Json | undefined, followed: Followed = { depth: 0, budget: { left: MOST } }): Value {
  if (json === undefined || json === null) return ABSENT;
  followed.budget.left -= 1;
  const deeper: Followed = { depth: followed.depth + 1, budget: followed.budget };
  if (deeper.depth > DEEPEST || followed.budget.left < 0) return { kind: 'unknown', why: 'it is nested too deeply, or refers to itself' };
  if (isList(json)) return { kind: 'list', items: json.map((item) => resolve(estate, stack, item, deeper)) };
  if (typeof json === 'string') return dynamic(json) ?? { kind: 'literal', value: json };
  if (typeof json !== 'object') return { kind: 'literal', value: json };
  const names = Object.keys(json);
  const [name] = names;
  if (names.length === 1 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'))) {
    const intrinsic = INTRINSICS[name];
    const found = intrinsic?.({ estate, stack, ...deeper }, json[name] ?? null);
    return found ?? { kind: 'unknown', why: `${name} ${JSON.stringify(json[name]).slice(0, 80)}` };
  }
  return { kind: 'map', members: Object.fromEntries(names.map((each) => [each, resolve(estate, stack, json[each], deeper)])) };
}

interface Place extends Followed {
  readonly estate: Estate;
  readonly stack: Stack;
}

/** What an intrinsic gives; undefined when it cannot be told. */
type Intrinsic = (place: Place, argument: Json) => Value | undefined;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (place, name) => (typeof name === 'string' ? reference(place, name) : undefined),
  'Fn::GetAtt': (place, argument) => {
    const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : isList(argument) ? argument : [];
    const resource = resourceOf(place, logicalId);
    return resource && attribute.every((part) => typeof part === 'string') ? { kind: 'reference', resource, attribute: attribute.join('.') } : undefined;
  },
  'Fn::Join': (place, argument) => {
    if (!isList(argument) || typeof argument[0] !== 'string') return undefined;
    const parts = resolveIn(place, argument[1]);
    const [separator] = argument;
    return parts.kind === 'list' ? text(parts.items.flatMap((part, index): Value[] => (index === 0 || separator === '' ? [part] : [{ kind: 'literal', value: separator }, part]))) : undefined;
  },
  'Fn::Sub': (place, argument) => {
    const [pattern, given] = isList(argument) ? [argument[0], argument[1]] : [argument, undefined];
    if (typeof pattern !== 'string') return undefined;
    return text(pattern.split(/(\$\{[^}]*\})/).filter((part) => part !== '').map((part) => substituted(place, part, isObject(given) ? given : {})));
  },
  'Fn::If': (place, argument) => {
    if (!isList(argument) || argument.length !== 3) return undefined;
    const [yes, no] = [resolveIn(place, argument[1]), resolveIn(place, argument[2])];
    return JSON.stringify(argument[1]) === JSON.stringify(argument[2]) ? yes : { kind: 'unknown', why: `depends on the condition ${typeof argument[0] === 'string' ? argument[0] : 'that is none'}: ${yes.kind === 'absent' ? 'nothing' : 'one value'} or ${no.kind === 'absent' ? 'nothing' : 'another'}` };
  },
  'Fn::FindInMap': (place, argument) => {
    const keys = isList(argument) ? argument.slice(0, 3).map((key) => resolveIn(place, key)) : [];
    let found: Json | undefined = place.stack.template['Mappings'];
    for (const key of keys) found = key.kind === 'literal' && isObject(found) && Object.hasOwn(found, String(key.value)) ? found[String(key.value)] : undefined;
    return found === undefined || keys.length !== 3 ? undefined : resolveIn(place, found);
  },
  'Fn::ImportValue': (place, argument) => {
    const name = resolveIn(place, argument);
    return name.kind === 'literal' ? outputOf(place, ({ Export: exported }) => isObject(exported) && exported['Name'] === name.value) : undefined;
  },
  // What the toolkit writes for a reference that does not block an update.
  'Fn::GetStackOutput': (place, argument) => {
    if (!isObject(argument)) return undefined;
    const stack = place.estate.stacks.find(({ name }) => name === argument['StackName']);
    const outputs = stack?.template['Outputs'];
    const output = isObject(outputs) && typeof argument['OutputName'] === 'string' ? outputs[argument['OutputName']] : undefined;
    return stack !== undefined && isObject(output) ? resolve(place.estate, stack, output['Value'], place) : undefined;
  },
  'Fn::Select': (place, argument) => {
    if (!isList(argument)) return undefined;
    const [index, list] = [resolveIn(place, argument[0]), resolveIn(place, argument[1])];
    return index.kind === 'literal' && list.kind === 'list' ? list.items[Number(index.value)] : undefined;
  },
};

const resolveIn = (place: Place, json: Json | undefined): Value => resolve(place.estate, place.stack, json, place);

function reference(place: Place, name: string): Value | undefined {
  if (name === 'AWS::NoValue') return ABSENT;
  if (name === 'AWS::Region' && place.stack.region !== undefined) return { kind: 'literal', value: place.stack.region };
  if (name === 'AWS::AccountId' && place.stack.account !== undefined) return { kind: 'literal', value: place.stack.account };
  if (name.startsWith('AWS::')) return { kind: 'pseudo', name };
  const resource = resourceOf(place, name);
  return resource && { kind: 'reference', resource };
}

function resourceOf({ estate, stack }: Place, logicalId: Json | undefined): Resource | undefined {
  return typeof logicalId === 'string' ? indexOf(estate).get(stack)?.get(logicalId) : undefined;
}

/** Resources by stack and logical id, made once an estate: references are followed often. */
const INDEXES = new WeakMap<Estate, Map<Stack, Map<string, Resource>>>();

function indexOf(estate: Estate): Map<Stack, Map<string, Resource>> {
  const known = INDEXES.get(estate);
  if (known !== undefined) return known;
  const index = new Map(estate.stacks.map((stack): [Stack, Map<string, Resource>] => [stack, new Map()]));
  for (const resource of estate.resources) index.get(resource.stack)?.set(resource.logicalId, resource);
  INDEXES.set(estate, index);
  return index;
}

function substituted(place: Place, part: string, given: JsonObject): Value {
  const name = /^\$\{([^!][^}]*)\}$/.exec(part)?.[1]?.trim();
  if (name === undefined) return { kind: 'literal', value: part.replace(/^\$\{!/, '${') };
  if (Object.hasOwn(given, name)) return resolveIn(place, given[name]);
  const found = name.includes('.') ? INTRINSICS['Fn::GetAtt']?.(place, name) : reference(place, name);
  return found ?? { kind: 'unknown', why: `the parameter ${name}` };
}

/** Text of parts; a literal when all of them are. */
function text(parts: readonly Value[]): Value {
  if (parts.reduce((length, part) => length + (part.kind === 'literal' ? String(part.value).length : 0), 0) > LONGEST) return { kind: 'unknown', why: 'it is too long a text' };
  return parts.every((part) => part.kind === 'literal') ? { kind: 'literal', value: parts.map(({ value }) => String(value)).join('') } : { kind: 'text', parts };
}

function outputOf(place: Place, fits: (output: JsonObject) => boolean): Value | undefined {
  for (const stack of place.estate.stacks) {
    const outputs = stack.template['Outputs'];
    const found = Object.values(isObject(outputs) ? outputs : {}).find((output) => isObject(output) && fits(output));
    if (isObject(found)) return resolve(place.estate, stack, found['Value'], place);
  }
  return undefined;
}

/** A dynamic reference (`{{resolve:…}}`) is known at deployment alone. */
function dynamic(value: string): Value | undefined {
  return value.includes('{{resolve:') ? { kind: 'unknown', why: 'a dynamic reference' } : undefined;
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

/** Whether JSON is an object. */
export function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
