import type { Context } from '../../policy/condition.ts';
import type { Answer } from '../../policy/may.ts';
import { policiesOf, type Holder } from '../../policy/policies.ts';
import { indexesOf, reaches } from '../../policy/reach.ts';
import { STORE_ACTIONS } from '../../policy/store-actions.ts';
import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { keyOf } from '../keys/key-of.ts';
import type { Parameters } from '../parameters.ts';
import { classNotTold, holdsPersonal, personalStores } from '../personal.ts';
import { STORE_TYPES } from '../stores.ts';
import { placeOf } from './completeness.ts';

/** A right to read much at once. */
export interface Wide {
  /** What may be done, e.g. `dynamodb:Scan`. */
  readonly action: string;
  readonly on: Resource;
  /** `expected`: it is what the function is there for; `unknown`: the template does not tell whether it is allowed, or is wide. */
  readonly certain: true | 'unknown' | 'expected';
  /** Where the statement that decided stands. */
  readonly property: string;
  readonly why?: string;
}

/** Asked about what a scan is: no leading key, all of the table. */
const SCAN: Context = { 'dynamodb:LeadingKeys': null, 'dynamodb:FullTableScan': ['true'], 'dynamodb:EnclosingOperation': null };
const ISOLATED = 'dynamodb:LeadingKeys';

/** Bulk reads of personal stores that an identity is allowed, or may be. */
export function bulkReads(estate: Estate, holder: Holder, parameters: Parameters): Wide[] {
  return personalStores(estate, parameters).flatMap((store) => {
    const found = (STORE_ACTIONS[store.type]?.bulk ?? []).flatMap((action) => wide(action, store, reaches(estate, holder, store, action, SCAN)));
    if (store.type === 'AWS::S3::Bucket') found.push(...bucket(estate, holder, store));
    if (store.type.startsWith('AWS::DynamoDB::')) found.push(...stream(estate, holder, store), ...indexes(estate, holder, store));
    return found.map((each) => doubted(estate, each, [store], parameters));
  });
}

/** Keys of personal data, or of data that is not known, that an identity may decrypt with for whatever reason. */
export function wideDecrypts(estate: Estate, holder: Holder, parameters: Parameters): Wide[] {
  const stores = estate.resources.filter(({ type }) => (STORE_TYPES as readonly string[]).includes(type));
  const keys = estate.resources.filter(({ type }) => type === 'AWS::KMS::Key' || type === 'AWS::KMS::ReplicaKey').map((key) => ({ key, under: stores.filter((store) => keyOf(estate, store) === key) }));
  const context = plainly(estate, holder);
  // A key under which no store of the estate lies may be the application's own.
  return keys
    .filter(({ under }) => under.length === 0 || under.some((store) => holdsPersonal(estate, store, parameters) !== false))
    .flatMap(({ key, under }) => wide('kms:Decrypt', key, reaches(estate, holder, key, 'kms:Decrypt', context)).map((each) => doubted(estate, each, under, parameters)));
}

/** A right to what is personal only if one of some stores is, whose class of data is not told. */
function doubted(estate: Estate, found: Wide, stores: readonly Resource[], parameters: Parameters): Wide {
  const first = stores.find((store) => holdsPersonal(estate, store, parameters) === undefined);
  if (found.certain !== true || first === undefined || stores.some((store) => holdsPersonal(estate, store, parameters) === true)) return found;
  return { ...found, certain: 'unknown', why: classNotTold(estate, first, parameters) };
}

/** A call to the key by the identity itself, with no encryption context. */
function plainly(estate: Estate, { statements }: Holder): Context {
  const keys = [...statements, ...policiesOf(estate).onResources].flatMap(({ statement }) => Object.values(statement.conditions).flatMap((each) => Object.keys(each)));
  return Object.fromEntries(['kms:ViaService', 'kms:EncryptionContextKeys', ...keys.filter((key) => /^kms:EncryptionContext/i.test(key))].map((key) => [key, null]));
}

function wide(action: string, on: Resource, answer: Answer): Wide[] {
  if (answer.decision === 'deny') return [];
  return [{ action, on, certain: answer.decision === 'allow' ? true : 'unknown', property: placeOf(answer), ...(answer.why !== undefined && { why: `Not told by the template: ${answer.why}.` }) }];
}

/** Listing alone shows names, and an object alone has to be known by name. */
function bucket(estate: Estate, holder: Holder, store: Resource): Wide[] {
  const [lists, reads] = [reaches(estate, holder, store, 's3:ListBucket'), reaches(estate, holder, store, 's3:GetObject')];
  if (lists.decision === 'deny' || reads.decision === 'deny') return [];
  return wide('s3:ListBucket and s3:GetObject', store, lists.decision === 'unknown' ? lists : reads);
}

function stream(estate: Estate, holder: Holder, table: Resource): Wide[] {
  if (valueAt(estate, table, 'StreamSpecification').kind === 'absent') return [];
  const found = wide('dynamodb:GetRecords', table, reaches(estate, holder, table, 'dynamodb:GetRecords'));
  const woken = estate.resources.some((mapping) => mapping.type === 'AWS::Lambda::EventSourceMapping' && refersTo(estate, mapping, 'EventSourceArn', table) && functionsOf(estate, holder).some((fn) => refersTo(estate, mapping, 'FunctionName', fn)));
  return woken ? found.map((each): Wide => Object.assign(each, { certain: 'expected' as const, why: `The stream of ${table.logicalId} wakes its function.` })) : found;
}

const functionsOf = (estate: Estate, { role }: Holder): Resource[] => estate.resources.filter((fn) => fn.type === 'AWS::Lambda::Function' && refersTo(estate, fn, 'Role', role));

/** Whether a property refers to a resource, also through an alias or version of a function. */
function refersTo(estate: Estate, resource: Resource, property: string, to: Resource, depth = 0): boolean {
  const value = valueAt(estate, resource, property);
  if (value.kind !== 'reference' || depth > 2) return false;
  if (value.resource === to) return true;
  return /^AWS::Lambda::(Alias|Version)$/.test(value.resource.type) && refersTo(estate, value.resource, 'FunctionName', to, depth + 1);
}

function indexes(estate: Estate, holder: Holder, table: Resource): Wide[] {
  const answer = reaches(estate, holder, table, 'dynamodb:Query', {}, indexesOf(estate, table));
  if (answer.decision === 'deny' || answer.why?.includes(ISOLATED) === true) return [];
  return wide('dynamodb:Query', table, answer)
    .map((each): Wide => Object.assign(each, { certain: 'unknown' as const, why: each.why ?? 'It may query a global index, and how many people one key of that index stands for is not told by the template.' }));
}
