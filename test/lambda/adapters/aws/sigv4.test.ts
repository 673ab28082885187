import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Credentials } from '../../../../lambda/adapters/aws/client-options.ts';
import { requestSigner } from '../../../../lambda/adapters/aws/sigv4.ts';

/** A request as the SDK's client would send it. */
interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Where a request of the SDK is signed for, and with what text in it. */
interface Place {
  readonly region: string;
  readonly credentials: Credentials;
  readonly text: string;
}

/** The SDK's own clients, each with a call that carries the text. */
const CLIENTS: Readonly<Record<string, (options: { readonly region: string }, text: string) => Promise<unknown>>> = {
  dynamodb: (options, text) => new DynamoDBClient(options).send(new GetItemCommand({ TableName: 't', Key: { pk: { S: text } } })),
  events: (options, text) => new EventBridgeClient(options).send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 't', Detail: text }] })),
  kms: (options, text) => new KMSClient(options).send(new DecryptCommand({ CiphertextBlob: new TextEncoder().encode(text), EncryptionContext: { subject: text } })),
  secretsmanager: (options, text) => new SecretsManagerClient(options).send(new GetSecretValueCommand({ SecretId: text })),
  sqs: (options, text) => new SQSClient(options).send(new SendMessageCommand({ QueueUrl: `https://sqs.${options.region}.amazonaws.com/111122223333/q`, MessageBody: text })),
};

const nothing = (): void => undefined;
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** What the SDK sends; nothing leaves this process. */
async function sentBySdk(service: string, { region, credentials, text }: Place): Promise<Sent> {
  let sent: Sent | undefined;
  const requestHandler = {
    handle: async (request: Sent): Promise<never> => {
      sent = request;
      throw new Error('not sent');
    },
  };
  await CLIENTS[service]?.({ region, credentials, maxAttempts: 1, requestHandler, logger: SILENT } as { readonly region: string }, text).catch(() => undefined);
  if (sent === undefined) throw new Error('The SDK sent nothing.');
  return sent;
}

/** Epoch milliseconds of `20261122T140000Z`. */
const timeOf = (basic: string): number => Date.parse(basic.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** Signs again what the SDK signed: the same headers and body at the same time. */
function signedByUs(service: string, { region, credentials }: Place, { headers, body }: Sent): string | undefined {
  const names = /SignedHeaders=([^,]+)/.exec(headers['authorization'] ?? '')?.[1]?.split(';') ?? [];
  const ours = Object.fromEntries(names.filter((name) => name !== 'x-amz-date' && name !== 'x-amz-security-token').map((name) => [name, headers[name] ?? '']));
  const signed = requestSigner({ region, service, credentials })({ headers: ours, body: Buffer.from(body), at: timeOf(headers['x-amz-date'] ?? '') });
  return signed['authorization'];
}

const printable = fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/='.split('')), minLength: 1, maxLength: 60 });
const places: fc.Arbitrary<Place> = fc.record({
  region: fc.constantFrom('eu-central-1', 'us-east-1', 'ap-southeast-2'),
  credentials: fc.record({ accessKeyId: printable, secretAccessKey: printable, sessionToken: printable }, { requiredKeys: ['accessKeyId', 'secretAccessKey'] }),
  text: fc.string({ unit: 'binary', minLength: 1 }).map((text) => `x${text.toWellFormed()}`),
});

describe('Signature Version 4', () => {
  it.each(Object.keys(CLIENTS))('is what the SDK computes for any request to %s', async (service) => {
    await fc.assert(
      fc.asyncProperty(places, async (place) => {
        const sent = await sentBySdk(service, place);
        expect(sent.headers['authorization']).toMatch(/Signature=[0-9a-f]{64}$/);
        expect(signedByUs(service, place, sent)).toBe(sent.headers['authorization']);
      }),
      { numRuns: 20 },
    );
  });

  it('takes the key of the day that it signs for, back and forth', () => {
    const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
    const options = { region: 'eu-central-1', service: 'sqs', credentials };
    const request = { headers: { host: 'sqs.eu-central-1.amazonaws.com' }, body: Buffer.from('{}') };
    const lasting = requestSigner(options);
    for (const day of [1, 2, 1, 3]) {
      const at = Date.UTC(2026, 0, day, 23, 59, 59, 999);
      expect(lasting({ ...request, at })).toEqual(requestSigner(options)({ ...request, at }));
    }
  });
});
