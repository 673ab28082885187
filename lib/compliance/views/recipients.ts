import { policiesOf } from '../policy/policies.ts';
import { grouped } from '../report/text.ts';
import type { Parameters } from '../rules/parameters.ts';
import { holdsPersonal } from '../rules/personal.ts';
import { dataClassOf, STORE_TYPES } from '../rules/stores.ts';
import type { Estate, Resource } from '../template/types.ts';
import type { AccessMatrix } from './access-matrix.ts';
import { usersOf } from './users.ts';
import type { Way } from './ways/way.ts';

/**
 * Ways on which content of a store may go: those of the store itself, and those of whoever may read it. Where the template does not tell
 * who uses a way, every store may go by it. What is read in order to work, and not to be sent, goes by no way of a reader: secrets, wrapped
 * keys, and what is declared to hold no personal data.
 */
export function receiving(estate: Estate, parameters: Parameters, matrix: AccessMatrix, ways: readonly Way[]): (store: Resource) => readonly Way[] {
  const senders = ways.map((way) => ({ way, senders: sendersOf(estate, way) }));
  const read = grouped(matrix.cells.filter(({ kind }) => kind === 'read one' || kind === 'read many'), (cell) => cell.store.resource);
  return (store) => {
    const readers = new Set(read.get(store)?.map(({ role }) => role.resource));
    const sent = isSent(estate, store, parameters);
    return senders.filter(({ way, senders: from }) => from?.includes(store) === true || ((sent || takesRole(way)) && (from === undefined || from.some((one) => readers.has(one))))).map(({ way }) => way);
  };
}

/** Whether whoever reads a store may send on what it holds. */
function isSent(estate: Estate, store: Resource, parameters: Parameters): boolean {
  const held = dataClassOf(estate, store, parameters);
  return store.type !== 'AWS::SecretsManager::Secret' && (held === undefined || !parameters.keyMaterialClasses.includes(held)) && holdsPersonal(estate, store, parameters) !== false;
}

/** Whether a way is that others take a role: they then read whatever it reads. */
const takesRole = ({ kind, resource }: Way): boolean => kind === 'account' && resource.type === 'AWS::IAM::Role';

/** What passes on what callers and services say, and nothing that a store holds. */
const PASSES_ON = /^AWS::(ApiGateway(V2)?|AppSync|CloudFront|CloudWatch|CloudTrail|EC2|KMS|Lex|Scheduler|SES|WAFv2)::/;
/** What a backup plan may select. */
const BACKED_UP = /^AWS::(DynamoDB|S3|RDS|EFS|DocDB|Neptune|Redshift|FSx|Timestream)::/;

const isStore = ({ type }: Resource): boolean => (STORE_TYPES as readonly string[]).includes(type);

/** Roles that use a way, or the stores that it starts from; undefined when it is not told. */
export function sendersOf(estate: Estate, way: Way): readonly Resource[] | undefined {
  const found = (way.from ?? [way.resource]).map((source) => sendersFrom(estate, source, way));
  return found.includes(undefined) ? undefined : [...new Set(found.flatMap((one) => one ?? []))];
}

function sendersFrom(estate: Estate, source: Resource, { kind }: Way): readonly Resource[] | undefined {
  if (kind === 'copy' || isStore(source)) return [source];
  if (source.type.startsWith('AWS::IAM::')) return policiesOf(estate).holders.filter(({ role, statements }) => role === source || statements.some((statement) => statement.source === source)).map(({ role }) => role);
  if (source.type.startsWith('AWS::Events::')) return publishers(estate);
  if (source.type === 'AWS::Backup::BackupPlan') return estate.resources.filter((resource) => isStore(resource) && BACKED_UP.test(resource.type));
  if (source.type.startsWith('AWS::Logs::')) return estate.resources.filter(({ type }) => type === 'AWS::Logs::LogGroup');
  if (PASSES_ON.test(source.type)) return [];
  const roles = [...usersOf(estate)].filter(([, users]) => users.includes(source)).map(([role]) => role);
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
