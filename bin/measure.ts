/** Median and spread of some runs. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

/** @throws Error when there is no value */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) throw new Error('A spread needs one run at least.');
  const middle = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? (sorted[Math.floor(middle)] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  return { median, min, max, runs: sorted.length };
}

/** A figure as a line of a table: `median unit (min-max, n runs)`. */
export function spreadText(spread: Spread, unit: string, digits = 0): string {
  const text = (value: number): string => value.toFixed(digits);
  return `${text(spread.median)} ${unit} (${text(spread.min)}-${text(spread.max)}, ${spread.runs} runs)`;
}

/** Percentile of some values by the nearest rank. @param p 0-100 */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN;
}
