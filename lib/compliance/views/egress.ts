import type { Parameters } from '../rules/parameters.ts';
import type { Estate } from '../template/types.ts';
import type { Names } from './names.ts';
import { copyWays } from './ways/copies.ts';
import { hostWays } from './ways/hosts.ts';
import { modelWays } from './ways/models.ts';
import type { Way } from './ways/way.ts';

const RANK = { yes: 0, unknown: 1, no: 2 } as const;

/** Register of egress: every way on which data leaves, what leaves the allowed regions first. */
export function egressOf(estate: Estate, parameters: Parameters, names: Names): Way[] {
  const ways = [...hostWays(estate, parameters, names), ...modelWays(estate, parameters, names), ...copyWays(estate, parameters, names)];
  return ways.toSorted((a, b) => RANK[a.row.leaves] - RANK[b.row.leaves]);
}
