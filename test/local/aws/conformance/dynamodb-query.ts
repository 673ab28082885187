import type { AttributeValue, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { failure } from '../support/clients.ts';
import type { Case } from './case.ts';
import { key, makeTable, oncePerEndpoint, put } from './tables.ts';

const seeded = oncePerEndpoint(async (c) => {
  const TableName = await makeTable(c);
  for (const [i, sk] of ['a1', 'a2', 'b1', 'b2', 'c1'].entries()) {
    await put(c, TableName, { ...key('p', sk), turn: { N: String(i) }, keeper: { S: 'ann' }, rank: { N: String(10 - i) }, title: { S: `t${i}` } });
  }
  await put(c, TableName, { ...key('other', 'a1'), turn: { N: '9' } });
  return TableName;
});

const sks = (items: Record<string, AttributeValue>[] | undefined): (string | undefined)[] => (items ?? []).map((item) => item['sk']?.S);
const base = { KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'p' } } } satisfies Partial<QueryCommandInput>;

const conditions: readonly (readonly [string, Record<string, string>, readonly string[]])[] = [
  ['sk = :a', { ':a': 'b1' }, ['b1']],
  ['sk < :a', { ':a': 'b1' }, ['a1', 'a2']],
  ['sk <= :a', { ':a': 'b1' }, ['a1', 'a2', 'b1']],
  ['sk > :a', { ':a': 'b1' }, ['b2', 'c1']],
  ['sk >= :a', { ':a': 'b1' }, ['b1', 'b2', 'c1']],
  ['sk BETWEEN :a AND :b', { ':a': 'a2', ':b': 'b2' }, ['a2', 'b1', 'b2']],
  ['begins_with(sk, :a)', { ':a': 'b' }, ['b1', 'b2']],
];

