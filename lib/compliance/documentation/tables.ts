import { LABELS } from '../report/count.ts';
import { RULES } from '../rules/index.ts';
import { DEFAULT_PARAMETERS, type Parameters } from '../rules/parameters.ts';
import type { Rule } from '../rules/rule.ts';
import { VERDICTS } from '../verdict.ts';
import { chapters } from './chapters.ts';
import { code, prose, table } from './markdown.ts';
import { PACKS, PARAMETER_MEANINGS, VERDICT_MEANINGS } from './meanings.ts';

/** Where each parameter comes from, as Markdown. */
export type ParameterSources = Readonly<Record<keyof Parameters, string>>;

/** The generated parts of the rules' documentation, by their names: `packs`, `verdicts`, `parameters`, `rules`. Each is Markdown. */
export function ruleDocumentation(sources?: ParameterSources, rules: readonly Rule[] = RULES): Readonly<Record<string, () => string>> {
  return { packs: () => packs(rules), verdicts, parameters: () => parameters(sources), rules: () => chapters(rules) };
}

function packs(rules: readonly Rule[]): string {
  const rows = Object.entries(PACKS).map(([id, meaning]) => [code(id), prose(meaning), String(rules.filter(({ pack }) => pack === id).length)]);
  return table(['pack', 'what it holds an estate to', 'rules'], rows);
}

function verdicts(): string {
  return table(['verdict', 'in the report', 'says'], VERDICTS.map((verdict) => [code(verdict), LABELS[verdict], prose(VERDICT_MEANINGS[verdict])]));
}

function parameters(sources: ParameterSources | undefined): string {
  const names = Object.keys(PARAMETER_MEANINGS) as (keyof Parameters)[];
  const head = ['parameter', 'means', ...(sources === undefined ? [] : ['of an environment']), 'by default'];
  return table(head, names.map((name) => [code(name), prose(PARAMETER_MEANINGS[name]), ...(sources === undefined ? [] : [sources[name]]), shown(DEFAULT_PARAMETERS[name])]));
}

function shown(value: Parameters[keyof Parameters]): string {
  if (value === undefined) return 'not set';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((item) => code(String(item))).join(', ');
  if (typeof value !== 'object') return code(String(value));
  const members = Object.entries(value).filter(([, member]) => !(Array.isArray(member) && member.length === 0));
  return members.length === 0 ? 'none' : members.map(([name, member]) => `${name} ${code(String(member))}`).join(', ');
}
