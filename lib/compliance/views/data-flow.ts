import type { Parameters } from '../rules/parameters.ts';
import type { Estate } from '../template/types.ts';
import type { AccessMatrix } from './access-matrix.ts';
import { drawingOf } from './flow/draw.ts';
import { graphOf } from './flow/graph.ts';
import type { Names } from './names.ts';
import type { Way } from './ways/way.ts';

/** Data-flow diagram with trust boundaries, as an SVG document by itself. */
export function dataFlowOf(estate: Estate, parameters: Parameters, matrix: AccessMatrix, ways: readonly Way[], names: Names): string {
  const regions = [...new Set(estate.stacks.map(({ region }) => region ?? 'region not known'))].join(', ');
  return drawingOf(estate.name, regions, graphOf(estate, parameters, matrix, ways, names));
}
