import { html, Markup } from '../../report/html/markup.ts';
import { PALETTE } from '../../report/html/style-colours.ts';
import { oneLine, shorten } from '../../report/text.ts';
import type { Arrow, Graph } from './graph.ts';
import { BOX, layOut, MARGIN, TOP, type Layout, type Placed } from './layout.ts';
import type { Column } from './nodes.ts';

const TITLES: Readonly<Record<Column, string>> = { people: '', edge: 'Edge', functions: 'Functions and roles', messages: 'Queues and buses', stores: 'Stores', keys: 'Keys', outside: '' };
const NEVER_XML = /[\uFFFE\uFFFF]/g;

/** A label of at most so many characters, on one line, without what XML cannot hold. */
const label = (text: string, most: number): string => {
  const characters = Array.from(clean(text));
  // What is not Latin is often twice as wide.
  const room = most - characters.slice(0, most).filter((character) => character > '\u02FF').length / 2;
  return characters.length <= room ? characters.join('') : `${characters.slice(0, Math.floor(room) - 1).join('')}…`;
};
const clean = (text: string): string => oneLine(text.slice(0, 2_000).toWellFormed()).replaceAll(NEVER_XML, '\u{FFFD}');

/** The diagram as an SVG document that needs nothing from outside. Everything that was read is escaped. */
export function drawingOf(name: string, region: string, graph: Graph): string {
  const layout = layOut(graph);
  const { width, height, boxes, columns } = layout;
  const drawing = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">${`Data flow of ${label(name, 80)}`}</title>
<style>${STYLE}</style>
<defs>${HEADS}</defs>
<rect class="page" width="${width}" height="${height}"/>
${zones(layout, region)}
${graph.left > 0 && html`<text class="fact" x="${MARGIN}" y="${MARGIN - 8}">${graph.left} flows that rights allow are not drawn: the table of roles and stores has them.</text>
`}${columns.map(({ column, x }) => html`<text class="column" x="${x}" y="${TOP - 14}">${TITLES[column]}</text>`)}
${graph.arrows.filter(({ kind }) => kind === 'key').map((arrow) => drawn(arrow, boxes))}
${graph.arrows.filter(({ kind }) => kind === 'data').map((arrow) => drawn(arrow, boxes))}
${graph.arrows.filter(({ kind }) => kind === 'out').map((arrow) => drawn(arrow, boxes))}
${[...boxes.values()].map(box)}
</svg>
`;
  return Markup.of(drawing);
}

/** Trust boundaries: people on the left, the account, and who receives on the right. */
function zones({ columns, height }: Layout, region: string): Markup[] {
  const all: readonly (readonly [string, string, (column: Column) => boolean])[] = [
    ['people', 'People, internet', (column) => column === 'people'],
    ['account', `Account, ${label(region, 80)}`, (column) => column !== 'people' && column !== 'outside'],
    ['outside', 'Receivers and models', (column) => column === 'outside'],
  ];
  return all.flatMap(([kind, title, holds]) => {
    const xs = columns.filter(({ column }) => holds(column)).map(({ x }) => x);
    if (xs.length === 0) return [];
    const left = Math.min(...xs) - 12;
    return [html`<g class="zone ${kind}"><rect x="${left}" y="${MARGIN}" width="${Math.max(...xs) + BOX.width + 12 - left}" height="${height - MARGIN - 8}" rx="10"/><text x="${left + 12}" y="${MARGIN + 19}">${title}</text></g>`];
  });
}

function box({ node, x, y }: Placed): Markup {
  return html`<g class="box ${node.column}" data-box="${clean(node.id)}"><title>${shorten(clean(`${node.id.replace(/^(in|out):/, '')}, ${node.fact}`), 400)}</title><rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="6"/><text class="name" x="${x + 9}" y="${y + 17}">${label(node.title, 27)}</text><text class="fact" x="${x + 9}" y="${y + 33}">${label(node.fact, 32)}</text></g>`;
}

function drawn({ from, to, kind, way }: Arrow, boxes: ReadonlyMap<string, Placed>): Markup {
  const end = boxes.get(to);
  const starts = from.flatMap((id) => boxes.get(id) ?? []);
  const lines = end === undefined ? [] : starts.map((start) => html`<path d="${curve(start, end)}" marker-end="url(#${kind})"/>`);
  return html`<g class="flow ${kind}"${way !== undefined && html` data-way="${way}"`} data-from="${clean(from.join(' '))}" data-to="${clean(to)}">${lines}</g>`;
}

/** From the side of one box that faces the other, to the side that faces back; around the right where both are in one column. */
function curve(start: Placed, end: Placed): string {
  const [fromY, toY] = [start.y + BOX.height / 2, end.y + BOX.height / 2];
  if (start.x === end.x) {
    const right = start.x + BOX.width;
    return `M${right},${fromY} C${right + 46},${fromY} ${right + 46},${toY} ${right + 2},${toY}`;
  }
  const [fromX, toX] = start.x < end.x ? [start.x + BOX.width, end.x - 2] : [start.x, end.x + BOX.width + 2];
  const bend = (toX - fromX) / 2;
  return `M${fromX},${fromY} C${fromX + bend},${fromY} ${toX - bend},${toY} ${toX},${toY}`;
}

const KINDS = ['key', 'data', 'out'] as const;
const HEADS = KINDS.map((kind) => html`<marker id="${kind}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path class="head ${kind}" d="M0,0 L10,5 L0,10 z"/></marker>`);

const colours = ({ page, card, text, muted, line, link, fail, 'accepted-ground': outside, 'pass-ground': people }: Readonly<Record<keyof (typeof PALETTE)['light'], string>>): string =>
  `.page{fill:${page}}.zone rect{fill:none;stroke:${muted}}.zone.outside rect{stroke:${fail}}.zone text,.column,.fact{fill:${muted}}.name{fill:${text}}.box rect{fill:${card};stroke:${line}}.box.outside rect{fill:${outside}}.box.people rect{fill:${people}}.flow path{stroke:${muted}}.flow.out path{stroke:${fail}}.flow.key path{stroke:${muted}}.head.data{fill:${muted}}.head.out{fill:${fail}}.head.key{fill:${muted}}.box.keys rect{stroke:${link}}`;

const STYLE = new Markup(`text{font-family:system-ui,sans-serif;font-size:12px}.zone text{font-weight:600;font-size:13px}.zone rect{stroke-dasharray:7 5}.name{font-weight:600}.fact,.column{font-size:11px}.flow path{fill:none;stroke-width:1.1;opacity:.75}.flow.key path{stroke-dasharray:2 3;opacity:.6}.flow.out path{stroke-width:1.6;opacity:1}${colours(PALETTE.light)}@media (prefers-color-scheme:dark){${colours(PALETTE.dark)}}`);
