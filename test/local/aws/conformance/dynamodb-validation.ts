import type { PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { failure } from '../support/clients.ts';
import type { Case } from './case.ts';
import { caseOf } from './case.ts';
import { key, makeTable } from './tables.ts';

type Item = NonNullable<PutItemCommandInput['Item']>;
const nested = (depth: number): Item[string] => (depth === 0 ? { S: 'x' } : { M: { d: nested(depth - 1) } });

const refused: readonly (readonly [string, Item, RegExp, string?])[] = [
  ['a missing key', { pk: { S: 'a' } }, /Missing the key sk in the item/],
  ['a key of another type', { pk: { S: 'a' }, sk: { N: '1' } }, /Type mismatch for key sk expected: S actual: N/],
  ['an empty key', { pk: { S: '' }, sk: { S: '1' } }, /cannot contain an empty string value. Key: pk/, 'moto words it as AWS did before 2020'],
  ['an index key of another type', { ...key('a'), rank: { S: 'x' } }, /Type mismatch for Index Key rank Expected: N Actual: S IndexName: byRank/, 'moto stores it'],
  ['an item over 400 KB', { ...key('a'), big: { S: 'x'.repeat(410_000) } }, /Item size has exceeded the maximum allowed size/],
  ['a number that is none', { ...key('a'), n: { N: 'ten' } }, /cannot be converted to a numeric value/, 'moto stores it'],
  ['39 digits', { ...key('a'), n: { N: '1'.repeat(39) } }, /more than 38 significant digits/, 'moto stores it'],
  ['a number too large', { ...key('a'), n: { N: '1e126' } }, /Number overflow/, 'moto stores it'],
  ['a set with duplicates', { ...key('a'), s: { SS: ['x', 'x'] } }, /contains duplicates/, 'moto stores it'],
  ['an empty set', { ...key('a'), s: { SS: [] } }, /set {2}may not be empty/],
  ['33 levels', { ...key('a'), m: nested(34) }, /Nesting Levels have exceeded supported limits/, 'moto stores it'],
];

export const dynamodbValidation: readonly Case[] = [
  ...refused.map(([what, Item, message, motoDiffers]) =>
    caseOf(`PutItem refuses ${what}`, motoDiffers, async (c) => {
      const TableName = await makeTable(c);
      await failure(c.dynamodb.send(new PutItemCommand({ TableName, Item })), 'ValidationException', message);
    }),
  ),
  {
    name: 'GetItem refuses a key that is not of the table',
    motoDiffers: 'moto gives no message',
    run: async (c) => {
      const TableName = await makeTable(c);
      const wrong: Item[] = [{ pk: { S: 'a' } }, { ...key('a'), more: { S: 'x' } }, { pk: { S: 'a' }, sk: { N: '1' } }];
      for (const Key of wrong) {
        await failure(c.dynamodb.send(new GetItemCommand({ TableName, Key })), 'ValidationException', /key element does not match the schema/);
      }
    },
  },
  {
    name: 'numbers come back as plain decimals',
    motoDiffers: 'moto returns the text that was sent',
    run: async (c) => {
      const TableName = await makeTable(c);
      await c.dynamodb.send(new PutItemCommand({ TableName, Item: { ...key('a'), a: { N: '+01.50' }, b: { N: '1.2e3' }, c: { N: '-0' }, d: { N: '5e-3' } } }));
      const { Item } = await c.dynamodb.send(new GetItemCommand({ TableName, Key: key('a') }));
      expect(Item).toMatchObject({ a: { N: '1.5' }, b: { N: '1200' }, c: { N: '0' }, d: { N: '0.005' } });
    },
  },
  {
    name: 'attribute names such as constructor are data',
    run: async (c) => {
      const TableName = await makeTable(c);
      const odd = ['constructor', 'toString'].map((name): [string, Item[string]] => [name, { S: name }]);
      const Item: Item = { ...key('a'), ...Object.fromEntries(odd) };
      await c.dynamodb.send(new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(valueOf)' }));
      const found = await c.dynamodb.send(new GetItemCommand({ TableName, Key: key('a') }));
      expect(found.Item).toEqual(Item);
    },
  },
];
