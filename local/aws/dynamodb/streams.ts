import { createHash } from 'node:crypto';
import { streamArn } from '../arn.ts';
import type { Estate } from '../types.ts';
import type { Item } from './attribute.ts';
import { itemBytes } from './size.ts';
import type { DynamoStore } from './store.ts';
import type { Change } from './stream-log.ts';

/** A stream record as a Lambda function receives it in `event.Records`. */
export interface StreamRecord {
  /** The same at each delivery of the same change. */
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    /** Rising, all of one length, so that text order is order. */
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: 'NEW_AND_OLD_IMAGES';
  };
  /** Present when the item expired. */
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' };
  readonly eventSourceARN: string;
}

/** How a consumer follows a stream. */
export interface StreamSubscription {
  /** Table whose stream is followed. */
  readonly tableName: string;
  /** Names the checkpoint; the same name carries on after a restart. */
  readonly consumer: string;
  /** Where a consumer without checkpoint starts. @default 'TRIM_HORIZON' */
  readonly from?: 'TRIM_HORIZON' | 'LATEST';
  /** Records in one delivery, 1-10000. @default 100 */
  readonly batchSize?: number;
  /**
   * Receives records, oldest first, one delivery at a time. They are acknowledged when it resolves; when it rejects,
   * the same records come again. With `retryFrom`, records before that SequenceNumber are acknowledged.
   */
  readonly onRecords: (records: readonly StreamRecord[]) => Promise<void | { readonly retryFrom?: string }>;
  /** Wait before attempt n (from 1) of a failed delivery, ms. @default - 100 ms, doubled to 10 s */
  readonly retryDelayMs?: (attempt: number) => number;
}

const DEFAULT_BATCH = 100;
const defaultDelay = (attempt: number): number => Math.min(10_000, 100 * 2 ** (attempt - 1));
const sequenceText = (sequence: number): string => `1${String(sequence).padStart(20, '0')}`;
const sequenceOf = (text: string): number => Number(text.slice(1));

/** A change in the shape of the Lambda event. */
export function toRecord(estate: Estate, table: string, change: Change): StreamRecord {
  const { sequence, at, keys, newImage, oldImage, expired } = change;
  const bytes = [keys, newImage, oldImage].reduce((sum, item) => sum + (item ? itemBytes(item) : 0), 0);
  return {
    eventID: createHash('md5').update(`${table} ${sequence}`).digest('hex'),
    eventName: newImage ? (oldImage ? 'MODIFY' : 'INSERT') : 'REMOVE',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: estate.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at / 1000),
      Keys: keys,
      ...(newImage && { NewImage: newImage }),
      ...(oldImage && { OldImage: oldImage }),
      SequenceNumber: sequenceText(sequence),
      SizeBytes: bytes,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    ...(expired && { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } as const }),
    eventSourceARN: streamArn(estate, table),
  };
}

/**
 * Follows a table's stream: at least once, in order, from a checkpoint on disk.
 * @returns the way to stop; a delivery that is under way is not acknowledged any more
 * @throws Error when the table does not exist or has no stream
 */
export function subscribeStream(store: DynamoStore, estate: Estate, subscription: StreamSubscription): () => void {
  const { tableName, consumer, onRecords, retryDelayMs = defaultDelay, batchSize = DEFAULT_BATCH } = subscription;
  if (!store.has(tableName) || !store.table(tableName).declaration.stream) {
    throw new Error(`Table '${tableName}' has no stream to follow. Declare it with stream: true.`);
  }
  const log = store.log(tableName);
  if (!log.knows(consumer)) store.follow(tableName, consumer, subscription.from === 'LATEST' ? store.newestSequence() : 0);
  const abort = new AbortController();
  const { signal } = abort;
  let running = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;

  const deliver = async (): Promise<boolean> => {
    const records = log.pending(consumer, batchSize).map((change) => toRecord(estate, tableName, change));
    const result = await onRecords(records);
    if (signal.aborted) return true;
    const retry = result?.retryFrom;
    const done = records.findLast((record) => retry === undefined || record.dynamodb.SequenceNumber < retry);
    if (done) store.acknowledge(tableName, consumer, sequenceOf(done.dynamodb.SequenceNumber));
    return retry === undefined;
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted && log.pending(consumer, 1).length > 0) {
      const delivered = await deliver().catch(() => false);
      failures = delivered ? 0 : failures + 1;
      if (!delivered) {
        // Still running: the timer carries on.
        timer = setTimeout(() => void run(), retryDelayMs(failures));
        timer.unref();
        return;
      }
    }
    running = false;
  };
  const wake = (): void => {
    if (running || signal.aborted) return;
    running = true;
    // After the answer of the write is on its way.
    setImmediate(() => void run());
  };
  const unlisten = log.onAppend(wake);
  wake();
  return () => {
    abort.abort();
    clearTimeout(timer);
    unlisten();
  };
}
