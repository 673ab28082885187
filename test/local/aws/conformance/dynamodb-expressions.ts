import type { AttributeValue, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, PutItemCommand, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { Clients } from '../support/clients.ts';
import { failure } from '../support/clients.ts';
import type { Case } from './case.ts';
import { caseOf } from './case.ts';
import { key, makeTable, oncePerEndpoint, put } from './tables.ts';

type Item = Record<string, AttributeValue>;
const ITEM: Item = {
  ...key('a'),
  n: { N: '10' },
  s: { S: 'hello' },
  tags: { SS: ['x', 'y'] },
  parts: { L: [{ S: 'one' }, { N: '2' }, { S: 'three' }] },
  doc: { M: { deep: { M: { er: { N: '7' } } } } },
};

async function matches(c: Clients, TableName: string, FilterExpression: string, values?: Item): Promise<boolean> {
  const { Count } = await c.dynamodb.send(new ScanCommand({ TableName, FilterExpression, ...(values && { ExpressionAttributeValues: values }) }));
  return Count === 1;
}

const seeded = oncePerEndpoint(async (c) => {
  const TableName = await makeTable(c);
  await put(c, TableName, ITEM);
  return TableName;
});

const conditions: readonly (readonly [string, Item | undefined, boolean, string?])[] = [
  ['n = :v', { ':v': { N: '10.0' } }, true],
  ['n <> :v', { ':v': { N: '10' } }, false],
  ['n < :v', { ':v': { N: '9' } }, false],
  ['n >= :v', { ':v': { N: '9.99' } }, true],
  ['n < :v', { ':v': { S: '99' } }, false, 'moto answers 500'],
  ['s BETWEEN :a AND :b', { ':a': { S: 'hel' }, ':b': { S: 'help' } }, true],
  ['n IN (:a, :b)', { ':a': { N: '1' }, ':b': { N: '10' } }, true],
  ['attribute_exists(doc.deep.er)', undefined, true],
  ['attribute_not_exists(doc.deep.nope)', undefined, true],
  ['attribute_exists(parts[2]) AND attribute_not_exists(parts[3])', undefined, true],
  ['attribute_type(tags, :t)', { ':t': { S: 'SS' } }, true],
  ['begins_with(s, :p)', { ':p': { S: 'hell' } }, true],
  ['contains(s, :p)', { ':p': { S: 'ell' } }, true],
  ['contains(tags, :p)', { ':p': { S: 'y' } }, true],
  ['contains(parts, :p)', { ':p': { N: '2' } }, true],
  ['size(s) = :five AND size(parts) = :three', { ':five': { N: '5' }, ':three': { N: '3' } }, true],
  ['NOT n = :v', { ':v': { N: '10' } }, false],
  ['n = :v OR s = :w AND s = :x', { ':v': { N: '10' }, ':w': { S: 'no' }, ':x': { S: 'never' } }, true],
  ['(n = :v OR s = :w) AND s = :x', { ':v': { N: '10' }, ':w': { S: 'no' }, ':x': { S: 'never' } }, false],
  ['doc.deep.er = parts[1] OR parts[0] = :one', { ':one': { S: 'one' } }, true],
];

const updates: readonly (readonly [string, Partial<UpdateItemCommandInput>, Item])[] = [
  ['SET adds and subtracts exactly', { UpdateExpression: 'SET n = n + :v', ExpressionAttributeValues: { ':v': { N: '0.1' } } }, { n: { N: '10.1' } }],
  [
    'SET appends lists and sets nested values',
    { UpdateExpression: 'SET parts = list_append(parts, :l), doc.deep.er = :e', ExpressionAttributeValues: { ':l': { L: [{ S: 'four' }] }, ':e': { S: 'set' } } },
    { parts: { L: [{ S: 'one' }, { N: '2' }, { S: 'three' }, { S: 'four' }] }, doc: { M: { deep: { M: { er: { S: 'set' } } } } } },
  ],
  ['right-hand sides see the item as it was', { UpdateExpression: 'SET n = s, s = n' }, { n: { S: 'hello' }, s: { N: '10' } }],
  ['REMOVE takes list elements by their old index', { UpdateExpression: 'REMOVE parts[0], parts[1]' }, { parts: { L: [{ S: 'three' }] } }],
  ['an index past the end appends', { UpdateExpression: 'SET parts[9] = :v', ExpressionAttributeValues: { ':v': { S: 'end' } } }, { parts: { L: [{ S: 'one' }, { N: '2' }, { S: 'three' }, { S: 'end' }] } }],
  ['ADD counts and makes', { UpdateExpression: 'ADD n :v, fresh :v', ExpressionAttributeValues: { ':v': { N: '-3' } } }, { n: { N: '7' }, fresh: { N: '-3' } }],
  ['DELETE takes from a set', { UpdateExpression: 'DELETE tags :v', ExpressionAttributeValues: { ':v': { SS: ['x', 'z'] } } }, { tags: { SS: ['y'] } }],
];

const refusals: readonly (readonly [string, Partial<UpdateItemCommandInput>, RegExp, string?])[] = [
  ['an unused value', { UpdateExpression: 'SET n = :v', ExpressionAttributeValues: { ':v': { N: '1' }, ':w': { N: '1' } } }, /unused in expressions: keys: \{:w\}/],
  ['an unused name', { UpdateExpression: 'REMOVE n', ExpressionAttributeNames: { '#x': 'x' } }, /unused in expressions: keys: \{#x\}/],
  ['an undefined value', { UpdateExpression: 'SET n = :v' }, /expression attribute value used in expression is not defined; attribute value: :v/],
  ['an undefined name', { UpdateExpression: 'REMOVE #n' }, /attribute name used in the document path is not defined; attribute name: #n/, 'moto answers 500'],
  ['a reserved word', { UpdateExpression: 'REMOVE status' }, /reserved keyword; reserved keyword: status/],
  ['bad syntax', { UpdateExpression: 'SET n == :v', ExpressionAttributeValues: { ':v': { N: '1' } } }, /Syntax error/],
  ['a repeated section', { UpdateExpression: 'SET n = :v SET s = :v', ExpressionAttributeValues: { ':v': { N: '1' } } }, /"SET" section can only be used once/],
  ['overlapping paths', { UpdateExpression: 'SET doc.deep = :v REMOVE doc.deep.er', ExpressionAttributeValues: { ':v': { N: '1' } } }, /Two document paths overlap/, 'moto applies overlapping paths in different sections'],
  ['an update of the key', { UpdateExpression: 'SET sk = :v', ExpressionAttributeValues: { ':v': { S: '1' } } }, /Cannot update attribute sk. This attribute is part of the key/],
  ['a sum with text', { UpdateExpression: 'SET s = s + :v', ExpressionAttributeValues: { ':v': { N: '1' } } }, /incorrect data type/i, 'moto words it as an error of the expression'],
  ['a missing operand', { UpdateExpression: 'SET n = nope' }, /refers to an attribute that does not exist in the item/],
  ['a path without parent', { UpdateExpression: 'SET nope.deep = :v', ExpressionAttributeValues: { ':v': { N: '1' } } }, /document path provided in the update expression is invalid/],
];

export const dynamodbExpressions: readonly Case[] = [
  ...conditions.map(([expression, values, expected, motoDiffers]) =>
    caseOf(`condition ${expression}${values ? ` with ${JSON.stringify(values)}` : ''} is ${expected}`, motoDiffers, async (c) => {
      expect(await matches(c, await seeded(c), expression, values)).toBe(expected);
    }),
  ),
  ...updates.map(([name, input, expected]): Case => ({
    name,
    run: async (c) => {
      const TableName = await makeTable(c);
      await put(c, TableName, ITEM);
      await c.dynamodb.send(new UpdateItemCommand({ TableName, Key: key('a'), ...input }));
      const { Item } = await c.dynamodb.send(new GetItemCommand({ TableName, Key: key('a') }));
      expect(Item).toEqual({ ...ITEM, ...expected, ...(Item?.['tags'] && !expected['tags'] && { tags: { SS: expect.arrayContaining(['x', 'y']) as string[] } }) });
    },
  })),
  ...refusals.map(([what, input, message, motoDiffers]) =>
    caseOf(`refuses ${what}`, motoDiffers, async (c) => {
      const TableName = await makeTable(c);
      await put(c, TableName, ITEM);
      await failure(c.dynamodb.send(new UpdateItemCommand({ TableName, Key: key('a'), ...input })), 'ValidationException', message);
      const { Item } = await c.dynamodb.send(new GetItemCommand({ TableName, Key: key('a') }));
      expect(Item?.['n']).toEqual({ N: '10' });
    }),
  ),
  {
    name: 'an empty set is gone with its last member',
    run: async (c) => {
      const TableName = await makeTable(c);
      await put(c, TableName, ITEM);
      await c.dynamodb.send(
        new UpdateItemCommand({ TableName, Key: key('a'), UpdateExpression: 'DELETE tags :v', ExpressionAttributeValues: { ':v': { SS: ['x', 'y'] } } }),
      );
      expect((await c.dynamodb.send(new GetItemCommand({ TableName, Key: key('a') }))).Item).not.toHaveProperty('tags');
    },
  },
  {
    name: 'a comparison with a missing attribute is false, and inequality true',
    run: async (c) => {
      const TableName = await makeTable(c);
      await put(c, TableName, ITEM);
      expect(await matches(c, TableName, 'nope < :v', { ':v': { N: '1' } })).toBe(false);
      expect(await matches(c, TableName, 'nope <> :v', { ':v': { N: '1' } })).toBe(true);
    },
  },
  {
    name: 'ProjectionExpression takes parts of documents',
    run: async (c) => {
      const TableName = await makeTable(c);
      await put(c, TableName, ITEM);
      const { Item } = await c.dynamodb.send(
        new GetItemCommand({ TableName, Key: key('a'), ProjectionExpression: '#n, doc.deep.er, parts[1], nope', ExpressionAttributeNames: { '#n': 'n' } }),
      );
      expect(Item).toEqual({ n: { N: '10' }, doc: { M: { deep: { M: { er: { N: '7' } } } } }, parts: { L: [{ N: '2' }] } });
    },
  },
  {
    name: 'placeholders without an expression are refused',
    motoDiffers: 'moto ignores them on PutItem',
    run: async (c) => {
      const TableName = await makeTable(c);
      await failure(
        c.dynamodb.send(new PutItemCommand({ TableName, Item: key('a'), ExpressionAttributeNames: { '#a': 'a' } })),
        'ValidationException',
        /can only be specified when using expressions/,
      );
    },
  },
];
