import { clientOptions, type CallProfile, type ClientOptions } from '../../../lambda/adapters/aws/client-options.ts';
import { CONVERSATION_TABLE, KEY_TABLE } from '../../../lambda/contracts/store.ts';
import { startLoopback, type CallRecord, type Loopback, type LoopbackOptions, type TableDeclaration } from '../../../local/aws/index.ts';

/** Where the test estate stands. */
export const PLACE = { region: 'eu-central-1', accountId: '111122223333' };

const { idleIndex } = CONVERSATION_TABLE;

/** The two tables as the template declares them. */
export const TABLES: readonly TableDeclaration[] = [
  {
    tableName: 'conversations',
    keySchema: [
      { attributeName: CONVERSATION_TABLE.partitionKey, keyType: 'HASH' },
      { attributeName: CONVERSATION_TABLE.sortKey, keyType: 'RANGE' },
    ],
    attributeDefinitions: [
      { attributeName: CONVERSATION_TABLE.partitionKey, attributeType: 'S' },
      { attributeName: CONVERSATION_TABLE.sortKey, attributeType: 'S' },
      { attributeName: idleIndex.partitionKey, attributeType: 'S' },
      { attributeName: idleIndex.sortKey, attributeType: 'N' },
    ],
    gsis: [
      {
        name: idleIndex.name,
        keySchema: [
          { attributeName: idleIndex.partitionKey, keyType: 'HASH' },
          { attributeName: idleIndex.sortKey, keyType: 'RANGE' },
        ],
        projection: { type: 'INCLUDE', nonKeyAttributes: ['event', 'expiresAt'] },
      },
    ],
    ttlAttribute: CONVERSATION_TABLE.timeToLive,
  },
  {
    tableName: 'keys',
    keySchema: [{ attributeName: KEY_TABLE.partitionKey, keyType: 'HASH' }],
    attributeDefinitions: [{ attributeName: KEY_TABLE.partitionKey, attributeType: 'S' }],
    ttlAttribute: KEY_TABLE.timeToLive,
  },
];

/** A running endpoint with the calls that it answered. */
export interface TestEndpoint {
  readonly endpoint: Loopback;
  readonly calls: CallRecord[];
  /** Client options that lead to it. */
  options(profile?: CallProfile): ClientOptions;
  /** Variables that Lambda would set, for clients made from a function's environment. */
  variables(): Readonly<Record<string, string>>;
}

/** Starts an endpoint in memory. Close it when the test file is through. */
export async function startEndpoint(options: Partial<LoopbackOptions> & Pick<LoopbackOptions, 'resources'>): Promise<TestEndpoint> {
  const calls: CallRecord[] = [];
  const endpoint = await startLoopback({ ...PLACE, onCall: (call) => calls.push(call), ...options });
  return {
    endpoint,
    calls,
    options: (profile = 'background') => clientOptions(profile, { region: PLACE.region, endpoint: endpoint.url, credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' } }),
    variables: () => ({ AWS_REGION: PLACE.region, AWS_ENDPOINT_URL: endpoint.url, AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' }),
  };
}
