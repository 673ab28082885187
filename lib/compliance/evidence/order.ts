import type { Outcome } from './types.ts';

/** Compares by code units: the same on every machine, whatever its language. */
export function byCode(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Outcomes in the order of every report: by control, then place, then finding. Any order of the same outcomes gives the same. */
export function inOrder(outcomes: readonly Outcome[]): Outcome[] {
  return outcomes.map((outcome): [string[], Outcome] => [keysOf(outcome), outcome]).toSorted(([a], [b]) => compare(a, b)).map(([, outcome]) => outcome);
}

const keysOf = ({ control, place, part, verdict, property, actual, expected, note, decision }: Outcome): string[] => [control, place?.path ?? '', place?.stack ?? '', place?.logicalId ?? '', part ?? '', verdict, property ?? '', actual ?? '', expected ?? '', note ?? '', decision ?? ''];

function compare(a: readonly string[], b: readonly string[]): number {
  for (const [index, key] of a.entries()) {
    const order = byCode(key, b[index] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}
