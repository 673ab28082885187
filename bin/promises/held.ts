import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the promises' tests are, from the project's root. */
export const PROMISE_TESTS = 'test/promises';

/** Promises of which a part or all is held by a benchmark, because it is about time: the section of `npm run bench`. */
export const BENCHED: Readonly<Record<string, string>> = { R4: 'turn', P1: 'synth', P2: 'turn', P3: 'turn', P4: 'turn' };

/** What tests can say of a promise: of one that is about time as well, its counted half. */
export function verdictOf(id: string, kept: boolean): string {
  const section = BENCHED[id];
  if (!kept) return 'BROKEN';
  return section === undefined ? 'kept' : `counted half kept; time by npm run bench -- ${section} --hold`;
}

/** Test files of each promise, by its id: the file's name begins with the id. */
export function promiseTests(root: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const file of readdirSync(join(root, PROMISE_TESTS)).toSorted()) {
    const id = /^([a-z]\d{1,2})-.*\.test\.ts$/.exec(file)?.[1]?.toUpperCase();
    if (id !== undefined) found.set(id, [...(found.get(id) ?? []), `${PROMISE_TESTS}/${file}`]);
  }
  return new Map([...found].toSorted(([one], [other]) => order(one) - order(other)));
}

/** R before S before C before P, each by number. */
function order(id: string): number {
  return 'RSCP'.indexOf(id.charAt(0)) * 100 + Number(id.slice(1));
}
