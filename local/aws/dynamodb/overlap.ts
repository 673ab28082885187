import type { Reader } from './reader.ts';
import type { Path } from './syntax.ts';
import { pathText } from './syntax.ts';

/** How two paths stand to each other: one within the other, in conflict about a map or a list, or apart. */
function relation(a: Path, b: Path): 'overlap' | 'conflict' | 'apart' {
  const length = Math.min(a.steps.length, b.steps.length);
  for (let i = 0; i < length; i += 1) {
    const left = a.steps[i];
    const right = b.steps[i];
    if (typeof left !== typeof right) return 'conflict';
    if (left !== right) return 'apart';
  }
  return 'overlap';
}

/**
 * Refuses paths of one expression that touch the same place.
 * @throws ValidationException naming both paths
 */
export function assertDisjoint(reader: Reader, paths: readonly Path[]): void {
  for (const [i, first] of paths.entries()) {
    for (const second of paths.slice(i + 1)) {
      const found = relation(first, second);
      if (found !== 'apart') {
        throw reader.error(
          `Two document paths ${found} with each other; must remove or rewrite one of these paths; path one: ${pathText(first)}, path two: ${pathText(second)}`,
        );
      }
    }
  }
}
