import { CfnResource } from 'aws-cdk-lib';
import type { Stack, Stage } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { applyDecisions, DEFAULT_PARAMETERS, decisionsOf, fails } from '../../lib/compliance/index.ts';
import type { Decision, Parameters } from '../../lib/compliance/index.ts';
import { judgeEstate } from '../../lib/compliance/evidence/judge.ts';
import type { Rule } from '../../lib/compliance/rules/rule.ts';
import { estateOf } from '../../lib/compliance/template/estate.ts';
import type { Json } from '../../lib/compliance/template/types.ts';

/** What our own rules leave of a stack under test when its decisions are applied. */
export interface Gate {
  /** Findings that no decision accepts. */
  readonly open: readonly string[];
  readonly accepted: readonly string[];
  readonly decisions: readonly Decision[];
  /** Decisions that are malformed, or accept what was not found. */
  readonly wrong: readonly (string | undefined)[];
}

/** Judges a stack under test, or all stacks of a stage, by some of our own rules. */
export function gateOf(made: { readonly stack: Stack; readonly template: Template } | { readonly stage: Stage; readonly templates: ReadonlyMap<Stack, object> }, rules: readonly Rule[], parameters: Partial<Parameters> = {}): Gate {
  const scope = 'stage' in made ? made.stage : made.stack;
  const templates = 'stage' in made ? made.templates : new Map([[made.stack, made.template.toJSON()]]);
  const estate = estateOf('test', [...templates].map(([stack, template]) => ({ name: stack.stackName, account: stack.account, region: stack.region, template: template as Record<string, Json>, file: `${stack.node.id}.template.json`, sha256: '0', paths: pathsOf(stack) })));
  const judged = judgeEstate(estate, rules, { ...DEFAULT_PARAMETERS, ...parameters });
  const applied = applyDecisions({ ...judged, decisions: decisionsOf(scope), register: { owner: 'owner', approver: 'approver', approvals: {} }, date: '2026-12-01' });
  const told = (...verdicts: readonly string[]): string[] => applied.outcomes.filter(({ verdict }) => verdicts.includes(verdict)).map(({ control, part, place }) => `${control}${part === undefined ? '' : ` [${part}]`} ${place?.logicalId.replace(/[0-9A-F]{8}$/, '') ?? ''}`);
  return { open: told('FAIL', 'ERROR'), accepted: told('ACCEPTED'), decisions: applied.decisions, wrong: applied.decisions.filter(fails).map(({ problem }) => problem) };
}

const pathsOf = (stack: Stack): Record<string, string> => Object.fromEntries(stack.node.findAll().flatMap((each) => (CfnResource.isCfnResource(each) ? [[String(stack.resolve(each.logicalId)), each.node.path]] : [])));
