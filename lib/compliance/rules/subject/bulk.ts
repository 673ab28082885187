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

/** Personal stores of an estate, and keys of personal data or of data that is not known, with the stores under each. */
export interface Targets {
  readonly stores: readonly Resource[];
  readonly keys: readonly { readonly key: Resource; readonly under: readonly Resource[] }[];
}

/** What may be read in bulk or decrypted widely; the same for every identity. */
export function targetsOf(estate: Estate, parameters: Parameters): Targets {
  const kept = estate.resources.filter(({ type }) => (STORE_TYPES as readonly string[]).includes(type)).map((store) => ({ store, key: keyOf(estate, store) }));
  const keys = estate.resources.filter(({ type }) => type === 'AWS::KMS::Key' || type === 'AWS::KMS::ReplicaKey').map((key) => ({ key, under: kept.filter((each) => each.key === key).map(({ store }) => store) }));
  // A key under which no store of the estate lies may be the application's own.
  return { stores: personalStores(estate, parameters), keys: keys.filter(({ under }) => under.length === 0 || under.some((store) => holdsPersonal(estate, store, parameters) !== false)) };
}

/** Bulk reads of personal stores that an identity is allowed, or may be. */
export function bulkReads(estate: Estate, holder: Holder, { stores }: Targets, parameters: Parameters): Wide[] {
  return stores.flatMap((store) => {
    const found = (STORE_ACTIONS[store.type]?.bulk ?? []).flatMap((action) => wide(action, store, reaches(estate, holder, store, action, SCAN)));
    if (store.type === 'AWS::S3::Bucket') found.push(...bucket(estate, holder, store));
    if (store.type.startsWith('AWS::DynamoDB::')) found.push(...stream(estate, holder, store), ...copies(estate, holder, store), ...indexes(estate, holder, store));
    return found.map((each) => doubted(estate, each, [store], parameters));
  });
}

/** Keys of personal data, or of data that is not known, that an identity may decrypt with for whatever reason. */
export function wideDecrypts(estate: Estate, holder: Holder, { keys }: Targets, parameters: Parameters): Wide[] {
  const context = plainly(estate, holder);
  return keys.flatMap(({ key, under }) => wide('kms:Decrypt', key, reaches(estate, holder, key, 'kms:Decrypt', context)).map((each) => doubted(estate, each, under, parameters)));
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
  const best = (actions: readonly string[]): { readonly action: string; readonly answer: Answer } | undefined => {
    const answers = actions.map((action) => ({ action, answer: reaches(estate, holder, store, action) })).filter(({ answer }) => answer.decision !== 'deny');
    return answers.find(({ answer }) => answer.decision === 'allow') ?? answers[0];
  };
  const [lists, reads] = [best(['s3:ListBucket', 's3:ListBucketVersions']), best(['s3:GetObject', 's3:GetObjectVersion'])];
  if (lists === undefined || reads === undefined) return [];
  return wide(`${lists.action} and ${reads.action}`, store, lists.answer.decision === 'unknown' ? lists.answer : reads.answer);
}

/** Ways to copy all of a table by a backup of it. */
const COPIES = [['dynamodb:CreateBackup', 'dynamodb:RestoreTableFromBackup'], ['backup:StartBackupJob', 'backup:StartRestoreJob']] as const;

function copies(estate: Estate, holder: Holder, table: Resource): Wide[] {
  return COPIES.flatMap(([makes, restores]) => {
    const [made, restored] = [reaches(estate, holder, table, makes), reaches(estate, holder, table, restores)];
    if (made.decision !== 'deny') return wide(`${makes} and ${restores}`, table, restored.decision === 'allow' ? made : restored).filter(() => restored.decision !== 'deny');
    // A backup may be there already.
    return wide(restores, table, restored).map((each): Wide => ({ ...each, certain: 'unknown', why: each.why ?? 'It may restore a copy from a backup, and whether there is one is not told by the template.' }));
  });
}

function stream(estate: Estate, holder: Holder, table: Resource): Wide[] {
  if (valueAt(estate, table, 'StreamSpecification').kind === 'absent') return [];
  const found = wide('dynamodb:GetRecords', table, reaches(estate, holder, table, 'dynamodb:GetRecords'));
  if (found.length === 0) return [];
  const own = functionsOf(estate, holder);
  const woken = estate.resources.some((mapping) => mapping.type === 'AWS::Lambda::EventSourceMapping' && refersTo(estate, mapping, 'EventSourceArn', table) && own.some((fn) => refersTo(estate, mapping, 'FunctionName', fn)));
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
