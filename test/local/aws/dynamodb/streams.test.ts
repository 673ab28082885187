import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { Loopback, StreamRecord } from '../../../../local/aws/index.ts';
import type { Clients } from '../support/clients.ts';
import type { Running } from '../support/loopback.ts';
import { signal, tableNamed, withFolder, withLoopback } from '../support/loopback.ts';

const resources = { tables: [tableNamed('events', { stream: true, ttlAttribute: 'expires' })] };
const put = (clients: Clients, sk: string, more: Record<string, { N: string }> = {}): Promise<unknown> =>
  clients.dynamodb.send(new PutItemCommand({ TableName: 'events', Item: { pk: { S: 'p' }, sk: { S: sk }, ...more } }));

/** Follows a stream until `count` records have come. */
async function collect(loopback: Loopback, count: number, consumer = 'c'): Promise<StreamRecord[]> {
  const found: StreamRecord[] = [];
  const done = signal();
  const stop = loopback.subscribeStream({
    tableName: 'events',
    consumer,
    batchSize: 2,
    onRecords: (records) => {
      found.push(...records);
      if (found.length >= count) done.resolve();
      return Promise.resolve();
    },
  });
  await done.promise;
  // The acknowledgement follows the delivery in the same turn.
  await new Promise((resolve) => void setImmediate(resolve));
  stop();
  return found;
}
const inMemory = (run: (running: Running) => Promise<void>, now = (): number => 1_800_000_000_000): Promise<void> => withLoopback({ resources, now }, run);

describe('streams', () => {
  it('carry each change in order, in the shape of the Lambda event', () =>
    inMemory(async ({ loopback, clients }) => {
      await put(clients, 'a');
      await put(clients, 'a', { n: { N: '1' } });
      await put(clients, 'a', { n: { N: '1.0' } });
      await clients.dynamodb.send(new DeleteItemCommand({ TableName: 'events', Key: { pk: { S: 'p' }, sk: { S: 'a' } } }));
      const records = await collect(loopback, 3);
      expect(records.map((record) => record.eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
      expect(records[1]).toMatchObject({
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'eu-central-1',
        eventSourceARN: 'arn:aws:dynamodb:eu-central-1:123456789012:table/events/stream/2026-01-01T00:00:00.000',
        dynamodb: {
          ApproximateCreationDateTime: 1_800_000_000,
          Keys: { pk: { S: 'p' }, sk: { S: 'a' } },
          OldImage: { pk: { S: 'p' }, sk: { S: 'a' } },
          NewImage: { pk: { S: 'p' }, sk: { S: 'a' }, n: { N: '1' } },
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
      });
      expect(records[0]?.dynamodb.OldImage).toBeUndefined();
      expect(records[2]?.dynamodb.NewImage).toBeUndefined();
      const sequences = records.map((record) => record.dynamodb.SequenceNumber);
      expect(sequences).toEqual(sequences.toSorted());
      expect(new Set(records.map((record) => record.eventID)).size).toBe(3);
    }));

  it('repeat a delivery that failed, and go on from where a batch says', () =>
    inMemory(async ({ loopback, clients }) => {
      for (const sk of ['a', 'b', 'c', 'd']) await put(clients, sk);
      const deliveries: string[][] = [];
      const done = signal();
      const stop = loopback.subscribeStream({
        tableName: 'events',
        consumer: 'c',
        batchSize: 3,
        retryDelayMs: () => 0,
        onRecords: (records) => {
          deliveries.push(records.map((record) => record.dynamodb.Keys['sk']).map((sk) => (sk && 'S' in sk ? sk.S : '')));
          if (deliveries.length === 1) return Promise.reject(new Error('not yet'));
          if (deliveries.length === 2) return Promise.resolve({ retryFrom: records[1]?.dynamodb.SequenceNumber ?? '' });
          done.resolve();
          return Promise.resolve();
        },
      });
      await done.promise;
      stop();
      expect(deliveries).toEqual([['a', 'b', 'c'], ['a', 'b', 'c'], ['b', 'c', 'd']]);
    }));

  it('go on after a restart behind the checkpoint, with the same event ids', () =>
    withFolder(async (dataDir) => {
      const first = await withLoopback({ dataDir, resources }, async ({ loopback, clients }) => {
        for (const sk of ['a', 'b', 'c', 'd']) await put(clients, sk);
        const seen = signal<readonly StreamRecord[]>();
        let deliveries = 0;
        const stop = loopback.subscribeStream({
          tableName: 'events',
          consumer: 'c',
          batchSize: 2,
          onRecords: (records) => {
            deliveries += 1;
            if (deliveries === 1) return Promise.resolve();
            seen.resolve(records);
            return new Promise(() => undefined);
          },
        });
        const unacknowledged = await seen.promise;
        stop();
        return unacknowledged;
      });
      await withLoopback({ dataDir, resources }, async ({ loopback, clients }) => {
        await put(clients, 'e');
        const records = await collect(loopback, 3);
        expect(records.slice(0, 2)).toEqual(first);
        expect(records[2]?.dynamodb.Keys['sk']).toEqual({ S: 'e' });
      });
    }));

  it('start a new consumer at the oldest or at the newest change, each with its own checkpoint', () =>
    inMemory(async ({ loopback, clients }) => {
      await put(clients, 'old');
      const latest = signal<readonly StreamRecord[]>();
      const stop = loopback.subscribeStream({
        tableName: 'events',
        consumer: 'latest',
        from: 'LATEST',
        onRecords: (records) => Promise.resolve(latest.resolve(records)),
      });
      loopback.subscribeStream({ tableName: 'events', consumer: 'idle', onRecords: () => new Promise(() => undefined) })();
      await put(clients, 'new');
      expect((await latest.promise).map((record) => record.dynamodb.Keys['sk'])).toEqual([{ S: 'new' }]);
      stop();
      expect((await collect(loopback, 2, 'idle')).length).toBe(2);
    }));

  it('refuse tables without a stream', () =>
    inMemory(({ loopback }) => {
      expect(() => loopback.subscribeStream({ tableName: 'none', consumer: 'c', onRecords: () => Promise.resolve() })).toThrow(/'none' has no stream/);
      return Promise.resolve();
    }));

  it('show expiry as a deletion by the service', () => {
    let at = 1_800_000_000_000;
    return inMemory(
      async ({ loopback, clients }) => {
        await put(clients, 'due', { expires: { N: String(at / 1000) } });
        await put(clients, 'later', { expires: { N: String(at / 1000 + 60) } });
        await put(clients, 'ancient', { expires: { N: '1000' } });
        await put(clients, 'never');
        at += 1000;
        expect(loopback.sweepExpired()).toBe(1);
        expect(loopback.sweepExpired()).toBe(0);
        const removed = (await collect(loopback, 5)).filter((record) => record.eventName === 'REMOVE');
        expect(removed).toMatchObject([
          { dynamodb: { Keys: { sk: { S: 'due' } } }, userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } },
        ]);
      },
      () => at,
    );
  });
});
