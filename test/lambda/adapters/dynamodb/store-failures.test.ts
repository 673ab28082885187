import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoConversationStore } from '../../../../lambda/adapters/dynamodb/store.ts';
import { StoreUnavailable } from '../../../../lambda/domain/errors.ts';
import { startEndpoint, TABLES, type TestEndpoint } from '../loopback.ts';
import { EXPIRY, head, START, wrappedKey } from '../records.ts';

let endpoint: TestEndpoint;
const now = (): number => START;

beforeAll(async () => {
  endpoint = await startEndpoint({ resources: { tables: TABLES }, now });
});
afterAll(() => endpoint.endpoint.close());

describe('a conversation store that cannot do what it is asked', () => {
  it('refuses a record of a later format, and one that is damaged, as unavailable', async () => {
    const { DynamoDBClient, PutItemCommand } = await import('@aws-sdk/client-dynamodb');
    const client = new DynamoDBClient(endpoint.options());
    const put = (pk: string, more: object) => client.send(new PutItemCommand({ TableName: 'conversations', Item: { pk: { S: pk }, sk: { S: 'HEAD' }, expiresAt: { N: String(EXPIRY / 1000) }, ...more } }));
    await put('later', { schemaVersion: { N: '2' } });
    await put('damaged', { schemaVersion: { N: '1' }, state: { S: 'bot' } });
    const store = dynamoConversationStore({ client: endpoint.options(), table: 'conversations', keyTable: 'keys', now, wait: async () => undefined });
    await expect(store.head('later')).rejects.toThrow('format 2; this release reads up to 1');
    await expect(store.head('damaged')).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('says that the store is unavailable when nobody answers, or the table is not there', async () => {
    const gone = dynamoConversationStore({ client: { ...endpoint.options(), endpoint: 'http://127.0.0.1:9', maxAttempts: 1 }, table: 'conversations', keyTable: 'keys', now, wait: async () => undefined });
    await expect(gone.head('c')).rejects.toBeInstanceOf(StoreUnavailable);
    const none = dynamoConversationStore({ client: endpoint.options(), table: 'missing', keyTable: 'keys', now, wait: async () => undefined });
    await expect(none.load('c', 's', 'k')).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(none.create(head(), wrappedKey(), [])).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('needs no table of keys for what touches none', async () => {
    const store = dynamoConversationStore({ client: endpoint.options(), table: 'conversations', now, wait: async () => undefined });
    expect(await store.head('nobody')).toBeUndefined();
    await expect(store.load('c', 's', 'k')).rejects.toThrow('no table of wrapped keys');
  });
});
