import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import { itemsOf, memberOf } from '../template/value.ts';
import type { Context } from './condition.ts';
import { openHole } from './hole.ts';
import { accountOf, arnOf, regionOf, textIn } from './identity.ts';
import { may, type Answer } from './may.ts';
import { policiesOf, type Holder } from './policies.ts';

const known = new WeakMap<Estate, Map<Resource, Map<string, readonly string[]>>>();

/** ARNs that an action on a store may be checked against: its own, or those of what is in it. Every role asks for the same. */
export function arnsFor(estate: Estate, store: Resource, action: string): readonly string[] {
  const stores = known.get(estate) ?? new Map<Resource, Map<string, readonly string[]>>();
  known.set(estate, stores);
  const actions = stores.get(store) ?? new Map<string, readonly string[]>();
  stores.set(store, actions);
  const found = actions.get(action) ?? made(estate, store, action);
  actions.set(action, found);
  return found;
}

function made(estate: Estate, store: Resource, action: string): string[] {
  const own = arnOf(estate, store);
  const [service, name = ''] = action.split(':');
  if (service === 's3') return [/Object|MultipartUpload/.test(name) ? `${own}/${openHole('object')}` : own];
  if (service === 's3tables' && name.endsWith('TableData')) return [`${own}/table/${openHole('table')}`];
  if (service === 's3vectors' && name.endsWith('Vectors')) return [`${own}/index/${openHole('index')}`];
  // Rights on a log group are written with the star that its attribute has, or on its streams.
  if (service === 'logs') return [`${own}:*`, own, `${own}:log-stream:${openHole('stream')}`];
  if (service === 'dynamodb' && /^(GetRecords|GetShardIterator|DescribeStream)$/.test(name)) return [`${own}/stream/${openHole('label')}`];
  if (service === 'dynamodb' && name === 'RestoreTableFromBackup') return [`${own}/backup/${openHole('backup')}`];
  if (service === 'backup') return [...(name === 'StartRestoreJob' ? [`${own}/backup/${openHole('backup')}`] : []), `arn:aws:backup:${regionOf(store)}:${accountOf(store)}:${name === 'StartRestoreJob' ? 'recovery-point' : 'backup-vault'}:${openHole('backup')}`];
  if (service === 'dynamodb' && /^(Query|Scan|PartiQLSelect)$/.test(name)) return [own, ...indexesOf(estate, store)];
  return [own];
}

/** ARNs of the global indexes of a table. */
export function indexesOf(estate: Estate, table: Resource): string[] {
  return itemsOf(valueAt(estate, table, 'GlobalSecondaryIndexes')).map((index) => `${arnOf(estate, table)}/index/${textIn(estate, table, memberOf(index, 'IndexName')) || openHole('index')}`);
}

/** Whether an identity may do something to a store or to anything in it: the widest of the answers. */
export function reaches(estate: Estate, holder: Holder, store: Resource, action: string, context?: Context, arns = arnsFor(estate, store, action)): Answer {
  const policies = policiesOf(estate);
  const answers = arns.map((arn) => may(policies, holder, { action, to: store, arn, ...(context !== undefined && { context }) }));
  return answers.find(({ decision }) => decision === 'allow') ?? answers.find(({ conditional }) => conditional === true) ?? answers.find(({ decision }) => decision === 'unknown') ?? answers[0] ?? { decision: 'deny' };
}
