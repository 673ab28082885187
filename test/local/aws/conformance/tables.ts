import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { CreateTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Clients } from '../support/clients.ts';

/** A table with string keys pk and sk, and an index `byRank` on owner and rank. */
export async function makeTable(clients: Clients): Promise<string> {
  const TableName = clients.unique('conversations');
  await clients.dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        { AttributeName: 'keeper', AttributeType: 'S' },
        { AttributeName: 'rank', AttributeType: 'N' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byRank',
          KeySchema: [
            { AttributeName: 'keeper', KeyType: 'HASH' },
            { AttributeName: 'rank', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['title'] },
        },
      ],
    }),
  );
  return TableName;
}

/** The key of a row. */
export const key = (pk: string, sk = '0'): Record<string, AttributeValue> => ({ pk: { S: pk }, sk: { S: sk } });

/** Stores a row. */
export async function put(clients: Clients, TableName: string, item: Record<string, AttributeValue>): Promise<void> {
  await clients.dynamodb.send(new PutItemCommand({ TableName, Item: item }));
}

/** A table for cases that only read it: made once for each endpoint. */
export function oncePerEndpoint(make: (clients: Clients) => Promise<string>): (clients: Clients) => Promise<string> {
  const made = new WeakMap<Clients, Promise<string>>();
  return (clients) => {
    const table = made.get(clients) ?? make(clients);
    made.set(clients, table);
    return table;
  };
}
