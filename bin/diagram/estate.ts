import type { Template } from '../assembly.ts';

/** A resource of a template, with the stack it stands in. */
export interface Resource {
  /** `<stack>/<logical id>`: unique in an environment. */
  readonly key: string;
  readonly stack: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** All resources of an environment, and what refers to what. */
export interface Estate {
  readonly resources: readonly Resource[];
  /** Resources that a value refers to, through outputs of other stacks too, each once. */
  readonly referred: (value: unknown, stack: string) => readonly Resource[];
}

type Outputs = Readonly<Record<string, { readonly Value?: unknown }>>;

/** Reads an environment's templates as one estate. */
export function estateOf(templates: ReadonlyMap<string, Template>): Estate {
  const resources = [...templates].flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).map(([id, { Type, Properties }]): Resource => ({ key: `${stack}/${id}`, stack, type: Type, properties: Properties ?? {} })),
  );
  const byKey = new Map(resources.map((resource) => [resource.key, resource]));
  const follow = (value: unknown, stack: string): string[] =>
    references(value).flatMap((reference) => {
      if (reference.kind === 'id') return [`${stack}/${reference.name}`];
      const owner = ownerOfOutput(templates, reference.name, stack);
      return owner === undefined ? [] : follow(owner.value, owner.stack);
    });
  const referred = (value: unknown, stack: string): Resource[] => [...new Set(follow(value, stack))].flatMap((key) => byKey.get(key) ?? []);
  return { resources, referred };
}

/** The output of another stack that a cross-stack reference names. @throws Error when two stacks have one of that name */
export function ownerOfOutput(templates: ReadonlyMap<string, Template>, name: string, asking: string): { readonly stack: string; readonly value: unknown } | undefined {
  const found = [...templates].flatMap(([stack, template]) => {
    const output = (template as { readonly Outputs?: Outputs }).Outputs?.[name];
    return stack === asking || output === undefined ? [] : [{ stack, value: output.Value }];
  });
  if (found.length > 1) throw new Error(`The output ${name} stands in several stacks: ${found.map(({ stack }) => stack).join(', ')}.`);
  return found[0];
}

interface Reference {
  /** A logical id of the same stack, or the name of an output of another one. */
  readonly kind: 'id' | 'output';
  readonly name: string;
}

/** Every reference in a value, at any depth. */
function references(value: unknown): Reference[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(references);
  return Object.entries(value).flatMap(([key, inner]): Reference[] => {
    if (key === 'Ref') return [{ kind: 'id', name: String(inner) }];
    if (key === 'Fn::GetAtt') return [{ kind: 'id', name: String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] ?? '' }];
    if (key === 'Fn::GetStackOutput') return [{ kind: 'output', name: String(at(inner, 'OutputName')) }];
    return references(inner);
  });
}

/** The value at a path in something loosely typed; undefined where the path ends early. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, step) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[step] : undefined), value);
}

/** The list at a path; a single value counts as a list of one, nothing as an empty list. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : found === undefined ? [] : [found];
}

/** A text or a number at a path, as text; undefined for anything else. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}

/** Whether a physical name, such as `FunctionName`, ends with a name of ours. */
export function isNamed(resource: Resource, property: string, name: string): boolean {
  return textAt(resource.properties, property)?.endsWith(`-${name}`) ?? false;
}

/** Properties by which a resource names its customer key. */
const KEY_PROPERTY = /^kms(master)?key(id|arn|identifier)$/i;

/** Whether a resource is stored under a customer key. */
export function underCustomerKey({ properties }: Resource): boolean {
  return namesKey(properties);
}

function namesKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => (KEY_PROPERTY.test(name) ? !String(inner).startsWith('alias/aws/') : namesKey(inner)));
}
