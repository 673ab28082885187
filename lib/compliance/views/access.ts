import { compare, grouped } from '../report/text.ts';
import type { Access, AccessCell, AccessMatrix as ReportedMatrix } from '../report/views.ts';
import { policiesOf } from '../policy/policies.ts';
import type { Kind } from '../policy/store-actions.ts';
import type { Parameters } from '../rules/parameters.ts';
import { dataClassOf } from '../rules/stores.ts';
import { declaredWords } from '../rules/subject/declared.ts';
import type { Estate } from '../template/types.ts';
import type { AccessCell as Granted, AccessMatrix, GrantedAction } from './access-matrix.ts';
import type { Names } from './names.ts';
import { readersOf } from './readers.ts';
import { takersOf, usersOf } from './users.ts';

const ACCESS: Readonly<Record<Kind, Access>> = { 'read one': 'read', 'read many': 'read', write: 'write', delete: 'delete', decrypt: 'decrypt', administer: 'administer' };
const ORDER: readonly Access[] = ['read', 'write', 'delete', 'decrypt', 'administer'];

/** The matrix as the report shows it: one cell for each role and store, and who can read a conversation in clear. */
export function reportedAccess(estate: Estate, parameters: Parameters, matrix: AccessMatrix, names: Names): ReportedMatrix {
  const [roles, stores] = [matrix.roles.map(({ resource }) => resource), matrix.stores.map(({ resource }) => resource)];
  const users = usersOf(estate);
  const runners = [...new Set([...users.values()].flat())];
  const pairs = [...grouped(matrix.cells, ({ role }) => role).values()].flatMap((cells) => [...grouped(cells, ({ store }) => store).values()]);
  const { holders, outsiders } = policiesOf(estate);
  return {
    roles: [...holders, ...outsiders].filter(({ role }) => roles.includes(role)).map((holder) => {
      const by = (users.get(holder.role) ?? []).map((user) => names.short(user, runners));
      const used = [(by.length > 0 ? by : takersOf(holder)).join(', '), declaredWords(holder.role, parameters)].filter((words) => words !== '').join('; ');
      const outside = holder.outside !== undefined;
      return { id: names.id(holder.role), name: outside ? holder.role.path : names.short(holder.role, roles), ...(used !== '' && { usedBy: used }), ...(outside && { outside }) };
    }),
    stores: matrix.stores.map(({ resource, type }) => {
      const holds = type === 'AWS::KMS::Key' ? 'key' : dataClassOf(estate, resource, parameters);
      return { id: names.id(resource), name: names.short(resource, stores), type, ...(holds !== undefined && { holds }) };
    }),
    cells: pairs.map((cells) => merged(cells, names)),
    readers: readersOf(estate, parameters, matrix, names),
  };
}

function merged(cells: readonly Granted[], names: Names): AccessCell {
  const [{ role, store }] = cells as readonly [Granted];
  const access = new Set(cells.map(({ kind }) => ACCESS[kind]));
  const actions = cells.flatMap((cell) => cell.actions);
  const condition = conditionsOf(actions);
  const unknown = unknownOf(cells);
  return {
    role: names.id(role.resource),
    store: names.id(store.resource),
    access: ORDER.filter((each) => access.has(each)),
    actions: [...new Set(actions.map(({ action }) => action))],
    wildcard: actions.some(({ wildcard }) => wildcard),
    ...(condition !== '' && { condition }),
    ...(unknown !== '' && { unknown }),
  };
}

/** Conditions, each with the actions that it narrows. */
function conditionsOf(actions: readonly GrantedAction[]): string {
  const narrowed = grouped(actions.filter(({ when }) => when !== undefined), ({ when }) => when ?? '');
  return [...narrowed].map(([when, under]) => `${[...new Set(under.map(({ action }) => action))].join(', ')} when ${when}`).join('; ');
}

/** What cannot be told, with the kinds of access that hang on it. */
function unknownOf(cells: readonly Granted[]): string {
  const open = cells.flatMap(({ kind, actions }) => actions.filter(({ access }) => access === 'unknown').map(({ why = '' }) => ({ kind, why })));
  return [...grouped(open, ({ why }) => why)].map(([why, hanging]) => `${[...new Set(hanging.map(({ kind }) => ACCESS[kind]))].join(', ')}: ${why}`).toSorted(compare).join('; ');
}
