import type { EnvironmentDraft } from '../draft.ts';
import type { Problem } from '../problem.ts';

/** What a rule found: a problem whose value is not shortened yet. */
export interface Finding extends Omit<Problem, 'value'> {
  readonly value: unknown;
}

/** One idea about how parts of an environment must fit together. */
export interface Rule {
  /** Name of the rule. */
  readonly id: string;
  /** What it demands, in a sentence; it stands in the guide. */
  readonly demands: string;
  /** Looks at the parts that are valid; what it needs and is missing makes it silent, never throw. */
  readonly check: (environment: EnvironmentDraft) => readonly Finding[];
}

/** The values that are there: entries of lists that were refused are left out. */
export function present<T>(values: readonly (T | undefined)[] | undefined): T[] {
  return (values ?? []).filter((value) => value !== undefined);
}
