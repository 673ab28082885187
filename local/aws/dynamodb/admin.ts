import { AwsError, messageOf, validationError } from '../errors.ts';
import { optionalBoolean, optionalChoice, optionalNumber, optionalObject, optionalObjects, optionalString, optionalStrings, required } from '../fields.ts';
import { indexArn, streamArn, tableArn } from '../arn.ts';
import type { Operation } from '../service.ts';
import type { IndexDeclaration, JsonObject, KeySchemaElement, TableDeclaration } from '../types.ts';
import type { Context } from './items.ts';
import { note } from './items.ts';
import type { Table } from './table.ts';

const keySchemaOut = (elements: readonly KeySchemaElement[]): JsonObject[] =>
  elements.map((each) => ({ AttributeName: each.attributeName, KeyType: each.keyType }));

function describe({ estate }: Context, table: Table): JsonObject {
  const { declaration } = table;
  return {
    TableName: table.name,
    TableArn: tableArn(estate, table.name),
    TableStatus: 'ACTIVE',
    CreationDateTime: table.createdAt / 1000,
    KeySchema: keySchemaOut(declaration.keySchema),
    AttributeDefinitions: declaration.attributeDefinitions.map((each) => ({ AttributeName: each.attributeName, AttributeType: each.attributeType })),
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    ItemCount: table.items.size,
    ...(declaration.gsis?.length && {
      GlobalSecondaryIndexes: declaration.gsis.map((gsi) => ({
        IndexName: gsi.name,
        IndexArn: indexArn(estate, table.name, gsi.name),
        IndexStatus: 'ACTIVE',
        KeySchema: keySchemaOut(gsi.keySchema),
        Projection: { ProjectionType: gsi.projection.type, ...(gsi.projection.nonKeyAttributes && { NonKeyAttributes: gsi.projection.nonKeyAttributes }) },
        ItemCount: table.index(gsi.name)?.items.size ?? 0,
      })),
    }),
    ...(declaration.stream && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      LatestStreamArn: streamArn(estate, table.name),
    }),
  };
}

/** DescribeTable. */
export const describeTable =
  (context: Context): Operation =>
  (input, call) => {
    const name = required(optionalString(input, 'TableName'), 'TableName');
    const table = context.store.table(name, `Requested resource not found: Table: ${name} not found`);
    note(context, call, 'DescribeTable', table);
    return { Table: describe(context, table) };
  };

/** ListTables. */
export const listTables =
  (context: Context): Operation =>
  (input, call) => {
    call.needs('dynamodb:ListTables', '*');
    const after = optionalString(input, 'ExclusiveStartTableName');
    const limit = optionalNumber(input, 'Limit') ?? 100;
    const names = context.store.tables().map((table) => table.name).toSorted().filter((name) => after === undefined || name > after);
    const page = names.slice(0, limit);
    return { TableNames: page, ...(names.length > limit && { LastEvaluatedTableName: page.at(-1) }) };
  };

function keySchemaIn(input: JsonObject): KeySchemaElement[] {
  return required(optionalObjects(input, 'KeySchema'), 'KeySchema').map((each) => ({
    attributeName: required(optionalString(each, 'AttributeName'), 'AttributeName'),
    keyType: required(optionalChoice(each, 'KeyType', ['HASH', 'RANGE'] as const), 'KeyType'),
  }));
}

function indexIn(input: JsonObject): IndexDeclaration {
  const projection = optionalObject(input, 'Projection') ?? {};
  const nonKeyAttributes = optionalStrings(projection, 'NonKeyAttributes');
  return {
    name: required(optionalString(input, 'IndexName'), 'IndexName'),
    keySchema: keySchemaIn(input),
    projection: {
      type: optionalChoice(projection, 'ProjectionType', ['ALL', 'KEYS_ONLY', 'INCLUDE'] as const) ?? 'ALL',
      ...(nonKeyAttributes && { nonKeyAttributes }),
    },
  };
}

function declarationIn(input: JsonObject): TableDeclaration {
  const specification = optionalObject(input, 'StreamSpecification') ?? {};
  return {
    tableName: required(optionalString(input, 'TableName'), 'TableName'),
    keySchema: keySchemaIn(input),
    attributeDefinitions: required(optionalObjects(input, 'AttributeDefinitions'), 'AttributeDefinitions').map((each) => ({
      attributeName: required(optionalString(each, 'AttributeName'), 'AttributeName'),
      attributeType: required(optionalChoice(each, 'AttributeType', ['S', 'N', 'B'] as const), 'AttributeType'),
    })),
    gsis: (optionalObjects(input, 'GlobalSecondaryIndexes') ?? []).map(indexIn),
    stream: optionalBoolean(specification, 'StreamEnabled') ?? false,
  };
}

/** CreateTable. The table is ACTIVE at once. */
export const createTable =
  (context: Context): Operation =>
  (input, call) => {
    const declaration = declarationIn(input);
    call.needs('dynamodb:CreateTable', tableArn(context.estate, declaration.tableName));
    if (context.store.has(declaration.tableName)) {
      throw new AwsError('ResourceInUseException', `Table already exists: ${declaration.tableName}`);
    }
    try {
      context.store.declare(declaration);
    } catch (error) {
      throw validationError(`One or more parameter values were invalid: ${messageOf(error)}`);
    }
    return { TableDescription: describe(context, context.store.table(declaration.tableName)) };
  };

/** DeleteTable. */
export const deleteTable =
  (context: Context): Operation =>
  (input, call) => {
    const name = required(optionalString(input, 'TableName'), 'TableName');
    const table = context.store.table(name, `Requested resource not found: Table: ${name} not found`);
    note(context, call, 'DeleteTable', table);
    context.store.drop(table.name);
    return { TableDescription: { ...describe(context, table), TableStatus: 'DELETING' } };
  };
