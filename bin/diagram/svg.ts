import { BOUNDARIES } from './boxes.ts';
import type { Boundary } from './boxes.ts';
import { boundaryRect, LEGEND, PLACES, SIZE } from './layout.ts';
import type { Point, Rect } from './layout.ts';
import { legendOf } from './legend.ts';
import type { Box, Edge, Picture } from './picture.ts';
import { alarmMark, attribute, escape, fitted, lockMark } from './shapes.ts';
import { cornersOf } from './routes.ts';
import { styleSheet } from './style.ts';

/** Draws a picture as SVG that needs nothing from outside. */
export function svgOf(picture: Picture): string {
  const heads = [['head', 7], ['bold-head', 11]] as const;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" width="${SIZE.width}" height="${SIZE.height}" role="img" aria-labelledby="title description">
  <title id="title">${escape(`The chatbot estate of ${picture.environment}`)}</title>
  <desc id="description">${escape(inWords(picture))}</desc>
  <style>
${styleSheet()}
  </style>
  <defs>
${heads.map(([name, size]) => `    <marker id="${name}" viewBox="0 0 10 10" refX="9.5" refY="5" markerWidth="${size}" markerHeight="${size}" markerUnits="userSpaceOnUse" orient="auto"><path class="${name}" d="M0,0 L10,5 L0,10 z"/></marker>`).join('\n')}
  </defs>
  <rect class="background" width="${SIZE.width}" height="${SIZE.height}" rx="10"/>
  <text class="title" x="${LEGEND.x - 8}" y="32">${escape(`The estate of ${picture.environment}`)}</text>
${[...boundaries(picture.boxes), ...trunks(picture.edges), ...picture.boxes.map(box), legendOf(picture)].join('\n')}
</svg>
`;
}

/** What the picture shows, for whoever cannot see it. */
function inWords({ boxes, edges }: Picture): string {
  const titles = new Map(boxes.map(({ kind }) => [kind.id, kind.title]));
  const parts = boxes.map(({ kind, facts }) => `${kind.title}: ${facts.join('; ')}.`);
  const path = edges.filter(({ bold }) => bold).map(({ from, to }) => `${titles.get(from)} to ${titles.get(to)}`);
  return `${parts.join(' ')} A conversation runs ${path.join(', ')}.`;
}

function boundaries(boxes: readonly Box[]): string[] {
  return (Object.keys(BOUNDARIES) as Boundary[]).flatMap((boundary) => {
    const rects = boxes.filter(({ kind }) => kind.boundary === boundary).flatMap(({ kind }) => PLACES[kind.id] ?? []);
    if (rects.length === 0) return [];
    const rect = boundaryRect(rects);
    return [`  <g class="boundary boundary-${boundary}">${rectangle(rect, 10)}<text x="${rect.x + 9}" y="${rect.y + 14.5}">${escape(BOUNDARIES[boundary])}</text></g>`];
  });
}

function box({ kind, facts, resources, alarms, underKey }: Box): string {
  const rect = PLACES[kind.id];
  if (rect === undefined) throw new Error(`The box ${kind.id} has no place: give it one in bin/diagram/layout.ts.`);
  const [x, right] = [rect.x + 10, rect.x + rect.width - 9];
  const marks = [...(alarms > 0 ? [alarmMark(right, rect.y + 19, String(alarms))] : []), ...(underKey ? [lockMark(right - (alarms > 0 ? 32 : 9), rect.y + 9)] : [])];
  const texts = [
    `<text class="name" x="${x}" y="${rect.y + 20}">${escape(kind.title)}</text>`,
    ...facts.map((fact, index) => `<text class="fact" x="${x}" y="${rect.y + 37 + index * 15}">${escape(fitted(fact, rect.width - 18))}</text>`),
  ];
  return `  <g class="box in-${kind.boundary}" data-box="${kind.id}" data-resources="${attribute(resources)}">${rectangle(rect, 7)}${[...texts, ...marks].join('')}</g>`;
}

/** One trunk a source, the conversation's last, so that its path lies on top. */
function trunks(all: readonly Edge[]): string[] {
  const sources = [...new Set(all.map(({ from }) => from))].map((from) => all.filter((edge) => edge.from === from));
  const weight = (edges: readonly Edge[]): number => edges.filter(({ bold }) => bold).length;
  return sources.toSorted((a, b) => weight(a) - weight(b)).map(trunk);
}

/** Arrows of one source. Their halos come first: they part crossing trunks, and not the branches of one. */
function trunk(edges: readonly Edge[]): string {
  const thinFirst = edges.toSorted((a, b) => Number(a.bold) - Number(b.bold));
  const halos = thinFirst.flatMap(({ from, to, bold }) => {
    const points = cornersOf(from, to);
    return isLevel(points) ? [`<path class="halo${bold ? ' wide' : ''}" d="${pathOf(points)}"/>`] : [];
  });
  return `  <g class="trunk">${halos.join('')}\n${thinFirst.map((edge) => `    ${arrow(edge)}\n`).join('')}  </g>`;
}

function arrow({ from, to, links, bold, label }: Edge): string {
  const points = cornersOf(from, to);
  const recorded = links.some(({ via }) => via === 'trail');
  const evidence = [...new Set(links.map((link) => link.evidence))];
  const classes = ['edge', ...(bold ? ['bold'] : []), ...(recorded ? ['recorded'] : [])].join(' ');
  const text = label === undefined ? '' : labelAt(points, label);
  return `<g class="${classes}" data-edge="${from}&gt;${to}" data-resources="${attribute(evidence)}"><path class="line" d="${pathOf(points)}" marker-end="url(#${bold ? 'bold-head' : 'head'})"/>${text}</g>`;
}

/** Whether an arrow arrives from the side, across the space between columns. */
function isLevel(points: readonly Point[]): boolean {
  return points.at(-1)?.y === points.at(-2)?.y;
}

/** Above a level end, in the middle between the columns; beside an upright one. */
function labelAt(points: readonly Point[], label: string): string {
  const [start, end] = [points[0], points.at(-1)];
  if (start === undefined || end === undefined) return '';
  const [x, y, anchor] = isLevel(points) ? [(start.x + end.x) / 2, end.y - 6, 'middle'] : [end.x + 8, (start.y + end.y) / 2 + 4, 'start'];
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escape(label)}</text>`;
}

/** A line through the points with rounded corners. */
export function pathOf(points: readonly Point[]): string {
  return points.map((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined) return `M${point.x},${point.y}`;
    if (after === undefined) return `L${point.x},${point.y}`;
    const radius = Math.min(8, distance(before, point) / 2, distance(point, after) / 2);
    const [enter, leave] = [towards(point, before, radius), towards(point, after, radius)];
    return `L${enter.x},${enter.y} Q${point.x},${point.y} ${leave.x},${leave.y}`;
  }).join(' ');
}

const distance = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
const towards = (from: Point, to: Point, by: number): Point => ({ x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by });
const rectangle = ({ x, y, width, height }: Rect, radius: number): string => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`;
