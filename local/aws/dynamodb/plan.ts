import { AwsError, validationError } from '../errors.ts';
import { member, optionalChoice, optionalString, required } from '../fields.ts';
import type { JsonObject } from '../types.ts';
import type { Item } from './attribute.ts';
import { get, parseItem } from './attribute.ts';
import { equalValues } from './compare.ts';
import { holds } from './condition.ts';
import { parseCondition } from './condition-parser.ts';
import type { Key } from './keys.ts';
import { keyOfItem, keyOfRequest } from './keys.ts';
import { keyParts } from './schema.ts';
import { Scope } from './scope.ts';
import { MAX_ITEM_BYTES, itemBytes } from './size.ts';
import type { DynamoStore } from './store.ts';
import type { Condition, Update } from './syntax.ts';
import type { Table } from './table.ts';
import { parseUpdate } from './update-parser.ts';
import { applyUpdate } from './update.ts';

/** A write that was read from a request, before it is held against the table. */
export interface Plan {
  readonly table: Table;
  /** IAM action that it takes. */
  readonly action: 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem';
  /** The parsed update, for UPDATED_OLD and UPDATED_NEW. */
  readonly update?: Update;
  /** Key that it touches. @throws ValidationException when it does not fit the table */
  readonly locate: () => Key;
  /** Item after the write; undefined deletes. @throws ValidationException when the result cannot be stored */
  readonly next: (present: Item | undefined) => Item | undefined;
  readonly condition: Condition | undefined;
  /** ReturnValuesOnConditionCheckFailure is ALL_OLD. */
  readonly returnsOldOnFailure: boolean;
}

const LEGACY = ['Expected', 'AttributeUpdates', 'ConditionalOperator', 'AttributesToGet', 'KeyConditions', 'QueryFilter', 'ScanFilter'];

/** @throws ValidationException for the parameters that expressions replaced in 2014, which are not emulated */
export function refuseLegacy(input: JsonObject): void {
  const found = LEGACY.find((name) => member(input, name) !== undefined);
  if (found) throw validationError(`The loop-back endpoint does not emulate the legacy parameter ${found}; use an expression.`);
}

interface Common {
  readonly table: Table;
  readonly scope: Scope;
  readonly condition: Condition | undefined;
  readonly returnsOldOnFailure: boolean;
}

function common(store: DynamoStore, input: JsonObject, expressions: readonly string[]): Common {
  refuseLegacy(input);
  const name = required(optionalString(input, 'TableName'), 'TableName');
  const onFailure = optionalChoice(input, 'ReturnValuesOnConditionCheckFailure', ['ALL_OLD', 'NONE'] as const);
  const scope = Scope.of(input, expressions);
  const text = optionalString(input, 'ConditionExpression');
  const condition = text === undefined ? undefined : parseCondition('ConditionExpression', text, scope);
  return { table: store.table(name), scope, condition, returnsOldOnFailure: onFailure === 'ALL_OLD' };
}

function assertSize(item: Item, message: string): void {
  if (itemBytes(item) > MAX_ITEM_BYTES) throw validationError(message);
}

/** Reads a Put. @throws AwsError */
export function planPut(store: DynamoStore, input: JsonObject): Plan {
  const { table, scope, ...rest } = common(store, input, ['ConditionExpression']);
  scope.assertAllUsed();
  const item = parseItem(required(member(input, 'Item'), 'Item'));
  assertSize(item, 'Item size has exceeded the maximum allowed size');
  const next = (): Item => {
    table.assertStorable(item);
    return item;
  };
  return { table, action: 'PutItem', locate: () => keyOfItem(table.shape, item), next, ...rest };
}

/** Reads a Delete. @throws AwsError */
export function planDelete(store: DynamoStore, input: JsonObject): Plan {
  const { table, scope, ...rest } = common(store, input, ['ConditionExpression']);
  scope.assertAllUsed();
  const key = parseItem(required(member(input, 'Key'), 'Key'));
  return { table, action: 'DeleteItem', locate: () => keyOfRequest(table.shape, key), next: () => undefined, ...rest };
}

/** Reads a ConditionCheck of a transaction. @throws AwsError */
export function planCheck(store: DynamoStore, input: JsonObject): Plan {
  required(optionalString(input, 'ConditionExpression'), 'ConditionExpression');
  return { ...planDelete(store, input), action: 'ConditionCheckItem', next: (present) => present };
}

/** Reads an Update. @throws AwsError */
export function planUpdate(store: DynamoStore, input: JsonObject): Plan {
  const { table, scope, ...rest } = common(store, input, ['UpdateExpression', 'ConditionExpression']);
  const text = optionalString(input, 'UpdateExpression');
  const update = text === undefined ? undefined : parseUpdate(text, scope);
  scope.assertAllUsed();
  const key = parseItem(required(member(input, 'Key'), 'Key'));
  const next = (present: Item | undefined): Item => {
    const before = present ?? key;
    if (!update) return before;
    const after = applyUpdate(update, before);
    for (const { name } of keyParts(table.shape)) {
      const value = get(after, name);
      if (!value || !equalValues(value, get(before, name) ?? value) || touches(update, name)) {
        throw validationError(`One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`);
      }
    }
    table.assertStorable(after);
    assertSize(after, 'Item size to update has exceeded the maximum allowed size');
    return after;
  };
  return { table, action: 'UpdateItem', ...(update && { update }), locate: () => keyOfRequest(table.shape, key), next, ...rest };
}

const touches = (update: Update, name: string): boolean =>
  [...update.set, ...update.add, ...update.delete].some(({ path }) => path.steps[0] === name) ||
  update.remove.some((path) => path.steps[0] === name);

/** The failure of a plan's condition for the present item, or undefined when it holds. */
export function conditionFailure(plan: Plan, present: Item | undefined): AwsError | undefined {
  if (!plan.condition || holds(plan.condition, present)) return undefined;
  return new AwsError('ConditionalCheckFailedException', 'The conditional request failed', {
    fields: plan.returnsOldOnFailure && present ? { Item: present } : {},
  });
}
