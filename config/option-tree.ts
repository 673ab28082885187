import { describedSchema } from './json-schema.ts';
import type { JsonNode } from './json-schema.ts';
import { EVERY } from './path.ts';
import { quoted, typeWords } from './words/type.ts';

/** An option or a section, as documentation, `--explain` and the words of problems see it. */
export interface OptionNode {
  /** Path with `[]` for the entries of lists and maps. */
  readonly path: string;
  /** Last step of the path. */
  readonly name: string;
  /** What it does; empty when the schema does not say it. */
  readonly description: string;
  readonly unit: string | undefined;
  /** What is allowed, in words. */
  readonly allowed: string;
  /** What to change when a value is refused, if the schema says it. */
  readonly mend: string | undefined;
  /** Whether a file must give it (inside its section, when that is given). */
  readonly required: boolean;
  /** Value when a file does not give it; undefined when there is none. */
  readonly default: unknown;
  readonly kind: 'value' | 'section' | 'list' | 'map';
  /** Forms of a union in which it exists, by the value of the discriminator; undefined outside unions. */
  readonly forms: readonly unknown[] | undefined;
  /** Name of the option whose value decides which form holds; undefined for what is no union. */
  readonly discriminator: string | undefined;
  readonly children: readonly OptionNode[];
}

let root: OptionNode | undefined;

/** The whole tree of options. */
export function optionTree(): OptionNode {
  root ??= toNode(describedSchema(), { path: '', name: '', required: true, forms: undefined });
  return root;
}

interface Place {
  readonly path: string;
  readonly name: string;
  readonly required: boolean;
  readonly forms: readonly unknown[] | undefined;
}

function toNode(schema: JsonNode, place: Place): OptionNode {
  const discriminator = discriminatorOf(schema);
  return {
    ...place,
    description: schema.description ?? '',
    unit: schema.unit,
    allowed: typeWords(schema),
    mend: schema.mend,
    default: schema.default,
    discriminator,
    ...contents(schema, place.path, discriminator),
  };
}

function contents(schema: JsonNode, path: string, discriminator: string | undefined): Pick<OptionNode, 'kind' | 'children'> {
  const entry = (of: JsonNode): OptionNode[] => [toNode(of, { path: `${path}${EVERY}`, name: EVERY, required: false, forms: undefined })];
  if (schema.type === 'array' && schema.items) return { kind: 'list', children: entry(schema.items) };
  if (typeof schema.additionalProperties === 'object') return { kind: 'map', children: entry(schema.additionalProperties) };
  if (discriminator !== undefined && schema.oneOf) return { kind: 'section', children: merged(schema.oneOf, path, discriminator) };
  if (schema.properties) return { kind: 'section', children: named(schema, path, undefined) };
  return { kind: 'value', children: [] };
}

function named(schema: JsonNode, path: string, form: unknown): OptionNode[] {
  return Object.entries(schema.properties ?? {}).map(([name, child]) =>
    toNode(child, {
      path: path === '' ? name : `${path}.${name}`,
      name,
      required: schema.required?.includes(name) ?? false,
      forms: form === undefined ? undefined : [form],
    }),
  );
}

/** Options of all forms of a union, those of one name as one: its words say what it is in each. */
function merged(forms: readonly JsonNode[], path: string, discriminator: string): OptionNode[] {
  const byName = new Map<string, OptionNode[]>();
  for (const form of forms) {
    for (const child of named(form, path, form.properties?.[discriminator]?.const)) byName.set(child.name, [...(byName.get(child.name) ?? []), child]);
  }
  return [...byName.values()].map((same) => (same.length === 1 ? same[0] : join(same, discriminator))).filter((node) => node !== undefined);
}

function join(same: readonly OptionNode[], discriminator: string): OptionNode | undefined {
  const [first] = same;
  if (!first) return undefined;
  const describe = (node: OptionNode): string => (node.name === discriminator ? `${node.allowed}: ${node.description}` : `With ${discriminator} ${node.forms?.map(quoted).join(' or ')}: ${node.description}`);
  const allowed = [...new Set(same.map((node) => node.allowed))];
  const alike = new Set(same.map((node) => node.description)).size === 1;
  return {
    ...first,
    description: alike ? first.description : same.map(describe).join(' '),
    allowed: first.name === discriminator ? `one of ${allowed.join(', ')}` : allowed.join(' or '),
    forms: same.flatMap((node) => node.forms ?? []),
  };
}

/** Name of the option that tells the forms of a union apart: the one that is constant, and another constant, in each. */
function discriminatorOf({ oneOf }: JsonNode): string | undefined {
  return Object.keys(oneOf?.[0]?.properties ?? {}).find((name) => oneOf?.every((form) => form.properties?.[name]?.const !== undefined));
}

/** Node at a path; positions and names of entries stand for every entry. */
export function findOption(steps: readonly PropertyKey[]): OptionNode | undefined {
  let node: OptionNode | undefined = optionTree();
  for (const step of steps) {
    if (!node) return undefined;
    node = node.kind === 'list' || node.kind === 'map' ? entryOf(node, step) : node.children.find(({ name }) => name === String(step));
  }
  return node;
}

function entryOf(node: OptionNode, step: PropertyKey): OptionNode | undefined {
  return node.kind === 'map' || step === EVERY || /^\d+$/.test(String(step)) ? node.children[0] : undefined;
}

/** Every node below one, and itself, in the order of the schema. */
export function allOptions(node: OptionNode = optionTree()): OptionNode[] {
  return [node, ...node.children.flatMap((child) => allOptions(child))];
}

/** Options of a section that hold for a value: those of the form that its discriminator names, or of all when it names none. */
export function optionsFor(node: OptionNode, formValue: unknown): OptionNode[] {
  const known = node.children.some(({ forms }) => forms?.includes(formValue));
  return node.children.filter(({ forms }) => !known || !forms || forms.includes(formValue));
}
