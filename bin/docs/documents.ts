import { renewTables } from '../../config/words/table.ts';
import { ruleDocumentation } from '../../lib/compliance/index.ts';
import type { Template } from '../assembly.ts';
import { estateOf } from '../diagram/estate.ts';
import { admissionsTable } from './admissions.ts';
import { idleCost, idleCostTable, readmeRow } from './idle-cost.ts';
import { PARAMETER_SOURCES } from './parameters.ts';
import { rightsTable } from './rights.ts';

/** An environment with its templates. */
export interface Documented {
  readonly name: string;
  readonly prefix: string;
  readonly region: string;
  readonly templates: ReadonlyMap<string, Template>;
}

/** The environment whose rights the security architecture shows. */
const REVIEWED = 'prod';

/** What is renewed in each document, by its path from the project's root. */
export function renewals(environments: readonly Documented[]): Readonly<Record<string, (text: string) => string>> {
  const reviewed = environments.find(({ name }) => name === REVIEWED);
  if (!reviewed) throw new Error(`docs/security-architecture.md shows the rights of ${REVIEWED}, and there is no such environment.`);
  const surveyed = { ...reviewed, estate: estateOf(reviewed.templates) };
  const costs = environments.map(({ name, templates }) => idleCost(name, estateOf(templates).resources));
  return {
    'docs/security-architecture.md': (text) => renewTables(text, { rights: () => rightsTable(surveyed), admissions: () => admissionsTable(surveyed) }),
    'docs/rules.md': renewRules,
    'docs/operating.md': (text) => renewTables(text, { 'idle-cost': () => idleCostTable(costs) }),
    'README.md': (text) => text.replace(/^\| idle, USD a month .*$/m, () => readmeRow(costs, columnsOf(text))),
  };
}

/** The rules' documentation with its generated parts made anew. */
export function renewRules(text: string): string {
  return renewTables(text, ruleDocumentation(PARAMETER_SOURCES));
}

/** Environments that the README's table has a column for. */
function columnsOf(readme: string): string[] {
  const head = /^\| \| (`[^|\n]+(?: \| `[^|\n]+)*) \|$/m.exec(readme)?.[1] ?? '';
  return [...head.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string);
}
