import { conditionOf } from './explain.ts';
import { allOptions, findOption } from './option-tree.ts';
import type { OptionNode } from './option-tree.ts';
import { EVERY, parsePath } from './path.ts';
import { ENTRY_FLOORS, FLOORS } from './rules/floors.ts';
import { rules } from './rules/index.ts';
import { literal } from './words/explanation.ts';
import { markdownTable, renewTables } from './words/table.ts';

/** Options that hold a value of their own: not sections, whose options stand in rows of their own. */
function rows(): OptionNode[] {
  return allOptions().filter(({ kind, name, children }) => name !== EVERY && kind !== 'section' && !(kind === 'list' && children.some((entry) => entry.children.length > 0)));
}

/** Every option as a Markdown table, a row each. */
export function optionTable(): string {
  const cells = rows().map((node) => {
    const { path, description, allowed, unit } = node;
    return [`\`${path}\``, description, unit && !allowed.includes(unit) ? `${allowed} (${unit})` : allowed, fallback(node)];
  });
  return markdownTable(['option', 'what it does', 'allowed', 'default'], cells);
}

/** What happens without the option: its default, nothing, or a problem as soon as its section is given. */
function fallback({ path, required, default: value }: OptionNode): string {
  if (value !== undefined) return `\`${literal(value)}\``;
  if (!required) return '-';
  const steps = parsePath(path) ?? [];
  const condition = conditionOf(steps);
  if (condition !== undefined) return `required with \`${condition}\``;
  const optional = steps.map((_, index) => findOption(steps.slice(0, index))).findLast((node) => node !== undefined && node.path !== '' && node.name !== EVERY && !node.required);
  return optional ? `required in \`${optional.path}\`` : 'required';
}

/** Every rule between options as a Markdown table. */
export function ruleTable(): string {
  return markdownTable(['rule', 'demands'], rules.map(({ id, demands }) => [`\`${id}\``, demands]));
}

/** Every floor of production as a Markdown table. */
export function floorTable(): string {
  return markdownTable(['option', 'production has', 'because'], [...FLOORS, ...ENTRY_FLOORS].map(({ path, least, why }) => [`\`${path}\``, least, why]));
}

const TABLES: Readonly<Record<string, () => string>> = { options: optionTable, rules: ruleTable, floors: floorTable };

/** A document with its tables made anew: each stands between `<!-- <name>:begin -->` and `<!-- <name>:end -->`. */
export function withTables(document: string): string {
  return renewTables(document, TABLES);
}
