import type { Converse } from './bedrock/converse.ts';
import { noModel } from './bedrock/converse.ts';
import { bedrockService } from './bedrock/service.ts';
import type { StaffToken } from './cognito/pools.ts';
import { userPools } from './cognito/pools.ts';
import { dynamoService } from './dynamodb/service.ts';
import type { StreamSubscription } from './dynamodb/streams.ts';
import { subscribeStream } from './dynamodb/streams.ts';
import { sweepExpired } from './dynamodb/ttl.ts';
import { Deliveries } from './events/deliveries.ts';
import type { EventDelivery } from './events/service.ts';
import { eventsService, queueOfTarget } from './events/service.ts';
import { listen } from './http/listener.ts';
import { router } from './http/router.ts';
import type { Journaled } from './journal.ts';
import { Journal } from './journal.ts';
import { kmsService } from './kms/service.ts';
import { IDENTITY_PATH, lockFor } from './lock.ts';
import { secretsService } from './secrets/service.ts';
import type { ReceivedMessage } from './sqs/poll.ts';
import { deleteMessages, receiveMessages, returnMessages } from './sqs/poll.ts';
import type { Service } from './service.ts';
import { sqsService } from './sqs/service.ts';
import type { CallRecord, Estate, LoopbackResources } from './types.ts';

export { indexArn, keyArn, aliasArn, busArn, queueArn, secretArn, streamArn, tableArn } from './arn.ts';
export type { Converse, ConverseAnswer, ConverseRequest } from './bedrock/converse.ts';
export type { StaffToken } from './cognito/pools.ts';
export type { AttributeValue, Item } from './dynamodb/attribute.ts';
export type { StreamRecord, StreamSubscription } from './dynamodb/streams.ts';
export type { EventBridgeEvent, EventDelivery } from './events/service.ts';
export { compilePattern } from './events/pattern.ts';
export { AwsError } from './errors.ts';
export type { ReceivedMessage } from './sqs/poll.ts';
export type * from './types.ts';

/** How to start the endpoint. */
export interface LoopbackOptions {
  /** Folder for all state. @default - in memory */
  readonly dataDir?: string | undefined;
  /** TCP port on 127.0.0.1; 0 takes any free one. @default 0 */
  readonly port?: number;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
  /** AWS region in ARNs, e.g. `eu-central-1`. */
  readonly region: string;
  /** Twelve-digit account id in ARNs. */
  readonly accountId: string;
  /** What exists. It may be added to with `declare`. */
  readonly resources: LoopbackResources;
  /** Told about each API call once it is answered. @default - nobody is */
  readonly onCall?: (call: CallRecord) => void;
  /**
   * Receives each event for each matching target that is no declared queue, after PutEvents was answered. Retries are
   * the receiver's: what it throws goes to `onError`. Until it settles the delivery is open, and `resumeEvents` of the next
   * process repeats it. @default - events go nowhere
   */
  readonly onEvent?: (delivery: EventDelivery) => void | Promise<void>;
  /** The model behind Bedrock. @default - AccessDeniedException: no model on this machine */
  readonly converse?: Converse;
  /** Told what `onEvent` or `onCall` threw. @default - a process warning */
  readonly onError?: (error: unknown) => void;
}

/** A running endpoint. */
export interface Loopback {
  /** For AWS_ENDPOINT_URL: `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly port: number;
  /** Declares more, or again. @throws Error for a declaration that cannot hold */
  declare(resources: LoopbackResources): void;
  /** Deletes expired items of all tables with a TTL attribute. Returns how many. */
  sweepExpired(): number;
  /** Follows a table's stream from a checkpoint on disk; returns the way to stop. @throws Error without a stream */
  subscribeStream(subscription: StreamSubscription): () => void;
  /** The queues without HTTP, for an event source mapping. */
  readonly queues: {
    /** Takes up to `max` visible messages and hides them for the queue's visibility timeout. @throws AwsError for an unknown queue */
    receive(queueName: string, max: number): readonly ReceivedMessage[];
    /** Deletes messages by receipt handle. */
    delete(queueName: string, receiptHandles: readonly string[]): void;
    /** Makes messages visible again after some seconds, by receipt handle. */
    release(queueName: string, receiptHandles: readonly string[], delaySeconds: number): void;
    /** Calls back when a message may have become visible by a call. Returns the way to stop. */
    onChange(queueName: string, listener: () => void): () => void;
  };
  /** Delivers the events that an earlier process took and was not done with. Call it once, when `onEvent` can take them. */
  resumeEvents(): void;
  /** Announces a version under AWSPENDING, as RotateSecret does; returns the ClientRequestToken. @throws AwsError */
  beginRotation(secretId: string): string;
  /** Signs a token of a declared user pool. @throws Error when the pool is not declared */
  mintStaffToken(token: StaffToken): Promise<string>;
  /** Ends all connections and closes the journal. Everything acknowledged is on disk already. */
  close(): Promise<void>;
}

