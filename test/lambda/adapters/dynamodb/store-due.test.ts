import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shardOf } from '../../../../lambda/adapters/dynamodb/keys.ts';
import { dynamoConversationStore } from '../../../../lambda/adapters/dynamodb/store.ts';
import type { ConversationStore } from '../../../../lambda/domain/conversation/ports.ts';
import { memoryStore } from '../../../support/fakes/memory-store.ts';
import { startEndpoint, TABLES, type TestEndpoint } from '../loopback.ts';
import { event, EXPIRY, head, START, wrappedKey } from '../records.ts';

let endpoint: TestEndpoint;
beforeAll(async () => {
  endpoint = await startEndpoint({ resources: { tables: TABLES }, now: () => START });
});
afterAll(() => endpoint.endpoint.close());

const dynamo = (now = START): ConversationStore => dynamoConversationStore({ client: endpoint.options(), table: 'conversations', keyTable: 'keys', now: () => now, wait: async () => undefined });

describe.each([
  ['DynamoDB', () => dynamo()],
  ['the fake of the domain tests', () => memoryStore(() => START)],
])('what is due: %s', (_name, open) => {
  it('finds a due conversation behind a backlog of events, and no more of either than asked for', async () => {
    const store = open();
    const id = { conversationId: 'c-backlog', subject: 's-1' };
    const backlog = Array.from({ length: 25 }, (_, i) => event(`b${i}-${id.conversationId}`, id.conversationId));
    await store.create(head({ ...id, idleAt: START + 120_000 }), wrappedKey({ subject: id.subject }), backlog);
    const { items, unreadable } = await store.due(START + 120_000, 5);
    expect(items.map((item) => item.event?.type ?? 'conversation')).toEqual([...Array.from({ length: 5 }, () => 'conversation.started'), 'conversation']);
    expect(unreadable).toEqual([]);
  });
});

describe('what is due in DynamoDB alone', () => {
  it('leaves a due event out that cannot be read, names it, and finds those next to it', async () => {
    const client = new DynamoDBClient(endpoint.options());
    // An hour before the other test's items.
    const earlier = START - 3_600_000;
    const store = dynamo(earlier);
    const id = { conversationId: 'c-bad', subject: 's-2' };
    await store.create(head({ ...id, idleAt: earlier + 60_000 }), wrappedKey({ subject: id.subject }), [event('good', id.conversationId)]);
    const stored = { pk: { S: id.conversationId }, idleShard: { S: shardOf(id.conversationId) }, idleAt: { N: String(earlier) }, schemaVersion: { N: '1' }, expiresAt: { N: String(EXPIRY / 1000) } };
    const bad = { cut: { event: { S: '{"secret' } }, empty: { event: { S: 'null' } }, nameless: { event: { S: '{"type":"x","detail":{}}' } }, missing: {} };
    for (const [name, more] of Object.entries(bad)) await client.send(new PutItemCommand({ TableName: 'conversations', Item: { ...stored, sk: { S: `OUTBOX#${name}` }, ...more } }));
    const { items, unreadable } = await store.due(earlier + 60_000, 2);
    expect(items.map((item) => item.event?.detail.eventId ?? 'conversation').toSorted()).toEqual(['conversation', 'good']);
    expect(unreadable.map(({ message }) => /OUTBOX#(\w+)/.exec(message)?.[1] ?? '').toSorted()).toEqual(Object.keys(bad).toSorted());
    expect(unreadable.map(({ message }) => message).join()).not.toContain('secret');
  });
});
