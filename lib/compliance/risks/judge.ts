import { daysBetween, dayOf, faultOf } from './fault.ts';
import type { Approval, Days, PlacedDecision, Register } from './types.ts';

/** State of a decision before its findings are looked at, with what to change. */
export interface Judged {
  readonly state: 'approved' | 'proposed' | 'expired' | 'invalid';
  readonly problem?: string;
}

/** A decision as all its calls give it. */
export interface Gathered {
  readonly first: PlacedDecision;
  readonly all: readonly PlacedDecision[];
}

/** Decisions by id. */
export function gathered(decisions: readonly PlacedDecision[]): Gathered[] {
  const groups = new Map<string, PlacedDecision[]>();
  for (const decision of decisions) groups.set(decision.id, [...(groups.get(decision.id) ?? []), decision]);
  return [...groups.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, all]) => ({ first: all[0] as PlacedDecision, all }));
}

/** Judges a decision by what it says; what it covers is not looked at. */
export function judgeDecision(decision: Gathered, { owner, approver }: Pick<Register, 'owner' | 'approver'>, approval: Approval | undefined, days: Days): Judged {
  const { first } = decision;
  const fault = faultOf(first) ?? faultOfCopies(decision) ?? faultOfRoles(first.owner ?? owner, first.approver ?? approver) ?? faultOfToday(first.since, days.today);
  if (fault !== undefined) return { state: 'invalid', problem: `${whereOf(first)} ${fault}` };
  if (daysBetween(days.date, first.expires) < 0) {
    return { state: 'expired', problem: `${whereOf(first)} expired on ${first.expires} and accepts nothing any more: mend what it accepts, or look at it again and renew \`since\` and \`expires\`.` };
  }
  return judgeApproval(first, first.owner ?? owner, approval, days);
}

/** Where to change a decision: the line of its call where that is known. */
export function whereOf({ id, line, path, whole }: PlacedDecision): string {
  return `${line === undefined ? '' : `${line} `}Accepted risk "${id}" on ${path || (whole ? 'the app' : 'no path')}:`;
}

function faultOfCopies({ first, all }: Gathered): string | undefined {
  const text = textOf(first);
  const other = all.find((copy) => textOf(copy) !== text);
  return other && `another decision has the same id and says something else (${other.line ?? other.path}); give one of them an id of its own.`;
}

const textOf = ({ path: _path, whole: _whole, line: _line, ...decision }: PlacedDecision): string => JSON.stringify(Object.entries(decision).toSorted(([a], [b]) => (a < b ? -1 : 1)));

function faultOfRoles(owner: string, approver: string): string | undefined {
  if (owner.trim() === '' || approver.trim() === '') return 'it has no owner or no approver; name a role for each.';
  return same(owner, approver) ? `owner and approver are both "${owner}"; nobody approves a risk of their own.` : undefined;
}

const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

function faultOfToday(since: string, today: string | undefined): string | undefined {
  // A day of grace: the author's calendar may be ahead of that of the machine that judges.
  return today !== undefined && daysBetween(today, since) > 1 ? `it begins on ${since}, which lies ahead; write the day on which it is proposed.` : undefined;
}

function judgeApproval(decision: PlacedDecision, owner: string, approval: Approval | undefined, { today }: Days): Judged {
  if (approval === undefined || approval.approver.trim() === '' || approval.ticket.trim() === '') return { state: 'proposed' };
  const at = `Approval of the accepted risk "${decision.id}":`;
  if (same(approval.approver, owner)) return { state: 'invalid', problem: `${at} its approver "${approval.approver}" is the owner of the risk; another role must approve it.` };
  if (dayOf(approval.approvedOn) === undefined) return { state: 'invalid', problem: `${at} approvedOn "${approval.approvedOn}" is no day; write it as "2026-01-31".` };
  if (today !== undefined && daysBetween(today, approval.approvedOn) > 1) return { state: 'invalid', problem: `${at} approvedOn ${approval.approvedOn} lies ahead.` };
  if (daysBetween(approval.approvedOn, decision.since) > 0) return { state: 'proposed', problem: `${at} it was approved on ${approval.approvedOn}, before it was renewed on ${decision.since}; have it approved again.` };
  return { state: 'approved' };
}
