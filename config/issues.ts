import type * as z from 'zod';
import { byNearness, isNear } from './nearest.ts';
import { allOptions, findOption, optionsFor } from './option-tree.ts';
import type { OptionNode } from './option-tree.ts';
import { valueAt } from './path.ts';
import type { Problem } from './problem.ts';
import { safePath } from './secrets.ts';
import { quoted } from './words/type.ts';
import { kindOf, showValue } from './words/value.ts';

/** What the schema found wrong, in the words of whoever wrote the file: one problem for each place. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], input: unknown): Problem[] {
  const problems = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.map((key) => unknownOption([...issue.path, key], input)) : [refusedValue(issue, input)]));
  return problems.filter((problem, index) => problems.findIndex(({ path }) => path === problem.path) === index);
}

function unknownOption(steps: readonly PropertyKey[], input: unknown): Problem {
  const parentSteps = steps.slice(0, -1);
  const name = String(steps.at(-1));
  const parent = findOption(parentSteps);
  const form = parent?.discriminator === undefined ? undefined : valueAt(input, [...parentSteps, parent.discriminator]);
  const here = parent ? optionsFor(parent, form).map((node) => node.name) : [];
  const other = parent?.children.find((node) => node.name === name);
  return {
    path: safePath(steps),
    value: showValue(valueAt(input, steps), name),
    problem: other ? `There is no such option with \`${parent?.discriminator}: ${quoted(form)}\`.` : 'There is no such option.',
    allowed: here.length === 0 ? 'nothing' : here.join(', '),
    mend: other ? `Remove it, or set \`${parent?.discriminator}\` to ${other.forms?.map(quoted).join(' or ')}.` : mendUnknown(name, here, parentSteps),
  };
}

function mendUnknown(name: string, here: readonly string[], parent: readonly PropertyKey[]): string {
  const [nearest] = byNearness(name, here);
  const full = (option: string): string => safePath([...parent, option]);
  if (nearest !== undefined && isNear(name, nearest)) return `Write \`${full(nearest)}\`.`;
  const elsewhere = allOptions().filter((node) => node.name === name).map(({ path }) => `\`${path}\``);
  const hint = nearest === undefined ? '' : `; the nearest option there is \`${full(nearest)}\``;
  return elsewhere.length > 0 ? `Move it to ${elsewhere.slice(0, 4).join(' or ')}${hint}.` : `Remove it${hint}.`;
}

function refusedValue(issue: z.core.$ZodIssue, input: unknown): Problem {
  const badKey = issue.code === 'invalid_key';
  const value = valueAt(input, issue.path);
  const node = findOption(issue.path);
  const map = badKey ? findOption(issue.path.slice(0, -1)) : undefined;
  const name = String(issue.path.at(-1) ?? '');
  const allowed = map ? map.allowed : node ? `${node.allowed}${node.unit && !node.allowed.includes(node.unit) ? ` (${node.unit})` : ''}` : issue.message;
  return {
    path: safePath(issue.path),
    value: badKey ? showValue(name) : showValue(value, name),
    problem: badKey ? 'This name is not allowed in the map.' : whatIsWrong(issue, value),
    allowed,
    mend: map ? (map.mend ?? `Rename it: ${map.allowed}.`) : mendValue(value, node, allowed),
  };
}

function whatIsWrong(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'It is missing.';
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const small = issue.code === 'too_small';
    if (typeof value === 'string') return `It has ${value.length === 1 ? 'one character' : `${value.length} characters`}, which is too ${small ? 'short' : 'long'}.`;
    if (Array.isArray(value)) return `It has ${value.length === 0 ? 'no entries' : value.length === 1 ? 'one entry' : `${value.length} entries`}, which is too ${small ? 'few' : 'many'}.`;
    return `It is too ${small ? 'small' : 'large'}.`;
  }
  if (issue.code === 'invalid_format') return 'It does not have the form that is allowed.';
  if (issue.code === 'invalid_type' && issue.expected === 'int' && typeof value === 'number') return 'It is not a whole number.';
  if (issue.code === 'invalid_type') return `It is ${kindOf(value)}, which is not allowed here.`;
  return 'It is none of the values that are allowed.';
}

function mendValue(value: unknown, node: OptionNode | undefined, allowed: string): string {
  if (value === undefined) return `Add it${node?.description ? `: ${node.description}` : '.'}`;
  if (node?.mend) return node.mend;
  const choices = [...allowed.matchAll(/'([^']+)'/g)].map(([, choice]) => choice ?? '');
  const [nearest] = typeof value === 'string' && allowed.startsWith('one of') ? byNearness(value, choices) : [];
  if (typeof value === 'string' && nearest !== undefined && isNear(value, nearest)) return `Write '${nearest}'.`;
  return `Change it to ${allowed}.`;
}
