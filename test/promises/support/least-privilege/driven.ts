import { ENVIRONMENTS } from '../../../support/paths.ts';
import { WHOLE } from '../../../support/promise.ts';
import { drive } from './drive.ts';
import type { Drive } from './drive.ts';
import { samples, VARIANTS, variant } from './environments.ts';

/** What is driven: production, which has more than the others; in the whole run every environment, and what none of them switches on. */
export const DRIVEN: readonly string[] = WHOLE ? [...ENVIRONMENTS, ...Object.keys(VARIANTS)] : [ENVIRONMENTS.find((name) => name === 'prod') ?? ENVIRONMENTS.at(-1) ?? ''];

const drives = new Map<string, Promise<Drive>>();

/** The drive of an environment: one for all test files of a worker, which nothing of it outlives but what was recorded. */
export function driven(label: string): Promise<Drive> {
  const known = drives.get(label);
  if (known !== undefined) return known;
  const sample = samples().find((each) => each.label === label);
  const running = drive((outside, folder) => sample ?? variant(label, folder, outside));
  drives.set(label, running);
  return running;
}
