import { Stage } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { applyDecisions, claimsOf, type Collector, decisionsOf, type Estate, type Evidence, fillSlots, judgeEstate, type Parameters, type PlacedDecision, type Register, type ReportViews, reportViews, RULES, type Slot, unexaminedTypes } from '../../lib/compliance/index.ts';
import type { Commit } from '../commit.ts';

/** What evidence is made of. */
export interface EvidenceInput {
  readonly estate: Estate;
  readonly parameters: Parameters;
  readonly commit: Commit;
  readonly release: string;
  /** What the stock packs gave, and what was accepted. @default - a template by itself: our own rules alone */
  readonly synth?: { readonly app: App; readonly collector: Collector; readonly register: Register };
  /** Who brings what a person has to judge, by control. @default - nobody is named */
  readonly slots?: Readonly<Record<string, Slot>>;
  /** Day by which accepted risks expire, `YYYY-MM-DD`. @default - the commit's */
  readonly date?: string;
}

/** What judging gives. */
export interface Judgement {
  readonly evidence: Evidence;
  /** What is derived from the templates beside it. */
  readonly views: ReportViews;
  /** Ids of approvals in the register that no decision has. */
  readonly staleApprovals: readonly string[];
  /** Controls that a slot is for and that leave nothing to a person. */
  readonly staleSlots: readonly string[];
}

/** All evidence of an environment, or of a template, with what the gate has to say of its decisions. */
export function evidenceOf({ estate, parameters, commit, release, synth, slots = {}, date = commit.at.slice(0, 10) }: EvidenceInput): Judgement {
  const own = judgeEstate(estate, RULES, parameters);
  const stage = synth?.app.node.children.find((child) => Stage.isStage(child) && child.stageName === estate.name);
  const stock = synth === undefined || stage === undefined ? { controls: [], outcomes: [] } : { controls: synth.collector.controls(), outcomes: synth.collector.outcomes(stage) };
  const controls = [...own.controls, ...stock.controls];
  const outcomes = [...own.outcomes, ...stock.outcomes];
  const decisions: readonly PlacedDecision[] = stage === undefined ? [] : decisionsOf(stage);
  const register = synth?.register ?? { owner: '', approver: '', approvals: {} };
  const applied = applyDecisions({ outcomes, controls, decisions, register, date });
  const filled = fillSlots(applied.outcomes, slots);
  return {
    evidence: {
      name: estate.name,
      release,
      ...(commit.id === undefined ? {} : { commit: commit.id }),
      at: commit.at,
      templates: estate.stacks.map(({ name, file, sha256 }) => ({ stack: name, file, sha256 })),
      controls,
      outcomes: filled.outcomes,
      decisions: applied.decisions,
      unexamined: unexaminedTypes(estate, RULES, outcomes),
      claims: claimsOf(estate),
    },
    views: reportViews(estate, parameters),
    staleApprovals: applied.staleApprovals,
    staleSlots: filled.stale,
  };
}