export const dynamodbQuery: readonly Case[] = [
  ...conditions.map(([condition, values, expected]): Case => ({
    name: `Query where ${condition}`,
    run: async (c) => {
      const TableName = await seeded(c);
      const extra = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { S: value }]));
      const { Items } = await c.dynamodb.send(
        new QueryCommand({ TableName, KeyConditionExpression: `pk = :p AND ${condition}`, ExpressionAttributeValues: { ':p': { S: 'p' }, ...extra } }),
      );
      expect(sks(Items)).toEqual(expected);
    },
  })),
  {
    name: 'Query backwards, filtered after the limit',
    run: async (c) => {
      const TableName = await seeded(c);
      const backwards = await c.dynamodb.send(new QueryCommand({ TableName, ...base, ScanIndexForward: false }));
      expect(sks(backwards.Items)).toEqual(['c1', 'b2', 'b1', 'a2', 'a1']);
      const filtered = await c.dynamodb.send(
        new QueryCommand({ TableName, ...base, Limit: 3, FilterExpression: 'turn > :t', ExpressionAttributeValues: { ...base.ExpressionAttributeValues, ':t': { N: '1' } } }),
      );
      expect(filtered).toMatchObject({ Count: 1, ScannedCount: 3, LastEvaluatedKey: key('p', 'b1') });
    },
  },
  {
    name: 'pages follow each other in both directions',
    run: async (c) => {
      const TableName = await seeded(c);
      for (const ScanIndexForward of [true, false]) {
        const seen: (string | undefined)[] = [];
        let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
        do {
          const page = await c.dynamodb.send(new QueryCommand({ TableName, ...base, ScanIndexForward, Limit: 2, ...(ExclusiveStartKey && { ExclusiveStartKey }) }));
          seen.push(...sks(page.Items));
          ExclusiveStartKey = page.LastEvaluatedKey;
        } while (ExclusiveStartKey);
        expect(seen).toEqual(ScanIndexForward ? ['a1', 'a2', 'b1', 'b2', 'c1'] : ['c1', 'b2', 'b1', 'a2', 'a1']);
      }
    },
  },
  {
    name: 'a page that ends at the limit has a LastEvaluatedKey though nothing follows',
    motoDiffers: 'moto looks ahead',
    run: async (c) => {
      const TableName = await seeded(c);
      const page = await c.dynamodb.send(new QueryCommand({ TableName, ...base, Limit: 5 }));
      expect(page.LastEvaluatedKey).toEqual(key('p', 'c1'));
      const next = await c.dynamodb.send(new QueryCommand({ TableName, ...base, Limit: 5, ExclusiveStartKey: page.LastEvaluatedKey }));
      expect(next).toMatchObject({ Count: 0, Items: [] });
      expect(next.LastEvaluatedKey).toBeUndefined();
    },
  },
  {
    name: 'an index is sparse, sorted by number and carries what it projects',
    run: async (c) => {
      const TableName = await seeded(c);
      const query = { TableName, IndexName: 'byRank', KeyConditionExpression: 'keeper = :k', ExpressionAttributeValues: { ':k': { S: 'ann' } } };
      const { Items } = await c.dynamodb.send(new QueryCommand(query));
      expect(Items?.map((item) => item['rank']?.N)).toEqual(['6', '7', '8', '9', '10']);
      expect(Items?.[0]).toEqual({ ...key('p', 'c1'), keeper: { S: 'ann' }, rank: { N: '6' }, title: { S: 't4' } });
      const first = await c.dynamodb.send(new QueryCommand({ ...query, Limit: 1 }));
      expect(first.LastEvaluatedKey).toEqual({ ...key('p', 'c1'), keeper: { S: 'ann' }, rank: { N: '6' } });
      const second = await c.dynamodb.send(new QueryCommand({ ...query, Limit: 1, ExclusiveStartKey: first.LastEvaluatedKey }));
      expect(second.Items?.[0]?.['rank']).toEqual({ N: '7' });
    },
  },
  {
    name: 'Scan reads all, in pages, counts and filters',
    run: async (c) => {
      const TableName = await seeded(c);
      expect((await c.dynamodb.send(new ScanCommand({ TableName, Select: 'COUNT' }))).Count).toBe(6);
      const seen = new Set<string>();
      let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
      do {
        const page = await c.dynamodb.send(new ScanCommand({ TableName, Limit: 2, ...(ExclusiveStartKey && { ExclusiveStartKey }) }));
        for (const item of page.Items ?? []) seen.add(`${item['pk']?.S}/${item['sk']?.S}`);
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      expect(seen.size).toBe(6);
    },
  },
  {
    name: 'segments of a parallel scan cover the table once',
    motoDiffers: 'moto gives every segment the whole table',
    run: async (c) => {
      const TableName = await makeTable(c);
      for (let i = 0; i < 20; i += 1) await put(c, TableName, key(`p${i}`));
      const pages = await Promise.all([0, 1, 2].map((Segment) => c.dynamodb.send(new ScanCommand({ TableName, Segment, TotalSegments: 3 }))));
      const found = pages.flatMap((page) => (page.Items ?? []).map((item) => item['pk']?.S));
      expect(found.length).toBe(20);
      expect(new Set(found).size).toBe(20);
    },
  },
  {
    name: 'refuses a condition without partition key, an unknown index, and keys in a filter',
    motoDiffers: 'moto answers ResourceNotFoundException for an unknown index',
    run: async (c) => {
      const TableName = await seeded(c);
      const values = { ExpressionAttributeValues: { ':p': { S: 'p' } } };
      await failure(c.dynamodb.send(new QueryCommand({ TableName, KeyConditionExpression: 'sk = :p', ...values })), 'ValidationException', /missed key schema element: pk/);
      await failure(c.dynamodb.send(new QueryCommand({ TableName, IndexName: 'nope', ...base })), 'ValidationException', /does not have the specified index/);
      await failure(c.dynamodb.send(new QueryCommand({ TableName, ...base, FilterExpression: 'sk = :p' })), 'ValidationException', /non-primary key attributes/);
    },
  },
];
