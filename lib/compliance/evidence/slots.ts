import { byCode } from './order.ts';
import type { Outcome, Slot } from './types.ts';

/** What slots make of outcomes. */
export interface Filled {
  readonly outcomes: readonly Outcome[];
  /** Controls that a slot is for and that have nothing for a person to judge, in order. */
  readonly stale: readonly string[];
}

/** Puts slots to what a person has to judge. They change no verdict: evidence is read by people. */
export function fillSlots(outcomes: readonly Outcome[], slots: Readonly<Record<string, Slot>>): Filled {
  const manual = new Set(outcomes.filter(({ verdict }) => verdict === 'MANUAL').map(({ control }) => control));
  return {
    outcomes: outcomes.map((outcome) => {
      const slot = outcome.verdict === 'MANUAL' && Object.hasOwn(slots, outcome.control) ? slots[outcome.control] : undefined;
      return slot === undefined ? outcome : { ...outcome, slot };
    }),
    stale: Object.keys(slots).filter((control) => !manual.has(control)).toSorted(byCode),
  };
}
