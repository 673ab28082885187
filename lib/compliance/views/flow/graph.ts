import type { Parameters } from '../../rules/parameters.ts';
import { holdsPersonal } from '../../rules/personal.ts';
import { dataClassOf, STORE_TYPES } from '../../rules/stores.ts';
import type { Estate, Resource } from '../../template/types.ts';
import type { AccessMatrix } from '../access-matrix.ts';
import type { Names } from '../names.ts';
import { sendersOf } from '../recipients.ts';
import type { Way } from '../ways/way.ts';
import { boxesOf, linksOf } from './links.ts';
import { columnOf, drawn, type Node } from './nodes.ts';

/** An arrow of the diagram; of several starts for a way out that several resources use. */
export interface Arrow {
  readonly from: readonly string[];
  readonly to: string;
  readonly kind: 'data' | 'key' | 'out';
  /** Place of the way in the register of egress. @default - it is none */
  readonly way?: number;
}

/** What the diagram shows. */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly arrows: readonly Arrow[];
  /** Flows that rights allow and that are not drawn, there being too many. */
  readonly left: number;
}

const PEOPLE: Node = { id: 'people', column: 'people', title: 'People', fact: 'over the internet' };

/** Boxes and arrows of an estate: every store and every way out, and what leads there. */
export function graphOf(estate: Estate, parameters: Parameters, matrix: AccessMatrix, ways: readonly Way[], names: Names): Graph {
  const { links, left } = linksOf(estate, matrix);
  const starts = ways.map((way) => startsOf(estate, way));
  const wanted = new Set<Resource>([...estate.resources.filter((resource) => columnOf(resource) !== undefined), ...links.flatMap(({ from, to }) => [from, to]), ...starts.flat()]);
  // In the order of the templates: the same estate is the same picture.
  const boxes = estate.resources.filter((resource) => wanted.has(resource));
  const own = boxes.map((resource): Node => ({ id: `in:${names.id(resource)}`, column: columnOf(resource) ?? 'functions', title: names.short(resource, boxes), fact: factOf(estate, resource, parameters), resource }));
  const outside = new Map(ways.map(({ row, kind }): [string, Node] => [`out:${row.to}`, { id: `out:${row.to}`, column: 'outside', title: row.to, fact: [row.processor ?? (kind === 'host' || kind === 'account' ? 'no processor registered' : undefined), row.region].filter(Boolean).join(', ') || 'region not known' }]));
  const edges = own.filter(({ column }) => column === 'edge');
  const id = (resource: Resource): string => `in:${names.id(resource)}`;
  return {
    left,
    nodes: [...(edges.length > 0 ? [PEOPLE] : []), ...own, ...outside.values()],
    arrows: [
      ...edges.map((edge): Arrow => ({ from: [PEOPLE.id], to: edge.id, kind: 'data' })),
      ...links.map(({ from, to, kind }): Arrow => ({ from: [id(from)], to: id(to), kind })),
      ...ways.map(({ row }, way): Arrow => ({ from: (starts[way] ?? []).map(id), to: `out:${row.to}`, kind: 'out', way })),
    ],
  };
}

/** Boxes that a way out starts from: the resource's own, those of the roles that use it, or else the resource itself. */
function startsOf(estate: Estate, way: Way): readonly Resource[] {
  const boxes = [...new Set((way.from ?? [way.resource]).flatMap((one) => drawn(estate, one) ?? []))];
  if (boxes.length > 0) return boxes;
  const senders = [...new Set((sendersOf(estate, way) ?? []).flatMap((role) => boxesOf(estate, role)))];
  return senders.length > 0 ? senders : [way.resource];
}

function factOf(estate: Estate, resource: Resource, parameters: Parameters): string {
  const type = resource.type.split('::').slice(1).join(' ');
  if (!(STORE_TYPES as readonly string[]).includes(resource.type)) return type;
  const held = dataClassOf(estate, resource, parameters) ?? 'no class';
  const personal = holdsPersonal(estate, resource, parameters);
  return `${type.replace(/^\S+ /, '')}: ${held}${personal === true ? ', personal' : ''}`;
}
