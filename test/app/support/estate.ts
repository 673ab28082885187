import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import type { Estate, EstateOptions } from '../../../local/estate.ts';
import { startEstate } from '../../../local/estate.ts';
import { ENV } from '../../../lambda/contracts/env.ts';
import { ASSEMBLY } from '../../support/paths.ts';
import { workerScript } from '../../local/support/worker-script.ts';

/** Starts an environment of the synthesized assembly on free ports, its functions loaded. */
export async function startSynthesized(environment: string, options: Partial<EstateOptions> = {}): Promise<Estate> {
  const estate = await startEstate({ assemblyDir: ASSEMBLY, environment, port: 0, workerScript: await workerScript(), ...options });
  await estate.warm;
  return estate;
}

/** One estate for all tests of a file, stopped after the last. Call the result inside tests only. */
export function useEstate(environment: string, options: () => Partial<EstateOptions> = () => ({})): () => Estate {
  let estate: Estate | undefined;
  beforeAll(async () => {
    estate = await startSynthesized(environment, options());
  });
  afterAll(() => estate?.close());
  return () => {
    if (estate === undefined) throw new Error('The estate runs inside tests only.');
    return estate;
  };
}

/** Everything in the two personal stores, by table. */
export interface Stored {
  readonly conversations: readonly Record<string, AttributeValue>[];
  readonly keys: readonly Record<string, AttributeValue>[];
}

/** A client of the estate's DynamoDB. */
export const dynamoOf = (estate: Estate): DynamoDBClient =>
  new DynamoDBClient({ endpoint: estate.awsUrl, region: 'eu-central-1', credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' }, maxAttempts: 1 });

/** Reads both personal stores whole. */
export async function stored(estate: Estate): Promise<Stored> {
  const client = dynamoOf(estate);
  const { environment } = estate.definition('chat');
  const scan = async (variable: string): Promise<Record<string, AttributeValue>[]> => {
    const items: Record<string, AttributeValue>[] = [];
    let from: Record<string, AttributeValue> | undefined;
    do {
      const page = await client.send(new ScanCommand({ TableName: environment[variable], ConsistentRead: true, ExclusiveStartKey: from }));
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    return items;
  };
  try {
    const [conversations, keys] = await Promise.all([scan(ENV.conversationTable), scan(ENV.keyTable)]);
    return { conversations, keys };
  } finally {
    client.destroy();
  }
}

/** Sort keys of a conversation's items, those of the outbox left out: the relay takes them away when it likes. */
export function sortKeysOf({ conversations }: Stored, conversationId: string): string[] {
  return conversations.flatMap(({ pk, sk }) => (pk?.S === conversationId && sk?.S !== undefined && !sk.S.startsWith('OUTBOX#') ? [sk.S] : [])).toSorted();
}

