import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { failure } from '../support/clients.ts';
import type { Case } from './case.ts';
import { key, makeTable, put } from './tables.ts';

export const dynamodbItems: readonly Case[] = [
  {
    name: 'stores and returns every type of value',
    run: async (c) => {
      const TableName = await makeTable(c);
      const Item = {
        ...key('types'),
        text: { S: 'grün 🙂' },
        number: { N: '-12.5' },
        bytes: { B: new Uint8Array([0, 1, 254, 255]) },
        yes: { BOOL: true },
        nothing: { NULL: true as const },
        strings: { SS: ['a', 'b'] },
        numbers: { NS: ['1', '2.5'] },
        list: { L: [{ S: 'x' }, { M: { deep: { N: '1' } } }] },
        map: { M: { inner: { L: [{ BOOL: false }] } } },
        empty: { S: '' },
      };
      await c.dynamodb.send(new PutItemCommand({ TableName, Item }));
      const { Item: found } = await c.dynamodb.send(new GetItemCommand({ TableName, Key: key('types'), ConsistentRead: true }));
      expect({ ...found, strings: { SS: found?.['strings']?.SS?.toSorted() }, numbers: { NS: found?.['numbers']?.NS?.toSorted() } }).toEqual(Item);
    },
  },
  {
    name: 'a missing item has no Item, a missing table is ResourceNotFoundException',
    run: async (c) => {
      const TableName = await makeTable(c);
      expect((await c.dynamodb.send(new GetItemCommand({ TableName, Key: key('no') }))).Item).toBeUndefined();
      await failure(c.dynamodb.send(new GetItemCommand({ TableName: 'nowhere', Key: key('no') })), 'ResourceNotFoundException', /Requested resource not found/);
    },
  },
  {
    name: 'PutItem and DeleteItem return the old item when asked',
    run: async (c) => {
      const TableName = await makeTable(c);
      await put(c, TableName, { ...key('a'), v: { N: '1' } });
      const replaced = await c.dynamodb.send(new PutItemCommand({ TableName, Item: { ...key('a'), v: { N: '2' } }, ReturnValues: 'ALL_OLD' }));
      expect(replaced.Attributes?.['v']).toEqual({ N: '1' });
      const deleted = await c.dynamodb.send(new DeleteItemCommand({ TableName, Key: key('a'), ReturnValues: 'ALL_OLD' }));
      expect(deleted.Attributes?.['v']).toEqual({ N: '2' });
      const again = await c.dynamodb.send(new DeleteItemCommand({ TableName, Key: key('a'), ReturnValues: 'ALL_OLD' }));
      expect(again.Attributes).toBeUndefined();
    },
  },
  {
    name: 'a failed condition names itself, and returns the item when asked',
    run: async (c) => {
      const TableName = await makeTable(c);
      await put(c, TableName, { ...key('a'), v: { N: '1' } });
      const request = { TableName, Item: key('a'), ConditionExpression: 'attribute_not_exists(pk)' };
      const plain = await failure(c.dynamodb.send(new PutItemCommand(request)), 'ConditionalCheckFailedException', /^The conditional request failed$/);
      expect(plain['Item']).toBeUndefined();
      const full = await failure(
        c.dynamodb.send(new PutItemCommand({ ...request, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })),
        'ConditionalCheckFailedException',
      );
      expect(full['Item']).toMatchObject({ v: { N: '1' } });
    },
  },
  {
    name: 'UpdateItem makes the item, and returns what it is asked for',
    motoDiffers: 'moto leaves out updated attributes whose value stayed the same',
    run: async (c) => {
      const TableName = await makeTable(c);
      const update = (ReturnValues: 'ALL_NEW' | 'UPDATED_NEW' | 'UPDATED_OLD' | 'ALL_OLD'): Promise<Record<string, unknown> | undefined> =>
        c.dynamodb
          .send(
            new UpdateItemCommand({
              TableName,
              Key: key('a'),
              UpdateExpression: 'SET #c = if_not_exists(#c, :zero) + :one, note = :note',
              ExpressionAttributeNames: { '#c': 'count' },
              ExpressionAttributeValues: { ':zero': { N: '0' }, ':one': { N: '1' }, ':note': { S: 'n' } },
              ReturnValues,
            }),
          )
          .then((answer) => answer.Attributes);
      expect(await update('ALL_NEW')).toEqual({ ...key('a'), count: { N: '1' }, note: { S: 'n' } });
      expect(await update('UPDATED_NEW')).toEqual({ count: { N: '2' }, note: { S: 'n' } });
      expect(await update('UPDATED_OLD')).toEqual({ count: { N: '2' }, note: { S: 'n' } });
      expect(await update('ALL_OLD')).toEqual({ ...key('a'), count: { N: '3' }, note: { S: 'n' } });
    },
  },
  {
    name: 'BatchGetItem reads several tables and leaves out what is missing',
    run: async (c) => {
      const [one, two] = [await makeTable(c), await makeTable(c)];
      await put(c, one, { ...key('a'), v: { N: '1' }, w: { N: '2' } });
      await put(c, two, { ...key('b'), v: { N: '3' } });
      const { Responses, UnprocessedKeys } = await c.dynamodb.send(
        new BatchGetItemCommand({
          RequestItems: {
            [one]: { Keys: [key('a'), key('missing')], ProjectionExpression: 'v', ConsistentRead: true },
            [two]: { Keys: [key('b')] },
          },
        }),
      );
      expect(Responses).toEqual({ [one]: [{ v: { N: '1' } }], [two]: [{ ...key('b'), v: { N: '3' } }] });
      expect(UnprocessedKeys).toEqual({});
    },
  },
  {
    name: 'BatchGetItem refuses the same key twice',
    run: async (c) => {
      const TableName = await makeTable(c);
      await failure(
        c.dynamodb.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [key('a'), key('a')] } } })),
        'ValidationException',
        /Provided list of item keys contains duplicates/,
      );
    },
  },
  {
    name: 'BatchWriteItem puts and deletes',
    run: async (c) => {
      const TableName = await makeTable(c);
      await put(c, TableName, key('old'));
      const answer = await c.dynamodb.send(
        new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: key('new') } }, { DeleteRequest: { Key: key('old') } }] } }),
      );
      expect(answer.UnprocessedItems).toEqual({});
      expect((await c.dynamodb.send(new GetItemCommand({ TableName, Key: key('new') }))).Item).toEqual(key('new'));
      expect((await c.dynamodb.send(new GetItemCommand({ TableName, Key: key('old') }))).Item).toBeUndefined();
    },
  },
  {
    name: 'BatchWriteItem refuses more than 25',
    motoDiffers: 'moto takes them',
    run: async (c) => {
      const TableName = await makeTable(c);
      const many = Array.from({ length: 26 }, (_, i) => ({ PutRequest: { Item: key(`k${i}`) } }));
      await failure(c.dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: many } })), 'ValidationException');
    },
  },
  {
    name: 'DescribeTable and ListTables know the table',
    run: async (c) => {
      const TableName = await makeTable(c);
      const { Table } = await c.dynamodb.send(new DescribeTableCommand({ TableName }));
      expect(Table).toMatchObject({ TableName, TableStatus: 'ACTIVE', TableArn: expect.stringMatching(/^arn:aws:dynamodb:eu-central-1:123456789012:table\//) as unknown });
      expect(Table?.GlobalSecondaryIndexes?.[0]?.IndexName).toBe('byRank');
      expect((await c.dynamodb.send(new ListTablesCommand({}))).TableNames).toContain(TableName);
      await failure(c.dynamodb.send(new DescribeTableCommand({ TableName: 'nowhere' })), 'ResourceNotFoundException');
    },
  },
];
