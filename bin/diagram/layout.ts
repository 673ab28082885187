/** A rectangle, in pixels from the top left. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A point, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Size of the picture: the width of a README on GitHub. */
export const SIZE = { width: 900, height: 622 } as const;
/** Height of a box: a title and two lines. */
const BOX_HEIGHT = 60;
/** From a box's top to the next one's. */
const PITCH = 92;
/** Top of the first row. */
const TOP = 72;
/** Space between a boundary's edge and its boxes; the label takes more at the top. */
const MARGIN = 8;
const LABEL = 20;

/** Columns, left to right. */
const COLUMN = {
  internet: { x: 18, width: 122 },
  edge: { x: 182, width: 156 },
  functions: { x: 414, width: 196 },
  data: { x: 688, width: 186 },
} as const;

/** Rows, top to bottom: five, then the strip of operations. */
const row = (index: number): number => TOP + index * PITCH;
const STRIP = TOP + 5 * PITCH + 18;

const place = (column: keyof typeof COLUMN, y: number): Rect => ({ ...COLUMN[column], y, height: BOX_HEIGHT });

/** Where each box stands. A box that a template lacks leaves its place empty. */
export const PLACES: Readonly<Record<string, Rect>> = {
  client: place('internet', row(1)),
  firewall: place('edge', row(1)),
  api: place('edge', row(2)),
  pages: place('functions', row(0)),
  authorizer: place('functions', row(1)),
  chat: place('functions', row(2)),
  turns: place('functions', row(3)),
  events: place('functions', row(4)),
  model: place('data', row(0)),
  secrets: place('data', row(1)),
  'subject-keys': place('data', row(2)),
  kms: place('data', row(3)),
  conversations: place('data', row(4)),
  operations: place('functions', STRIP),
  audit: place('data', STRIP),
};

/** Where the legend begins: the free space below the edge. */
export const LEGEND: Point = { x: 18, y: row(3) + 16 };

/** The rectangle around the boxes of a boundary. The last column keeps room on its right for the trail's line. */
export function boundaryRect(rects: readonly Rect[]): Rect {
  const left = Math.min(...rects.map(({ x }) => x)) - MARGIN;
  const top = Math.min(...rects.map(({ y }) => y)) - LABEL;
  const furthest = Math.max(...rects.map(({ x, width }) => x + width));
  const right = furthest + (furthest > COLUMN.data.x ? 2 : 1) * MARGIN;
  const bottom = Math.max(...rects.map(({ y, height }) => y + height)) + MARGIN;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
