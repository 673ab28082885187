import type { Commit, Operation, Service } from '../service.ts';
import type { Estate } from '../types.ts';
import { createTable, deleteTable, describeTable, listTables } from './admin.ts';
import { batchGetItem, batchWriteItem } from './batch.ts';
import type { Context } from './items.ts';
import { deleteItem, getItem, putItem, updateItem } from './items.ts';
import { query, scan } from './query.ts';
import { DynamoStore } from './store.ts';
import { transactGetItems, transactWriteItems } from './transact.ts';

/** DynamoDB, with the store that streams and the expiry sweep read. */
export interface DynamoService extends Service {
  readonly store: DynamoStore;
}

/** Makes the DynamoDB service. */
export function dynamoService(estate: Estate, commit: Commit): DynamoService {
  const store = new DynamoStore(commit, estate.now);
  const context: Context = { store, estate };
  const operations = new Map<string, Operation>([
    ['GetItem', getItem(context)],
    ['PutItem', putItem(context)],
    ['UpdateItem', updateItem(context)],
    ['DeleteItem', deleteItem(context)],
    ['BatchGetItem', batchGetItem(context)],
    ['BatchWriteItem', batchWriteItem(context)],
    ['Query', query(context)],
    ['Scan', scan(context)],
    ['TransactWriteItems', transactWriteItems(context)],
    ['TransactGetItems', transactGetItems(context)],
    ['DescribeTable', describeTable(context)],
    ['ListTables', listTables(context)],
    ['CreateTable', createTable(context)],
    ['DeleteTable', deleteTable(context)],
  ]);
  return { store, operations };
}
