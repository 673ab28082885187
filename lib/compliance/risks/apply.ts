import { byCode } from '../evidence/order.ts';
import type { Control, Decision, DecisionState, Outcome } from '../evidence/types.ts';
import { parseFinding } from './finding.ts';
import { gathered, judgeDecision, whereOf, type Gathered, type Judged } from './judge.ts';
import type { Applied, Days, PlacedDecision, Register } from './types.ts';

/** What decisions are applied to, and judged by. */
export interface ApplyInput extends Days {
  readonly outcomes: readonly Outcome[];
  /** Controls that were judged. A finding of a pack that is not among them was not looked for: it is neither used nor unused. */
  readonly controls: readonly Control[];
  readonly decisions: readonly PlacedDecision[];
  readonly register: Register;
}

/** One finding of a decision on one resource, or on the estate as a whole. */
interface Cover {
  readonly decision: PlacedDecision;
  readonly finding: string;
  readonly key: string;
}

/**
 * Applies decisions to outcomes, of one environment. A finding (`FAIL`, `ERROR`) becomes `ACCEPTED` where a valid decision covers exactly that
 * finding on that resource. Pure: the dates are arguments.
 */
export function applyDecisions(input: ApplyInput): Applied {
  const groups = gathered(input.decisions);
  const covers = groups.map(({ all }) => all.flatMap(coversOf));
  const seen = counted(covers.flat());
  const judged = groups.map((group, index) => judgeGroup(input, group, covers[index] ?? [], seen));
  const accepting = new Map(judged.flatMap(({ state }, index) => (state === 'invalid' || state === 'expired' ? [] : (covers[index] ?? []).map(({ key, decision }): [string, string] => [key, decision.id]))));
  const decisions = groups.map((group, index) => shown(input, group, covers[index] ?? [], judged[index] as Judged));
  const ids = new Set(groups.map(({ first }) => first.id));
  return {
    outcomes: input.outcomes.map((outcome) => {
      const decision = isFinding(outcome) ? accepting.get(keyOf(outcome)) : undefined;
      return decision === undefined ? outcome : { ...outcome, verdict: 'ACCEPTED', decision };
    }),
    decisions: decisions.map((decision, index) => unused(input, decision, covers[index] ?? [])),
    staleApprovals: Object.keys(input.register.approvals).filter((id) => !ids.has(id)).toSorted(byCode),
  };
}

/** States in which a decision fails the gate. */
export function fails({ state }: Pick<Decision, 'state'>): boolean {
  return (['expired', 'invalid', 'unused'] satisfies DecisionState[] as DecisionState[]).includes(state);
}

const isFinding = ({ verdict }: Outcome): boolean => verdict === 'FAIL' || verdict === 'ERROR';

const keyOf = ({ control, part, place }: Pick<Outcome, 'control' | 'part' | 'place'>): string => JSON.stringify([control, part ?? '', place?.path ?? null]);

function coversOf(decision: PlacedDecision): Cover[] {
  return decision.findings.map((finding) => {
    const { control, part } = parseFinding(finding) ?? { control: finding };
    return { decision, finding, key: JSON.stringify([control, part ?? '', decision.whole ? null : decision.path]) };
  });
}

function counted(covers: readonly Cover[]): ReadonlyMap<string, readonly Cover[]> {
  const seen = new Map<string, Cover[]>();
  for (const cover of covers) seen.set(cover.key, [...(seen.get(cover.key) ?? []), cover]);
  return seen;
}

function judgeGroup({ register, date, today }: ApplyInput, group: Gathered, covers: readonly Cover[], seen: ReadonlyMap<string, readonly Cover[]>): Judged {
  const { approvals } = register;
  const approval = Object.hasOwn(approvals, group.first.id) ? approvals[group.first.id] : undefined;
  const judged = judgeDecision(group, register, approval, { date, ...(today === undefined ? {} : { today }) });
  const double = covers.find(({ key }) => (seen.get(key)?.length ?? 0) > 1);
  if (judged.state === 'invalid' || double === undefined) return judged;
  const other = seen.get(double.key)?.find((cover) => cover !== double) as Cover;
  return { state: 'invalid', problem: `${whereOf(double.decision)} it accepts ${double.finding}, which is accepted there a second time (by "${other.decision.id}", ${other.decision.line ?? other.decision.path}); leave one of them.` };
}

function shown({ register }: ApplyInput, { first }: Gathered, covers: readonly Cover[], { state, problem }: Judged): Decision {
  const approval = Object.hasOwn(register.approvals, first.id) ? register.approvals[first.id] : undefined;
  const approved = state === 'approved' && approval !== undefined;
  return {
    id: first.id,
    covers: covers.map(({ decision, finding }) => `${finding} ${decision.path}`.trimEnd()).toSorted(byCode),
    justification: first.justification,
    compensatingControl: first.compensatingControl,
    owner: first.owner ?? register.owner,
    approver: approved ? approval.approver : (first.approver ?? register.approver),
    ...(approved ? { ticket: approval.ticket } : {}),
    expires: first.expires,
    state,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** A decision that is valid, but accepts something that was not found. */
function unused({ outcomes, controls }: ApplyInput, decision: Decision, covers: readonly Cover[]): Decision {
  if (fails(decision)) return decision;
  const found = new Set(outcomes.filter(isFinding).map(keyOf));
  const frameworks = new Set(controls.map(({ framework }) => framework));
  const idle = covers.filter(({ finding, key }) => frameworks.has(parseFinding(finding)?.framework ?? '') && !found.has(key));
  const [first] = idle;
  if (first === undefined) return decision;
  const more = idle.length === 1 ? '' : ` (and ${idle.length - 1} more like it)`;
  return { ...decision, state: 'unused', problem: `${whereOf(first.decision)} it accepts ${first.finding}${more}, ${whyIdle(first, outcomes, controls)}` };
}

function whyIdle({ decision, finding }: Cover, outcomes: readonly Outcome[], controls: readonly Control[]): string {
  const { control, framework, part } = parseFinding(finding) ?? { control: finding, framework: '' };
  if (!controls.some(({ id }) => id === control)) return `a rule that ${framework} does not have; correct the id.`;
  const same = outcomes.filter((outcome) => outcome.control === control && isFinding(outcome));
  if (decision.whole && same.some(({ place }) => place !== undefined)) return `which is too wide: it was found on resources; name each resource that it is for.`;
  const there = same.filter(({ place }) => place?.path === decision.path && !decision.whole).map((outcome) => outcome.part ?? '');
  if (there.length > 0) return `but there it is ${there.map((each) => `${finding.replace(/\[.*\]$/s, '')}${each === '' ? '' : `[${each}]`}`).join(', ')}; write exactly that${part === undefined ? ', part included' : ''}.`;
  return 'which was not found there; take it out.';
}
