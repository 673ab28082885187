import type { Context } from '../../policy/condition.ts';
import { conditionsShown, type Answer } from '../../policy/may.ts';
import type { Holder } from '../../policy/policies.ts';
import { reaches } from '../../policy/reach.ts';
import { STORE_ACTIONS } from '../../policy/store-actions.ts';
import { accountOf, nameOf, regionOf } from '../../policy/identity.ts';
import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { textOf } from '../../template/value.ts';
import type { Finding } from '../check.ts';
import { keyOf } from '../keys/key-of.ts';

/** What a data subject may ask for, and the actions of which one has to be allowed. */
export interface Right {
  readonly part: 'erase' | 'export';
  /** E.g. `delete from`. */
  readonly verb: string;
}

/** Whether one of the roles can do to a store what a right asks for, under the store's own key too. */
export function reachesFor(right: Right, estate: Estate, store: Resource, holders: readonly Holder[]): Finding {
  const actions = actionsOf(right, estate, store);
  const expected = `one of ${actions.join(', ')} allowed to a role that is declared to ${right.part}`;
  const answers = holders.map((holder) => ({ holder, answer: withKey(estate, holder, store, right, best(actions.map((action) => reaches(estate, holder, store, action)))) }));
  const allowed = answers.find(({ answer }) => answer.decision === 'allow');
  if (allowed !== undefined) return { verdict: 'PASS', part: right.part, actual: `${allowed.holder.role.logicalId} may ${right.verb} it, by ${placeOf(allowed.answer)}`, expected };
  const doubtful = answers.find(({ answer }) => answer.decision === 'unknown');
  if (doubtful !== undefined) return { verdict: 'UNKNOWN', part: right.part, actual: `whether ${doubtful.holder.role.logicalId} may is not known`, expected, note: `Not told by the template: ${doubtful.answer.why ?? 'its policies'}.` };
  return { verdict: 'FAIL', part: right.part, actual: `${holders.map(({ role }) => role.logicalId).join(', ')} may not ${right.verb} it${answers.some(({ answer }) => answer.why !== undefined) ? `: ${answers.find(({ answer }) => answer.why !== undefined)?.answer.why}` : ''}`, expected };
}

/** Deleting from a bucket that keeps versions leaves them, unless they are deleted as such. */
function actionsOf({ part }: Right, estate: Estate, store: Resource): readonly string[] {
  const known = STORE_ACTIONS[store.type];
  const actions = part === 'erase' ? known?.erase : known?.read;
  if (!Array.isArray(actions)) return [];
  const versions = store.type === 'AWS::S3::Bucket' ? valueAt(estate, store, 'VersioningConfiguration.Status') : undefined;
  return part === 'erase' && versions !== undefined && versions.kind !== 'absent' && textOf(versions) !== 'Suspended' ? ['s3:DeleteObjectVersion'] : (actions as readonly string[]);
}

/** A table under a customer's key answers nobody who may not use the key; the other stores need it for reading. */
function withKey(estate: Estate, holder: Holder, store: Resource, { part }: Right, answer: Answer): Answer {
  const through = STORE_ACTIONS[store.type]?.through;
  const key = keyOf(estate, store);
  if (answer.decision === 'deny' || key === undefined || through === undefined || (part === 'erase' && through !== 'dynamodb')) return answer;
  const context: Context = { 'kms:ViaService': [`${through}.${regionOf(store)}.amazonaws.com`], 'kms:CallerAccount': [holder.arn.split(':')[4] ?? ''], ...(through === 'dynamodb' && contextOf(estate, store)) };
  const decrypts = reaches(estate, holder, key, 'kms:Decrypt', context);
  if (decrypts.decision === 'allow') return answer;
  return { ...decrypts, why: `${decrypts.why ?? `it may not kms:Decrypt`} with ${key.logicalId}, under which the store lies` };
}

/** Encryption context that DynamoDB gives for a table in every call to its key (DynamoDB developer guide, "DynamoDB encryption at rest", encryption context). */
function contextOf(estate: Estate, table: Resource): Context {
  const given = { 'aws:dynamodb:tableName': nameOf(estate, table), 'aws:dynamodb:subscriberId': accountOf(table) };
  return { 'kms:EncryptionContextKeys': Object.keys(given), ...Object.fromEntries(Object.entries(given).map(([key, value]) => [`kms:EncryptionContext:${key}`, [value]])) };
}

const best = (answers: readonly Answer[]): Answer => answers.find(({ decision }) => decision === 'allow') ?? answers.find(({ decision }) => decision === 'unknown') ?? { decision: 'deny' };

/** Where the statement that decided stands. */
export function placeOf({ by }: Answer): string {
  if (by === undefined) return 'no statement';
  const when = conditionsShown(by);
  return `${by.source.logicalId} ${by.property}${when === '' ? '' : ` (${when})`}`;
}
