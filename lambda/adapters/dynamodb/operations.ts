import type { Item } from './attributes.ts';

/** Names and values that stand for parts of an expression. */
interface Expressed {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
}

/** Conditional update of one item. */
export interface UpdateInput extends Expressed {
  readonly TableName: string;
  readonly Key: Item;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
}

/** One write of a transaction. */
export type TransactWriteItem =
  | { readonly Put: Expressed & { readonly TableName: string; readonly Item: Item; readonly ConditionExpression?: string } }
  | { readonly Update: UpdateInput & { readonly UpdateExpression: string } }
  | { readonly ConditionCheck: Expressed & { readonly TableName: string; readonly Key: Item; readonly ConditionExpression: string } };

/** A query, of a table or of an index. */
export interface QueryInput extends Expressed {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly ConsistentRead?: boolean;
  readonly KeyConditionExpression?: string;
  readonly Limit?: number;
}

/** Answer of GetItem. */
export interface GetItemOutput {
  readonly Item?: Item;
}

/** Keys of one table in a BatchGetItem. */
export interface KeysOfTable {
  readonly Keys: readonly Item[];
  readonly ConsistentRead?: boolean;
}

/** Answer of BatchGetItem. */
export interface BatchGetItemOutput {
  readonly Responses?: Readonly<Record<string, readonly Item[]>>;
  readonly UnprocessedKeys?: Readonly<Record<string, KeysOfTable>>;
}

/** Answer of Query. */
export interface QueryOutput {
  readonly Items?: readonly Item[];
  readonly LastEvaluatedKey?: Item;
}