/**
 * Starts an HTTP endpoint on 127.0.0.1 that answers the unmodified AWS SDK as AWS would, for DynamoDB, KMS, Secrets
 * Manager, SQS, EventBridge, Bedrock Converse and a Cognito issuer.
 * @throws Error when the port is taken, the data directory is in use or damaged, or a declaration cannot hold
 */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const { dataDir, region, accountId, now = Date.now, onCall = () => undefined, onEvent = () => undefined } = options;
  const onError = options.onError ?? ((error: unknown) => process.emitWarning(error instanceof Error ? error : String(error)));
  const estate: Estate = { region, accountId, now };
  let url = '';
  const lock = await lockFor(dataDir);

  const journal = { commit: (_part: string, _record: unknown): void => undefined, close: (): void => undefined };
  const committing = (part: string) => (record: unknown) => journal.commit(part, record);
  const dynamodb = dynamoService(estate, committing('dynamodb'));
  const kms = kmsService(estate, committing('kms'));
  const secrets = secretsService(estate, committing('secrets'));
  const sqs = sqsService(estate, committing('sqs'), () => url);
  const pools = userPools(estate, committing('cognito'), () => url);
  const deliveries = new Deliveries(committing('events'), onEvent, onError);
  const deliver = (delivery: EventDelivery): void => {
    const queue = sqs.store.get(queueOfTarget(estate, delivery.targetArn) ?? '');
    if (queue) sqs.store.send(queue, [{ body: JSON.stringify(delivery.event), attributes: {}, delaySeconds: 0 }], 'events.amazonaws.com');
    else deliveries.take(delivery);
  };
  const events = eventsService(estate, deliver);
  const parts = new Map<string, Journaled>(Object.entries({ dynamodb: dynamodb.store, kms: kms.store, secrets: secrets.store, sqs: sqs.store, cognito: pools, events: deliveries }));
  const opened = Journal.open(dataDir, parts);
  journal.commit = (part, record) => opened.commit(part, record);
  journal.close = () => opened.close();

  const declare = (resources: LoopbackResources): void => {
    for (const table of resources.tables ?? []) dynamodb.store.declare(table);
    for (const queue of resources.queues ?? []) sqs.store.declare(queue);
    for (const key of resources.keys ?? []) kms.store.declare(key);
    for (const secret of resources.secrets ?? []) secrets.store.declare(secret);
    for (const bus of resources.eventBuses ?? []) events.declare(bus);
    for (const pool of resources.userPools ?? []) pools.declare(pool);
  };
  declare(options.resources);

  const listener = await listen(
    options.port ?? 0,
    router({
      services: new Map<string, Service>([['dynamodb', dynamodb], ['kms', kms], ['secretsmanager', secrets], ['sqs', sqs], ['events', events]]),
      bedrock: bedrockService(estate, options.converse ?? noModel),
      document: (path) => (path === IDENTITY_PATH ? Promise.resolve({ instance: lock.instance }) : pools.document(path)),
      now,
      onCall,
      onError,
    }),
  );
  url = `http://127.0.0.1:${listener.port}`;
  lock.hold(url);
  const subscriptions = new Set<() => void>();

  return {
    url,
    port: listener.port,
    declare,
    sweepExpired: () => sweepExpired(dynamodb.store, now() / 1000),
    subscribeStream: (subscription) => {
      const stop = subscribeStream(dynamodb.store, estate, subscription);
      subscriptions.add(stop);
      return () => {
        subscriptions.delete(stop);
        stop();
      };
    },
    queues: {
      receive: (name, max) => receiveMessages(sqs.store, estate, name, max),
      delete: (name, handles) => deleteMessages(sqs.store, name, handles),
      release: (name, handles, delaySeconds) => returnMessages(sqs.store, estate, name, handles, delaySeconds),
      onChange: (name, listen) => sqs.store.onChange(name, listen),
    },
    resumeEvents: () => deliveries.resume(),
    beginRotation: (secretId) => secrets.beginRotation(secretId),
    mintStaffToken: (token) => pools.mintStaffToken(token),
    close: async () => {
      for (const stop of subscriptions) stop();
      await listener.close();
      journal.close();
      lock.release();
    },
  };
}
