import type { Outcome } from '../evidence/types.ts';
import { BY_ATTENTION } from './count.ts';

/** Outcomes of one control that a file repeats, in their order, and how many it leaves to the files that hold all. */
export interface Capped {
  readonly shown: readonly Outcome[];
  readonly left: number;
}

/** At most so many outcomes of a control: those that need most attention, in the order in which they came. */
export function capped(outcomes: readonly Outcome[], most: number): Capped {
  if (outcomes.length <= most) return { shown: outcomes, left: 0 };
  const kept = new Set(BY_ATTENTION.flatMap((verdict) => outcomes.filter((outcome) => outcome.verdict === verdict)).slice(0, most));
  return { shown: outcomes.filter((outcome) => kept.has(outcome)), left: outcomes.length - kept.size };
}

/** What a reader is told in place of what is left out. */
export function leftOut(left: number): string {
  return `${left} more, which findings.csv and evidence.json hold.`;
}

/** Most outcomes of one control that a file for machines repeats: more than that are findings about pairs of resources, and no reader shows them (GitHub's code scanning shows 5,000 of a file). */
export const MOST_REPEATED = 1_000;
