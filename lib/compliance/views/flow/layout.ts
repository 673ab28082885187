import type { Graph } from './graph.ts';
import { COLUMNS, type Column, type Node } from './nodes.ts';

/** A box and where it stands, in pixels. */
export interface Placed {
  readonly node: Node;
  readonly x: number;
  readonly y: number;
}

/** The picture's size, its boxes and the columns that have any. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Placed>;
  readonly columns: readonly { readonly column: Column; readonly x: number }[];
}

/** Size of a box: two lines of text. */
export const BOX = { width: 214, height: 42 } as const;
/** Space between columns, for arrows. */
const GAP = 76;
/** From a box's top to the next one's. */
const PITCH = 54;
/** Above the first box: name of the boundary and of the column. */
export const TOP = 74;
/** Around everything. */
export const MARGIN = 24;

/** Places boxes by column, each column in the order in which its arrows cross least (barycentres, two sweeps). The same graph gives the same layout. */
export function layOut({ nodes, arrows }: Graph): Layout {
  const columns = COLUMNS.filter((column) => nodes.some((node) => node.column === column));
  const inColumn = new Map(columns.map((column) => [column, nodes.filter((node) => node.column === column)]));
  const tallest = Math.max(1, ...[...inColumn.values()].map(({ length }) => length));
  const height = TOP + tallest * PITCH - (PITCH - BOX.height) + MARGIN;
  const neighbours = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of arrows) {
    for (const start of from) {
      neighbours.get(start)?.push(to);
      neighbours.get(to)?.push(start);
    }
  }
  const rows = new Map<string, number>();
  const spread = (column: Column): void => {
    const list = inColumn.get(column) ?? [];
    list.forEach(({ id }, index) => rows.set(id, ((index + 0.5) * tallest) / list.length));
  };
  for (const column of columns) spread(column);
  for (const column of [...columns, ...columns.toReversed(), ...columns]) {
    const middle = new Map((inColumn.get(column) ?? []).map(({ id }) => [id, middleOf(neighbours.get(id) ?? [], rows) ?? rows.get(id) ?? 0]));
    inColumn.set(column, (inColumn.get(column) ?? []).toSorted((a, b) => (middle.get(a.id) ?? 0) - (middle.get(b.id) ?? 0)));
    spread(column);
  }
  const placed = columns.map((column, index) => ({ column, x: MARGIN + 12 + index * (BOX.width + GAP) }));
  const boxes = placed.flatMap(({ column, x }) => {
    const list = inColumn.get(column) ?? [];
    const start = TOP + ((tallest - list.length) * PITCH) / 2;
    return list.map((node, index): [string, Placed] => [node.id, { node, x, y: start + index * PITCH }]);
  });
  return { width: Math.max(1, columns.length) * (BOX.width + GAP) - GAP + 2 * MARGIN + 24, height, boxes: new Map(boxes), columns: placed };
}

function middleOf(ids: readonly string[], rows: ReadonlyMap<string, number>): number | undefined {
  const known = ids.flatMap((id) => rows.get(id) ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, row) => sum + row, 0) / known.length;
}
