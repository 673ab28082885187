import { policiesOf } from '../policy/policies.ts';
import type { Estate, Resource } from '../template/types.ts';
import type { AccessMatrix } from './access-matrix.ts';
import { usersOf } from './users.ts';
import { topicOf } from './ways/hosts.ts';
import type { Way } from './ways/way.ts';

/**
 * Ways on which content of a store may go: those of the store itself, and those of whoever may read it. Where the template does not tell
 * who uses a way, every store may go by it.
 */
export function receiving(estate: Estate, matrix: AccessMatrix, ways: readonly Way[]): (store: Resource) => readonly Way[] {
  const senders = ways.map((way) => ({ way, senders: sendersOf(estate, way) }));
  return (store) => {
    const readers = new Set(matrix.cells.filter((cell) => cell.store.resource === store && (cell.kind === 'read one' || cell.kind === 'read many')).map(({ role }) => role.resource));
    return senders.filter(({ senders: from }) => from === undefined || from.some((one) => one === store || readers.has(one))).map(({ way }) => way);
  };
}

/** Roles that use a way, or the store that it starts from; undefined when it is not told. */
export function sendersOf(estate: Estate, { resource, kind }: Way): readonly Resource[] | undefined {
  const topic = topicOf(estate, resource);
  if (topic !== undefined || kind === 'copy' || resource.type === 'AWS::KinesisFirehose::DeliveryStream') return [topic ?? resource];
  if (resource.type.startsWith('AWS::IAM::')) return policiesOf(estate).holders.filter(({ role, statements }) => role === resource || statements.some(({ source }) => source === resource)).map(({ role }) => role);
  if (resource.type.startsWith('AWS::Events::')) return publishers(estate);
  const roles = [...usersOf(estate)].filter(([, users]) => users.includes(resource)).map(([role]) => role);
  if (roles.length === 0) return undefined;
  // Rights say who calls a model; a setting alone lets nobody.
  return kind === 'model' ? roles.filter((role) => !onlySettings(estate, role)) : roles;
}

/** Roles that may put events on a bus. */
function publishers(estate: Estate): Resource[] {
  return policiesOf(estate).holders.filter(({ statements }) => statements.some(({ statement }) => statement.effect === 'Allow' && (statement.notActions !== undefined || statement.actions.some((action) => /^(\*|events:(\*|put.*))$/i.test(action))))).map(({ role }) => role);
}

/** Whether a role has no right that could call a model. */
function onlySettings(estate: Estate, role: Resource): boolean {
  const holder = policiesOf(estate).holders.find((one) => one.role === role);
  return holder !== undefined && !holder.statements.some(({ statement }) => statement.effect === 'Allow' && (statement.notActions !== undefined || statement.actions.some((action) => /^(\*|bedrock:.*)$/i.test(action))));
}

