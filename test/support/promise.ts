import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Whether the promises are run whole (`npm run promises`), or as the seeded sample of `npm test`. */
export const WHOLE = process.env['PROMISES'] === 'whole';

/** Seed of the samples: the same one finds the same cases. */
export const SEED = Number(process.env['PROMISES_SEED'] ?? 20_261_101);

/** How many cases a promise is held with: `sample` in `npm test`, `whole` in `npm run promises`. */
export function sized(sample: number, whole: number): number {
  return WHOLE ? whole : sample;
}

/** Options of a fast-check property: as many runs as {@link sized}, from the one seed. */
export function sizedRuns(sample: number, whole: number): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: sized(sample, whole), seed: SEED };
}

/** A measured figure of a promise, printed by `npm run promises`. @param promise its id, e.g. `R1` */
export function figure(promise: string, text: string): void {
  if (!WHOLE) return;
  const folder = join(import.meta.dirname, '../../.build/promises');
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, 'figures.jsonl'), `${JSON.stringify({ promise, text })}\n`);
}
