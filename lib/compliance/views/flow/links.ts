import { reaches } from '../../policy/reach.ts';
import { OUTSIDE } from '../../policy/outsiders.ts';
import { policiesOf } from '../../policy/policies.ts';
import { manyAt } from '../../rules/check.ts';
import { keyOf } from '../../rules/keys/key-of.ts';
import { referencesIn } from '../../rules/references.ts';
import { leadsOf } from '../../rules/ways/leads.ts';
import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import type { AccessMatrix } from '../access-matrix.ts';
import { usersOf } from '../users.ts';
import { columnOf, drawn } from './nodes.ts';

/** Data that goes from one resource to another, or a key that something lies under. */
export interface Link {
  readonly from: Resource;
  readonly to: Resource;
  readonly kind: 'data' | 'key';
}

/** Flows that rights allow which are drawn; a picture of more arrows is black. The matrix of roles and stores has them all. */
const MOST_RIGHTS = 1_500;

/** What is drawn, and how many flows that rights allow are left out. */
export interface Links {
  readonly links: readonly Link[];
  readonly left: number;
}

/** Every flow that event sources, routes and settings name, that rights allow, and the key of every store. Each once. */
export function linksOf(estate: Estate, matrix: AccessMatrix): Links {
  const rights = once(estate, granted(estate, matrix));
  const drawn = rights.length <= MOST_RIGHTS ? rights : [];
  return { links: once(estate, [...led(estate), ...drawn, ...published(estate), ...locked(estate)]), left: rights.length - drawn.length };
}

function once(estate: Estate, all: readonly Link[]): Link[] {
  const links = all.filter(({ from, to }) => from !== to);
  const number = new Map(estate.resources.map((resource, index) => [resource, index]));
  return [...new Map(links.map((link) => [`${number.get(link.from) ?? ''} ${number.get(link.to) ?? ''} ${link.kind}`, link])).values()];
}

function led(estate: Estate): Link[] {
  return estate.resources.flatMap((resource) => {
    const named = (path: string): Resource[] => (path === 'self' ? [resource] : manyAt(valueAt(estate, resource), path).flatMap(referencesIn)).flatMap((one) => drawn(estate, one) ?? []);
    return leadsOf(resource.type).flatMap(({ from, to }) => named(from).flatMap((source) => named(to).map((target): Link => ({ from: source, to: target, kind: 'data' }))));
  });
}

/** Boxes of those that run as a role; the role's own where nothing of the estate does. */
export function boxesOf(estate: Estate, role: Resource): readonly Resource[] {
  const users = [...new Set((usersOf(estate).get(role) ?? []).flatMap((user) => drawn(estate, user) ?? []))];
  return users.length > 0 ? users : [role];
}

/** Rights of what the estate has; others whom policies let read are ways out. */
function granted(estate: Estate, { cells }: AccessMatrix): Link[] {
  return cells.filter(({ role, store, kind }) => role.resource.type !== OUTSIDE && store.type !== 'AWS::KMS::Key' && (kind.startsWith('read') || kind === 'write' || kind === 'delete')).flatMap(({ role, store, kind }) =>
    boxesOf(estate, role.resource).map((box): Link => (kind.startsWith('read') ? { from: store.resource, to: box, kind: 'data' } : { from: box, to: store.resource, kind: 'data' })),
  );
}

function published(estate: Estate): Link[] {
  const buses = estate.resources.filter(({ type }) => type === 'AWS::Events::EventBus');
  return buses.flatMap((bus) => policiesOf(estate).holders.filter((holder) => reaches(estate, holder, bus, 'events:PutEvents').decision !== 'deny').flatMap(({ role }) => boxesOf(estate, role).map((box): Link => ({ from: box, to: bus, kind: 'data' }))));
}

function locked(estate: Estate): Link[] {
  return estate.resources.flatMap((store) => {
    const key = columnOf(store) === undefined ? undefined : keyOf(estate, store);
    return key === undefined ? [] : [{ from: store, to: key, kind: 'key' as const }];
  });
}
