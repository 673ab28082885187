import { indexArn, tableArn } from '../arn.ts';
import { member, optionalChoice, optionalString, required } from '../fields.ts';
import { validationError } from '../errors.ts';
import type { Call, Operation } from '../service.ts';
import type { Estate, JsonObject } from '../types.ts';
import type { Item } from './attribute.ts';
import { parseItem } from './attribute.ts';
import { keyOfRequest } from './keys.ts';
import type { Plan } from './plan.ts';
import { conditionFailure, planDelete, planPut, planUpdate, refuseLegacy } from './plan.ts';
import { parseProjection, project, projectionOf } from './projection.ts';
import { Scope } from './scope.ts';
import type { DynamoStore } from './store.ts';
import type { Table } from './table.ts';
import { updatedPaths } from './update-parser.ts';

/** What the operations of DynamoDB work with. */
export interface Context {
  readonly store: DynamoStore;
  readonly estate: Estate;
}

/** Notes the permission that a call needs on a table, or on one of its indexes. */
export function note(context: Context, call: Call, action: string, table: Table, index?: string): void {
  const arn = index === undefined ? tableArn(context.estate, table.name) : indexArn(context.estate, table.name, index);
  call.needs(`dynamodb:${action}`, arn);
}

const ALL_RETURNS = ['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'] as const;

function returnValues(input: JsonObject, updating: boolean): string {
  const asked = optionalChoice(input, 'ReturnValues', ALL_RETURNS) ?? 'NONE';
  if (!updating && asked !== 'NONE' && asked !== 'ALL_OLD') throw validationError('ReturnValues can only be ALL_OLD or NONE');
  return asked;
}

function chosen(plan: Plan, asked: string, old: Item | undefined, next: Item | undefined): Item | undefined {
  if (asked === 'NONE') return undefined;
  const item = asked.endsWith('_OLD') ? old : next;
  if (!item || asked.startsWith('ALL_')) return item;
  const part = plan.update && project(projectionOf(updatedPaths(plan.update)), item);
  return part && Object.keys(part).length > 0 ? part : undefined;
}

function writeOperation(context: Context, updating: boolean, read: (store: DynamoStore, input: JsonObject) => Plan): Operation {
  return (input, call) => {
    const asked = returnValues(input, updating);
    const plan = read(context.store, input);
    note(context, call, plan.action, plan.table);
    const key = plan.locate();
    const old = plan.table.get(key);
    const failure = conditionFailure(plan, old);
    if (failure) throw failure;
    const next = plan.next(old);
    context.store.write([{ table: plan.table, key, item: next }]);
    const attributes = chosen(plan, asked, old, next);
    return attributes ? { Attributes: attributes } : {};
  };
}

/** PutItem. */
export const putItem = (context: Context): Operation => writeOperation(context, false, planPut);
/** UpdateItem. */
export const updateItem = (context: Context): Operation => writeOperation(context, true, planUpdate);
/** DeleteItem. */
export const deleteItem = (context: Context): Operation => writeOperation(context, false, planDelete);

/** A reader of single items: parses the projection once, then gets item by key. @throws AwsError */
export function itemReader(input: JsonObject, table: Table): (rawKey: unknown) => Item | undefined {
  refuseLegacy(input);
  const scope = Scope.of(input, ['ProjectionExpression']);
  const text = optionalString(input, 'ProjectionExpression');
  const projection = text === undefined ? undefined : parseProjection(text, scope);
  scope.assertAllUsed();
  return (rawKey) => {
    const item = table.get(keyOfRequest(table.shape, parseItem(rawKey)));
    return item && projection ? project(projection, item) : item;
  };
}

/** GetItem. */
export const getItem =
  (context: Context): Operation =>
  (input, call) => {
    const table = context.store.table(required(optionalString(input, 'TableName'), 'TableName'));
    note(context, call, 'GetItem', table);
    const item = itemReader(input, table)(required(member(input, 'Key'), 'Key'));
    return item ? { Item: item } : {};
  };
