import type { Decision, Evidence, Outcome } from '../evidence/types.ts';
import { VERDICTS } from '../verdict.ts';
import type { Verdict } from '../verdict.ts';
import { compare } from './text.ts';

/** How many outcomes have each verdict. */
export type Counts = Readonly<Record<Verdict, number>>;

/** Verdicts from what needs most attention to what needs none. */
export const BY_ATTENTION: readonly Verdict[] = ['ERROR', 'FAIL', 'UNKNOWN', 'ACCEPTED', 'MANUAL', 'PASS', 'NOT_APPLICABLE'];

/** Verdicts as a reader sees them. */
export const LABELS: Readonly<Record<Verdict, string>> = {
  PASS: 'Passed',
  FAIL: 'Failed',
  ACCEPTED: 'Accepted',
  UNKNOWN: 'Not assessable',
  NOT_APPLICABLE: 'Not applicable',
  MANUAL: 'For a person',
  ERROR: 'Rule broke',
};

/** Counts the verdicts of outcomes. */
export function count(outcomes: readonly Outcome[]): Counts {
  const counts: Record<Verdict, number> = { PASS: 0, FAIL: 0, ACCEPTED: 0, UNKNOWN: 0, NOT_APPLICABLE: 0, MANUAL: 0, ERROR: 0 };
  for (const { verdict } of outcomes) counts[verdict] += 1;
  return counts;
}

/** The verdict that needs most attention; undefined when there is none. */
export function worst(counts: Counts): Verdict | undefined {
  return BY_ATTENTION.find((verdict) => counts[verdict] > 0);
}

/** All outcomes counted. */
export function total(counts: Counts): number {
  return VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0);
}

/** Decisions that accept something now, the first to run out first. */
export function inForce(decisions: readonly Decision[]): readonly Decision[] {
  return decisions.filter(({ state }) => state === 'approved' || state === 'proposed').toSorted((a, b) => compare(a.expires, b.expires) || compare(a.id, b.id));
}

/** The report in one sentence. */
export function headline(evidence: Evidence): string {
  const counts = count(evidence.outcomes);
  const states = new Map(evidence.decisions.map(({ id, state }) => [id, state]));
  const proposed = evidence.outcomes.filter(({ verdict, decision }) => verdict === 'ACCEPTED' && states.get(decision ?? '') === 'proposed').length;
  const next = inForce(evidence.decisions)[0]?.expires;
  const parts = [
    `${counts.PASS} passed`,
    `${counts.FAIL} failed`,
    ...(counts.ERROR > 0 ? [`${counts.ERROR} ended in a broken rule`] : []),
    `${counts.ACCEPTED} ${counts.ACCEPTED === 1 ? 'is an accepted risk' : 'are accepted risks'}${proposed > 0 ? ` (${proposed} so far only proposed)` : ''}`,
    `${counts.UNKNOWN + counts.MANUAL} cannot be assessed from the templates`,
  ];
  const types = evidence.unexamined.length;
  const all = total(counts);
  return `Of ${all} ${all === 1 ? 'check' : 'checks'} of ${evidence.name}, ${parts.join(', ')} and ${counts.NOT_APPLICABLE} ${counts.NOT_APPLICABLE === 1 ? 'does' : 'do'} not apply; ${types} resource ${types === 1 ? 'type' : 'types'} met no rule, and ${next === undefined ? 'no acceptance is in force' : `the next acceptance runs out on ${next}`}.`;
}
