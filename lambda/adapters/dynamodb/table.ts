import { hash } from 'node:crypto';
import { longestCall } from '../../contracts/budgets.ts';
import { StoreUnavailable } from '../../domain/errors.ts';
import type { ClientOptions } from '../aws/client-options.ts';
import { jsonClient, type JsonClient } from '../aws/json-client.ts';
import { JSON_SERVICES } from '../aws/json-service.ts';
import type { Item } from './attributes.ts';
import { cancellationCodes, refusalOf, storeUnavailable, writeFailure } from './errors.ts';
import type { BatchGetItemOutput, GetItemOutput, KeysOfTable, QueryInput, QueryOutput, TransactWriteItem, UpdateInput } from './operations.ts';

/** Longest time that the rest of a BatchGetItem is asked for again, in milliseconds: what one call may take. */
const BATCH_MILLISECONDS = longestCall('interactive');
/** Pauses before a write that met another one on the same items is repeated, in milliseconds. DynamoDB settles a transaction in less. */
const CONFLICT_PAUSES = [20, 60] as const;

/** Options of {@link DynamoCalls}. */
export interface DynamoCallsOptions {
  readonly client: ClientOptions;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Result of a conditional write: done, or which items (by place in the transaction) failed their condition. */
export type Written = { readonly done: true } | { readonly done: false; readonly failed: readonly number[] };

/** The calls that the store makes, with this project's errors. Every method throws `StoreUnavailable`. */
export class DynamoCalls {
  private readonly client: JsonClient;
  private readonly options: DynamoCallsOptions;

  constructor(options: DynamoCallsOptions) {
    this.client = jsonClient(JSON_SERVICES.dynamodb, options.client);
    this.options = options;
  }

  /** Strongly consistent read of one item. */
  async get(table: string, key: Item): Promise<Item | undefined> {
    return (await this.call('read an item', () => this.client.call<GetItemOutput>('GetItem', { TableName: table, Key: key, ConsistentRead: true }))).Item;
  }

  /** Strongly consistent read of items by key, over tables. Asks again for keys that DynamoDB left out, until its time is up. */
  async batchGet(keys: Readonly<Record<string, readonly Item[]>>): Promise<Map<string, Item[]>> {
    const until = this.options.now() + BATCH_MILLISECONDS;
    const found = new Map<string, Item[]>(Object.keys(keys).map((table) => [table, []]));
    let asked: Readonly<Record<string, KeysOfTable>> = Object.fromEntries(
      Object.entries(keys).map(([table, all]) => [table, { Keys: [...all], ConsistentRead: true }]),
    );
    for (let pause = 10; ; pause *= 2) {
      const request = asked;
      const answer = await this.call('read a batch', () => this.client.call<BatchGetItemOutput>('BatchGetItem', { RequestItems: request }));
      for (const [table, items] of Object.entries(answer.Responses ?? {})) found.get(table)?.push(...items);
      const rest = answer.UnprocessedKeys ?? {};
      if (Object.keys(rest).length === 0) return found;
      if (this.options.now() + pause > until) throw new StoreUnavailable(`DynamoDB left out keys of a batch for ${BATCH_MILLISECONDS} ms.`);
      await this.options.wait(pause);
      asked = rest;
    }
  }

  /** All items of a query, page by page, or the first `Limit`. */
  async query(input: QueryInput): Promise<Item[]> {
    const items: Item[] = [];
    let start: Item | undefined;
    do {
      const from = start;
      const answer = await this.call('query', () => this.client.call<QueryOutput>('Query', { ...input, ...(from === undefined ? {} : { ExclusiveStartKey: from }) }));
      items.push(...(answer.Items ?? []));
      start = answer.LastEvaluatedKey;
    } while (start !== undefined && (input.Limit === undefined || items.length < input.Limit));
    return input.Limit === undefined ? items : items.slice(0, input.Limit);
  }

  /**
   * Writes all or nothing. Repeated by the caller with the same content, it takes effect once (for ten minutes).
   * @throws WriteRefused for what DynamoDB will never take
   */
  transact(items: readonly TransactWriteItem[]): Promise<Written> {
    const input = { TransactItems: items, ClientRequestToken: contentToken(items) };
    return this.conditional('write', () => this.client.call('TransactWriteItems', input));
  }

  /** Conditional update of one item. @throws WriteRefused for what DynamoDB will never take */
  update(input: UpdateInput): Promise<Written> {
    return this.conditional('update', () => this.client.call('UpdateItem', input));
  }

  /** Deletes an item; one that is not there is fine. */
  async delete(table: string, key: Item): Promise<void> {
    await this.call('delete an item', () => this.client.call('DeleteItem', { TableName: table, Key: key }));
  }

  private async conditional(verb: string, send: () => Promise<unknown>): Promise<Written> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await send();
        return { done: true };
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal === undefined) throw writeFailure(verb, error);
        if (refusal === 'condition') return { done: false, failed: failedPlaces(error) };
        const pause = CONFLICT_PAUSES[attempt];
        // Nobody won: that is no outcome to act on, and trying again later is.
        if (pause === undefined) throw storeUnavailable(verb, error);
        await this.options.wait(pause);
      }
    }
  }

  private async call<T>(verb: string, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      throw storeUnavailable(verb, error);
    }
  }
}

const failedPlaces = (error: unknown): readonly number[] =>
  (cancellationCodes(error) ?? []).flatMap((code, place) => (code === 'ConditionalCheckFailed' ? [place] : []));

/** Token that is the same for the same content, so that a repeat after a lost answer is no second write. 36 characters at most. */
function contentToken(items: readonly TransactWriteItem[]): string {
  return hash('sha256', JSON.stringify(items), 'base64url').slice(0, 36);
}
