import { PLACES } from './layout.ts';
import type { Point, Rect } from './layout.ts';

/** How an arrow runs between two boxes. Offsets are pixels from the middle of the side. */
type Route =
  /** From the right side to the left side of the next column, by a channel between the columns. */
  | { readonly kind: 'across'; readonly out: number; readonly channel: number; readonly in: number }
  /** From the left side to the right side of the column before. */
  | { readonly kind: 'back'; readonly at: number }
  /** Straight down or up, beside the middle. */
  | { readonly kind: 'down' | 'up'; readonly at: number }
  /** Out of the right side, down a channel, and back into the right side. */
  | { readonly kind: 'round'; readonly channel: number };

const across = (channel: number, out: number, into: number): Route => ({ kind: 'across', out, channel, in: into });

/** Channels between the columns: one for each source, so that its arrows leave as one trunk. */
const FROM_CLIENT = 159;
const FROM_API = 362;
const FROM_CHAT = 636;
const FROM_TURNS = 654;

/** Every arrow that a template of ours can have. */
const ROUTES: Readonly<Record<string, Route>> = {
  'client>firewall': across(FROM_CLIENT, 0, 0),
  'client>api': across(FROM_CLIENT, 0, 0),
  'firewall>api': { kind: 'down', at: 0 },
  'api>pages': across(FROM_API, -14, 0),
  'api>authorizer': across(FROM_API, -14, 0),
  'api>chat': across(FROM_API, 8, 8),
  'authorizer>secrets': across(FROM_CHAT, -8, -8),
  'chat>model': across(FROM_CHAT, 0, -8),
  'chat>secrets': across(FROM_CHAT, 0, 10),
  'chat>subject-keys': across(FROM_CHAT, 0, 0),
  'chat>kms': across(FROM_CHAT, 0, -16),
  'chat>conversations': across(FROM_CHAT, 0, -22),
  'chat>turns': { kind: 'down', at: -40 },
  'turns>model': across(FROM_TURNS, 2, 12),
  'turns>subject-keys': across(FROM_TURNS, 2, 18),
  'turns>kms': across(FROM_TURNS, 2, 2),
  'turns>conversations': across(FROM_TURNS, 2, -12),
  'events>turns': { kind: 'up', at: -40 },
  'events>conversations': across(FROM_TURNS, -2, -2),
  'conversations>events': { kind: 'back', at: 20 },
  'conversations>audit': { kind: 'down', at: -40 },
  'subject-keys>audit': { kind: 'round', channel: 882 },
};

/** Corners of an arrow between two boxes. @throws Error for an arrow that nobody has laid yet */
export function cornersOf(from: string, to: string): readonly Point[] {
  const route = ROUTES[`${from}>${to}`];
  const [a, b] = [PLACES[from], PLACES[to]];
  if (route === undefined || a === undefined || b === undefined) throw new Error(`The template lets ${from} reach ${to}, and the picture has no way between them: lay one in bin/diagram/routes.ts.`);
  return distinct(corners(route, a, b));
}

function corners(route: Route, a: Rect, b: Rect): Point[] {
  if (route.kind === 'across') {
    const [start, end] = [{ x: right(a), y: middle(a) + route.out }, { x: b.x, y: middle(b) + route.in }];
    return [start, { x: route.channel, y: start.y }, { x: route.channel, y: end.y }, end];
  }
  if (route.kind === 'round') return [{ x: right(a), y: middle(a) }, { x: route.channel, y: middle(a) }, { x: route.channel, y: middle(b) }, { x: right(b), y: middle(b) }];
  if (route.kind === 'back') return [{ x: a.x, y: middle(a) + route.at }, { x: right(b), y: middle(b) + route.at }];
  const x = centre(a) + route.at;
  return route.kind === 'down' ? [{ x, y: a.y + a.height }, { x, y: b.y }] : [{ x, y: a.y }, { x, y: b.y + b.height }];
}

const right = ({ x, width }: Rect): number => x + width;
const middle = ({ y, height }: Rect): number => y + height / 2;
const centre = ({ x, width }: Rect): number => x + width / 2;

/** Without corners at which nothing turns. */
function distinct(points: readonly Point[]): Point[] {
  return points.filter((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined || after === undefined) return true;
    const straight = (before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y);
    return !straight;
  });
}
