import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, TransactGetItemsCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { Clients } from '../support/clients.ts';
import { failure } from '../support/clients.ts';
import type { Case } from './case.ts';
import { key, makeTable, put } from './tables.ts';

const read = async (c: Clients, TableName: string, pk: string): Promise<unknown> => (await c.dynamodb.send(new GetItemCommand({ TableName, Key: key(pk) }))).Item;

export const dynamodbTransact: readonly Case[] = [
  {
    name: 'all four actions happen together, over two tables',
    run: async (c) => {
      const [one, two] = [await makeTable(c), await makeTable(c)];
      await put(c, one, { ...key('update'), n: { N: '1' } });
      await put(c, one, key('delete'));
      await put(c, two, key('check'));
      await c.dynamodb.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName: one, Item: key('put') } },
            { Update: { TableName: one, Key: key('update'), UpdateExpression: 'SET n = n + :v', ExpressionAttributeValues: { ':v': { N: '1' } } } },
            { Delete: { TableName: one, Key: key('delete') } },
            { ConditionCheck: { TableName: two, Key: key('check'), ConditionExpression: 'attribute_exists(pk)' } },
          ],
        }),
      );
      expect(await read(c, one, 'put')).toEqual(key('put'));
      expect(await read(c, one, 'update')).toEqual({ ...key('update'), n: { N: '2' } });
      expect(await read(c, one, 'delete')).toBeUndefined();
      const { Responses } = await c.dynamodb.send(
        new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName: one, Key: key('put') } }, { Get: { TableName: two, Key: key('no') } }] }),
      );
      expect(Responses?.map((each) => each.Item)).toEqual([key('put'), undefined]);
    },
  },
  {
    name: 'one failed condition cancels all, with a reason for each in order',
    run: async (c) => {
      const TableName = await makeTable(c);
      await put(c, TableName, { ...key('there'), n: { N: '1' } });
      const TransactItems: TransactWriteItem[] = [
        { Put: { TableName, Item: key('new') } },
        { Put: { TableName, Item: key('there'), ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
        { Delete: { TableName, Key: key('gone'), ConditionExpression: 'attribute_exists(pk)' } },
      ];
      const error = await failure(
        c.dynamodb.send(new TransactWriteItemsCommand({ TransactItems })),
        'TransactionCanceledException',
        /^Transaction cancelled, please refer cancellation reasons for specific reasons \[None, ConditionalCheckFailed, ConditionalCheckFailed\]$/,
      );
      const reasons = error['CancellationReasons'] as { Code?: string; Item?: unknown; Message?: string }[];
      expect(reasons.map((reason) => reason.Code)).toEqual(['None', 'ConditionalCheckFailed', 'ConditionalCheckFailed']);
      expect(reasons[1]).toMatchObject({ Message: 'The conditional request failed', Item: { ...key('there'), n: { N: '1' } } });
      expect(reasons[2]?.Item).toBeUndefined();
      expect(await read(c, TableName, 'new')).toBeUndefined();
    },
  },
  {
    name: 'two actions on one item are refused',
    run: async (c) => {
      const TableName = await makeTable(c);
      const TransactItems: TransactWriteItem[] = [{ Put: { TableName, Item: key('a') } }, { Delete: { TableName, Key: key('a') } }];
      await failure(c.dynamodb.send(new TransactWriteItemsCommand({ TransactItems })), 'ValidationException', /cannot include multiple operations on one item/);
    },
  },
  {
    name: 'more than 100 actions are refused',
    run: async (c) => {
      const TableName = await makeTable(c);
      const TransactItems = Array.from({ length: 101 }, (_, i): TransactWriteItem => ({ Put: { TableName, Item: key(`k${i}`) } }));
      await failure(c.dynamodb.send(new TransactWriteItemsCommand({ TransactItems })), 'ValidationException', /length less than or equal to 100/);
    },
  },
  {
    name: 'a client token makes a repeat harmless, and refuses another request',
    motoDiffers: 'moto ignores ClientRequestToken',
    run: async (c) => {
      const TableName = await makeTable(c);
      const add = (v: string, ClientRequestToken: string): Promise<unknown> =>
        c.dynamodb.send(
          new TransactWriteItemsCommand({
            ClientRequestToken,
            TransactItems: [{ Update: { TableName, Key: key('a'), UpdateExpression: 'ADD n :v', ExpressionAttributeValues: { ':v': { N: v } } } }],
          }),
        );
      await add('1', `${TableName}-one`);
      await add('1', `${TableName}-one`);
      await add('1', `${TableName}-two`);
      expect(await read(c, TableName, 'a')).toMatchObject({ n: { N: '2' } });
      await failure(add('5', `${TableName}-one`), 'IdempotentParameterMismatchException');
    },
  },
  {
    name: 'what cannot be stored is a ValidationError among the reasons',
    motoDiffers: 'moto raises ValidationException for the request',
    run: async (c) => {
      const TableName = await makeTable(c);
      await put(c, TableName, { ...key('text'), s: { S: 'x' } });
      const TransactItems: TransactWriteItem[] = [
        { Put: { TableName, Item: key('new') } },
        { Update: { TableName, Key: key('text'), UpdateExpression: 'SET s = s + :v', ExpressionAttributeValues: { ':v': { N: '1' } } } },
      ];
      const error = await failure(c.dynamodb.send(new TransactWriteItemsCommand({ TransactItems })), 'TransactionCanceledException', /\[None, ValidationError\]/);
      expect((error['CancellationReasons'] as { Message?: string }[])[1]?.Message).toMatch(/incorrect data type/);
      expect(await read(c, TableName, 'new')).toBeUndefined();
    },
  },
];
