import { createHash } from 'node:crypto';
import { AwsError, validationError } from '../errors.ts';
import { constraint, member, optionalObject, optionalObjects, optionalString, required } from '../fields.ts';
import type { Operation } from '../service.ts';
import type { JsonObject } from '../types.ts';
import type { Item } from './attribute.ts';
import type { Context } from './items.ts';
import { itemReader, note } from './items.ts';
import type { Key } from './keys.ts';
import { wholeKeyText } from './keys.ts';
import type { Plan } from './plan.ts';
import { conditionFailure, planCheck, planDelete, planPut, planUpdate } from './plan.ts';
import { itemBytes } from './size.ts';
import type { DynamoStore, Write } from './store.ts';

/** Actions of one transaction, and their bytes together. */
const MAX_ACTIONS = 100;
const MAX_BYTES = 4 * 1024 * 1024;
/** Longest client request token. */
const MAX_TOKEN = 36;

const READERS: ReadonlyMap<string, (store: DynamoStore, input: JsonObject) => Plan> = new Map([
  ['Put', planPut],
  ['Update', planUpdate],
  ['Delete', planDelete],
  ['ConditionCheck', planCheck],
]);

interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}
const NONE: Reason = { Code: 'None' };

function actions(input: JsonObject): readonly JsonObject[] {
  const items = required(optionalObjects(input, 'TransactItems'), 'TransactItems');
  if (items.length === 0) throw constraint('[]', 'TransactItems', 'Member must have length greater than or equal to 1');
  if (items.length > MAX_ACTIONS) throw constraint('[...]', 'TransactItems', `Member must have length less than or equal to ${MAX_ACTIONS}`);
  return items;
}

function planOf(store: DynamoStore, action: JsonObject): Plan {
  const kinds = [...READERS.keys()].filter((kind) => member(action, kind) !== undefined);
  const [kind] = kinds;
  if (kinds.length !== 1 || kind === undefined) {
    throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const read = READERS.get(kind);
  if (!read) throw validationError(`Unknown action ${kind}`);
  return read(store, optionalObject(action, kind) ?? {});
}

/** TransactWriteItems: all conditions are judged on the same state, and all writes are one line of the journal. */
export const transactWriteItems =
  (context: Context): Operation =>
  (input, call) => {
    const { store } = context;
    const items = actions(input);
    const token = optionalString(input, 'ClientRequestToken');
    if (token !== undefined && (token.length < 1 || token.length > MAX_TOKEN)) {
      throw constraint(token, 'ClientRequestToken', `Member must have length between 1 and ${MAX_TOKEN}`);
    }
    const plans = items.map((action) => planOf(store, action));
    for (const plan of plans) note(context, call, plan.action, plan.table);
    const fingerprint = createHash('sha256').update(canonical(items)).digest('base64');
    const used = token === undefined ? undefined : store.fingerprintOf(token);
    if (used === fingerprint) return {};
    if (used !== undefined) {
      throw new AwsError('IdempotentParameterMismatchException', 'The ClientRequestToken was already used with other parameters.');
    }
    const writes = decide(plans);
    const bytes = writes.reduce((sum, { item }) => sum + (item ? itemBytes(item) : 0), 0);
    if (bytes > MAX_BYTES) throw validationError('Aggregated size of all items in the transaction has exceeded the maximum allowed size of 4 MB');
    store.write(writes, token === undefined ? {} : { token: [token, fingerprint] });
    return {};
  };

/** What `read` gives, or the AwsError that it throws. */
function attempt<T>(read: () => T): T | AwsError {
  try {
    return read();
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

function assertDistinct(plans: readonly Plan[], keys: readonly (Key | AwsError)[]): void {
  const seen = new Set<string>();
  for (const [i, key] of keys.entries()) {
    if (key instanceof AwsError) continue;
    const place = `${plans[i]?.table.name} ${wholeKeyText(key)}`;
    if (seen.has(place)) throw validationError('Transaction request cannot include multiple operations on one item');
    seen.add(place);
  }
}

/** A write, or why the transaction is cancelled. What is wrong with one item is that item's reason. */
function judge(plan: Plan, key: Key | AwsError): Write | Reason {
  if (key instanceof AwsError) return { Code: 'ValidationError', Message: key.message };
  const present = plan.table.get(key);
  const failure = conditionFailure(plan, present);
  if (failure) return { Code: 'ConditionalCheckFailed', Message: failure.message, ...failure.fields };
  const next = attempt(() => plan.next(present));
  return next instanceof AwsError ? { Code: 'ValidationError', Message: next.message } : { table: plan.table, key, item: next };
}

/** The writes of all plans. @throws TransactionCanceledException with one reason for each, in order */
function decide(plans: readonly Plan[]): Write[] {
  const keys = plans.map((plan) => attempt(plan.locate));
  assertDistinct(plans, keys);
  const outcomes = plans.map((plan, i) => judge(plan, keys[i]!));
  const writes = outcomes.filter((outcome): outcome is Write => 'table' in outcome);
  if (writes.length === outcomes.length) return writes;
  const reasons = outcomes.map((outcome) => ('table' in outcome ? NONE : outcome));
  const codes = reasons.map((reason) => reason.Code).join(', ');
  throw new AwsError('TransactionCanceledException', `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`, {
    fields: { CancellationReasons: reasons },
  });
}

/** JSON with sorted members: the same request gives the same text whatever the order of its members. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** TransactGetItems. */
export const transactGetItems =
  (context: Context): Operation =>
  (input, call) => {
    const responses = actions(input).map((action) => {
      const request = required(optionalObject(action, 'Get'), 'Get');
      const table = context.store.table(required(optionalString(request, 'TableName'), 'TableName'));
      note(context, call, 'GetItem', table);
      const item = itemReader(request, table)(required(member(request, 'Key'), 'Key'));
      return item ? { Item: item } : {};
    });
    return { Responses: responses };
  };
