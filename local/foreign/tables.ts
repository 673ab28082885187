import type { TableDeclaration } from '../aws/index.ts';
import type { ClientConfig } from './access.ts';
import { unlessPresent } from './access.ts';

const keySchema = (elements: TableDeclaration['keySchema']) => elements.map(({ attributeName, keyType }) => ({ AttributeName: attributeName, KeyType: keyType }));

/** Creates the tables that are not there yet. @throws Error as the endpoint answers */
export async function createTables(tables: readonly TableDeclaration[], config: ClientConfig): Promise<void> {
  const { DynamoDBClient, CreateTableCommand, UpdateTimeToLiveCommand } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient(config);
  for (const { tableName, attributeDefinitions, gsis = [], stream, ttlAttribute, ...table } of tables) {
    await unlessPresent(['ResourceInUseException'], () => client.send(new CreateTableCommand({
      TableName: tableName,
      KeySchema: keySchema(table.keySchema),
      AttributeDefinitions: attributeDefinitions.map(({ attributeName, attributeType }) => ({ AttributeName: attributeName, AttributeType: attributeType })),
      BillingMode: 'PAY_PER_REQUEST',
      ...(gsis.length === 0 ? {} : {
        GlobalSecondaryIndexes: gsis.map(({ name, projection, ...index }) => ({
          IndexName: name,
          KeySchema: keySchema(index.keySchema),
          Projection: { ProjectionType: projection.type, ...(projection.nonKeyAttributes === undefined ? {} : { NonKeyAttributes: [...projection.nonKeyAttributes] }) },
        })),
      }),
      ...(stream === true ? { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const } } : {}),
    })));
    if (ttlAttribute !== undefined) {
      // Already switched on is a ValidationException; an endpoint without expiry still serves, because readers check it.
      await unlessPresent(['ValidationException', 'UnknownOperationException'], () => client.send(new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification: { AttributeName: ttlAttribute, Enabled: true } })));
    }
  }
  client.destroy();
}
