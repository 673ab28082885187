import type { Decision, Outcome } from '../evidence/types.ts';
import { headline, inForce, LABELS, worst } from './count.ts';
import type { Model } from './model.ts';
import { oneLine, shorten } from './text.ts';
import { found, where } from './words.ts';

/** Rows of each list: with headings and notes they stay within 60 lines. */
const MOST = { frameworks: 9, findings: 12, decisions: 8, types: 5 } as const;
const LONGEST = 240;

/** The report for a pull request: at most 60 lines of Markdown. */
export function markdown(model: Model): string {
  const { evidence } = model;
  return [
    `## ${mark(model)} Compliance evidence: ${escape(evidence.name)}`,
    '',
    escape(headline(evidence), 600),
    '',
    ...frameworks(model),
    ...findings(model),
    ...decisions(evidence.decisions),
    ...unexamined(model),
    `Release ${escape(evidence.release)}${evidence.commit === undefined ? '' : `, commit ${escape(evidence.commit.slice(0, 12))}`}, ${evidence.at}. The files \`index.html\`, \`findings.csv\`, \`results.sarif\` and \`assessment-results.oscal.json\` hold the rest.`,
    '',
  ].join('\n');
}

function mark({ counts }: Model): string {
  const verdict = worst({ ...counts, UNKNOWN: 0, MANUAL: 0 });
  return verdict === 'FAIL' || verdict === 'ERROR' ? '❌' : '✅';
}

function frameworks({ frameworks }: Model): string[] {
  const shown = frameworks.slice(0, MOST.frameworks);
  return [
    '| Framework | Controls | Failed | Rule broke | Accepted | Not assessable | Passed | Not applicable |',
    '|---|--:|--:|--:|--:|--:|--:|--:|',
    ...shown.map(({ name, controls, counts }) => `| ${[escape(name), controls.length, counts.FAIL, counts.ERROR, counts.ACCEPTED, counts.UNKNOWN + counts.MANUAL, counts.PASS, counts.NOT_APPLICABLE].join(' | ')} |`),
    ...rest(frameworks.length - shown.length, 'frameworks'),
    '',
  ];
}

function findings(model: Model): string[] {
  const open = model.evidence.outcomes.filter(({ verdict }) => verdict === 'FAIL' || verdict === 'ERROR');
  if (open.length === 0) return ['Nothing fails that is not accepted.', ''];
  const line = (outcome: Outcome): string => `- **${LABELS[outcome.verdict]}** ${escape(outcome.control)}: ${escape(model.control(outcome).title)} ${escape(where(outcome))}. ${escape(found(outcome))}`.trimEnd();
  return ['### To be fixed or decided', '', ...open.slice(0, MOST.findings).map(line), ...rest(open.length - MOST.findings, 'findings'), ''];
}

function decisions(all: readonly Decision[]): string[] {
  const broken = all.filter(({ state }) => state !== 'approved' && state !== 'proposed');
  const lines = [
    ...broken.map(({ id, state, problem }) => `- **${state}** ${escape(id)}: ${escape(problem ?? 'it accepts nothing any more; renew it with a new approval, or remove it.')}`),
    ...inForce(all).map(({ id, state, expires, owner }) => `- ${escape(id)}: ${state}, owned by ${escape(owner)}, runs out on ${escape(expires)}`),
  ];
  if (lines.length === 0) return [];
  return ['### Accepted risks', '', ...lines.slice(0, MOST.decisions), ...rest(lines.length - MOST.decisions, 'decisions'), ''];
}

function unexamined({ evidence }: Model): string[] {
  if (evidence.unexamined.length === 0) return [];
  const lines = evidence.unexamined.slice(0, MOST.types).map(({ type, resources }) => `- ${escape(type)} (${resources.length})`);
  return ['### Resource types that no rule looked at', '', ...lines, ...rest(evidence.unexamined.length - MOST.types, 'types'), ''];
}

function rest(count: number, what: string): string[] {
  return count > 0 ? ['', `…and ${count} more ${what}: see the report.`] : [];
}

/** Text that Markdown shows as it stands: no markup, mention, reference, link or table cell of its own. */
function escape(text: string, longest: number = LONGEST): string {
  return shorten(oneLine(text), longest)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]()|~!$^+-]/g, String.raw`\$&`)
    // A zero-width space keeps GitHub from turning names, numbers and addresses into mentions and links.
    .replaceAll(/[@#](?!\s)|:(?=\/\/)|www(?=\.)/gi, '$&&#8203;');
}
