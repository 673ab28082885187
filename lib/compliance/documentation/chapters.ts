import { controlOf } from '../evidence/judge.ts';
import { DEFAULT_PARAMETERS } from '../rules/parameters.ts';
import type { Rule } from '../rules/rule.ts';
import type { Estate } from '../template/types.ts';
import { code, prose, table } from './markdown.ts';

/** An estate with nothing in it. */
const NOTHING: Estate = { name: 'nothing', stacks: [], resources: [] };

/** A chapter for each pack: what is in it, then each rule with all its texts. Articles that no template tells about have a chapter of their own. */
export function chapters(rules: readonly Rule[]): string {
  const packs = [...new Set(rules.map(({ pack }) => pack))];
  return packs.flatMap((pack) => {
    const own = rules.filter((rule) => rule.pack === pack);
    const people = own.filter(isForPeople);
    const others = own.filter((rule) => !isForPeople(rule));
    return [...(others.length === 0 ? [] : [chapter(pack, others)]), ...(people.length === 0 ? [] : [chapter(`${pack}, for a person`, people)])];
  }).join('\n\n');
}

/** Name by which a link finds a rule: `gdpr-g01`. It stays when a title changes. */
export function anchorOf(rule: Rule): string {
  return controlOf(rule).id.toLowerCase();
}

/** Whether a rule looks at nothing, since nothing in a template tells. */
function isForPeople({ looksAt }: Rule): boolean {
  return looksAt.length === 0;
}

function chapter(title: string, rules: readonly Rule[]): string {
  const contents = rules.map((rule) => [`[${controlOf(rule).id}](#${anchorOf(rule)})`, prose(rule.title), rule.references.map(prose).join(', ')]);
  return [`## ${title}`, table(['rule', 'demands', 'of'], contents), ...rules.map(section)].join('\n\n');
}

function section(rule: Rule): string {
  const { title, references, version, looksAt, info, explanation } = rule;
  const wanted = isForPeople(rule) ? rule.judge(NOTHING, DEFAULT_PARAMETERS)[0]?.expected : undefined;
  return [
    `<a id="${anchorOf(rule)}"></a>\n### ${controlOf(rule).id}: ${prose(title)}`,
    `${references.map(prose).join(', ')}. Version ${version}.`,
    `**Looks at:** ${looksAt.length === 0 ? 'nothing; a person does.' : `${looksAt.map(code).join(', ')}.`}`,
    `**How it judges:** ${prose(info)}`,
    ...(wanted === undefined ? [] : [`**Has to be seen:** ${prose(wanted)}.`]),
    `**Why, and what to do:** ${prose(explanation)}`,
  ].join('\n\n');
}
