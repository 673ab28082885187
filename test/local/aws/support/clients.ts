import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { PLACE } from './place.ts';

export { PLACE } from './place.ts';

/** One client of each service against one endpoint. */
export interface Clients {
  readonly url: string;
  readonly dynamodb: DynamoDBClient;
  readonly kms: KMSClient;
  readonly secrets: SecretsManagerClient;
  readonly sqs: SQSClient;
  readonly events: EventBridgeClient;
  readonly bedrock: BedrockRuntimeClient;
  /** A name that no other call of this function gives. */
  unique(prefix: string): string;
  destroy(): void;
}

/** Clients of the unmodified SDK. Failures are not retried, so that a test sees the first answer. */
export function clientsFor(url: string, accessKeyId = 'AKIATEST'): Clients {
  const config = { endpoint: url, region: PLACE.region, credentials: { accessKeyId, secretAccessKey: 'secret' }, maxAttempts: 1 };
  const dynamodb = new DynamoDBClient(config);
  const kms = new KMSClient(config);
  const secrets = new SecretsManagerClient(config);
  const sqs = new SQSClient(config);
  const events = new EventBridgeClient(config);
  const bedrock = new BedrockRuntimeClient(config);
  let count = 0;
  return {
    url,
    dynamodb,
    kms,
    secrets,
    sqs,
    events,
    bedrock,
    unique: (prefix) => {
      count += 1;
      return `${prefix}-${count}`;
    },
    destroy: () => {
      for (const client of [dynamodb, kms, secrets, sqs, events, bedrock]) client.destroy();
    },
  };
}

/** Expects a call to fail with an error name and, optionally, a message. Returns the error. */
export async function failure(promise: Promise<unknown>, name: string, message?: RegExp): Promise<Record<string, unknown>> {
  const error: unknown = await promise.then(
    () => expect.fail(`expected ${name}, but the call succeeded`),
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name });
  if (message) expect((error as Error).message).toMatch(message);
  return error as Record<string, unknown>;
}
