import { draftOf } from './draft.ts';
import { byNearness } from './nearest.ts';
import { allOptions, findOption } from './option-tree.ts';
import type { OptionNode } from './option-tree.ts';
import { EVERY, parsePath, valueAt } from './path.ts';
import type { Environments } from './registry.ts';
import { quoted } from './words/type.ts';

/** What an environment has at a path. */
export interface ValueThere {
  readonly environment: string;
  /** The value, defaults filled in; a list of values when the path says `[]`; undefined when there is none. */
  readonly value: unknown;
  /** `written` stands in the file; `default` does not; `unset` has no value; `elsewhere` belongs to another form of its section. */
  readonly from: 'written' | 'default' | 'unset' | 'elsewhere';
}

/** What there is to know about an option or a section. */
export interface Explanation {
  readonly path: string;
  readonly description: string;
  readonly unit: string | undefined;
  /** Type and bounds, in words. */
  readonly allowed: string;
  readonly required: boolean;
  /** Value of an environment that does not give one; undefined when there is none. */
  readonly default: unknown;
  /** Setting that it depends on, `model.provider: 'bedrock'`; undefined when it always exists. */
  readonly onlyWith: string | undefined;
  readonly values: readonly ValueThere[];
  /** Options of a section; empty for a value. */
  readonly options: readonly { readonly path: string; readonly description: string }[];
}

/** An explanation, or the paths that were perhaps meant. */
export type Explained = { readonly ok: true; readonly explanation: Explanation } | { readonly ok: false; readonly nearest: readonly string[] };

/** Explains an option or a section; an empty path explains the whole file. `environments` as they are written; broken ones show what is valid in them. */
export function explain(path: string, environments: Environments): Explained {
  const steps = parsePath(path);
  const node = steps && findOption(steps);
  if (!node || !steps) return { ok: false, nearest: nearestPaths(path) };
  return {
    ok: true,
    explanation: {
      path,
      description: node.description || inherited(node),
      unit: node.unit,
      allowed: node.allowed,
      required: node.required,
      default: node.default,
      onlyWith: conditionOf(steps),
      values: Object.entries(environments).map(([environment, input]) => valueIn(environment, input, steps)),
      options: (node.kind === 'list' ? (node.children[0]?.children ?? []) : node.kind === 'section' ? node.children : []).map((child) => ({ path: child.path, description: child.description })),
    },
  };
}

/** Entries of lists and maps are described by what they are entries of. */
function inherited(node: OptionNode): string {
  const steps = parsePath(node.path) ?? [];
  const parent = steps.length > 0 ? findOption(steps.slice(0, -1)) : undefined;
  return parent ? `Entry of ${parent.path}. ${parent.description}` : 'One environment: everything in which it differs from another.';
}

function nearestPaths(path: string): string[] {
  const last = path.split('.').at(-1) ?? '';
  const options = allOptions().filter(({ name }) => name !== EVERY && name !== '');
  const same = options.filter(({ name }) => name.toLowerCase() === last.toLowerCase()).map((node) => node.path);
  return [...new Set([...byNearness(path, same), ...byNearness(path, options.map((node) => node.path))])].slice(0, 3);
}

/** Setting of the innermost union on the way, such as `model.provider: 'bedrock'`; undefined when the option exists in each form. */
export function conditionOf(steps: readonly string[]): string | undefined {
  for (let length = steps.length; length > 0; length -= 1) {
    const node = findOption(steps.slice(0, length));
    const parent = findOption(steps.slice(0, length - 1));
    const every = new Set(parent?.children.flatMap(({ forms }) => forms ?? []));
    if (parent?.discriminator !== undefined && node?.forms && node.forms.length < every.size) return `${parent.path}.${parent.discriminator}: ${node.forms.map(quoted).join(' or ')}`;
  }
  return undefined;
}

function valueIn(environment: string, input: unknown, steps: readonly string[]): ValueThere {
  const value = valuesAt(draftOf(input), steps);
  const written = valuesAt(input, steps);
  if (value !== undefined) return { environment, value, from: written === undefined ? 'default' : 'written' };
  return { environment, value, from: belongsElsewhere(input, steps) ? 'elsewhere' : 'unset' };
}

function valuesAt(from: unknown, steps: readonly string[]): unknown {
  const every = steps.indexOf(EVERY);
  if (every < 0) return valueAt(from, steps);
  const entries = valueAt(from, steps.slice(0, every));
  if (typeof entries !== 'object' || entries === null) return undefined;
  return Object.values(entries).map((entry: unknown) => valuesAt(entry, steps.slice(every + 1)));
}

/** Whether the section takes another form in this environment, in which the option does not exist. */
function belongsElsewhere(input: unknown, steps: readonly string[]): boolean {
  return steps.some((_, index) => {
    const parent = findOption(steps.slice(0, index));
    const node = findOption(steps.slice(0, index + 1));
    if (parent?.discriminator === undefined || !node?.forms) return false;
    const form = valueAt(input, [...steps.slice(0, index), parent.discriminator]);
    return form !== undefined && !node.forms.includes(form);
  });
}
