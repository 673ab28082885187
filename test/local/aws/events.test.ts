import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { EventDelivery } from '../../../local/aws/index.ts';
import { compilePattern, queueArn } from '../../../local/aws/index.ts';
import { PLACE } from './support/clients.ts';
import { signal, withFolder, withLoopback } from './support/loopback.ts';

const event = { source: 'bot', 'detail-type': 'Closed', detail: { state: 'closed', turns: 12, reason: 'Idle', tags: ['a', 'b'], nested: { deep: true }, nothing: null } };
const yes: readonly object[] = [
  { source: ['bot'] },
  { source: ['x', 'bot'], 'detail-type': ['Closed'] },
  { source: [{ prefix: 'bo' }] },
  { source: [{ suffix: 'ot' }] },
  { detail: { reason: [{ 'equals-ignore-case': 'idle' }] } },
  { detail: { reason: [{ prefix: { 'equals-ignore-case': 'ID' } }] } },
  { detail: { reason: [{ wildcard: 'I*e' }] } },
  { detail: { state: [{ 'anything-but': 'open' }] } },
  { detail: { state: [{ 'anything-but': ['open', 'waiting'] }] } },
  { detail: { state: [{ 'anything-but': { prefix: 'op' } }] } },
  { detail: { turns: [{ numeric: ['>', 10, '<=', 12] }] } },
  { detail: { turns: [12] } },
  { detail: { tags: ['b'] } },
  { detail: { nested: { deep: [true] } } },
  { detail: { nothing: [null] } },
  { detail: { missing: [{ exists: false }], state: [{ exists: true }] } },
  { $or: [{ source: ['other'] }, { detail: { state: ['closed'] } }] },
];
const no: readonly object[] = [
  { source: ['other'] },
  { source: ['bot'], 'detail-type': ['Opened'] },
  { source: [{ prefix: 'ot' }] },
  { detail: { state: [{ 'anything-but': ['open', 'closed'] }] } },
  { detail: { missing: [{ 'anything-but': 'x' }] } },
  { detail: { turns: [{ numeric: ['>', 12] }] } },
  { detail: { turns: ['12'] } },
  { detail: { missing: [{ exists: true }] } },
  { detail: { state: [{ exists: false }] } },
  { detail: { tags: ['c'] } },
  { detail: { nested: { deep: [false] } } },
  { $or: [{ source: ['other'] }, { detail: { state: ['open'] } }] },
];

describe('event patterns', () => {
  it.each(yes.map((pattern) => [JSON.stringify(pattern)]))('%s matches', (text) => {
    expect(compilePattern(JSON.parse(text) as Record<string, unknown>)(event)).toBe(true);
  });
  it.each(no.map((pattern) => [JSON.stringify(pattern)]))('%s does not match', (text) => {
    expect(compilePattern(JSON.parse(text) as Record<string, unknown>)(event)).toBe(false);
  });
  it.each([
    [{}, /the pattern is empty/],
    [{ source: 'bot' }, /must be a list or an object/],
    [{ source: [] }, /empty list/],
    [{ source: [{ cidr: '10.0.0.0/8' }] }, /does not emulate the operator 'cidr'/],
    [{ source: [{ numeric: ['>'] }] }, /numeric takes pairs/],
    [{ source: [{ prefix: 1 }] }, /prefix takes a string/],
    [{ source: [{ exists: 'yes' }] }, /exists takes true or false/],
    [{ $or: [{ source: ['a'] }] }, /at least two patterns/],
  ])('%j is refused', (pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(message);
  });
});

describe('PutEvents', () => {
  const entry = { Source: 'bot', DetailType: 'Closed', EventBusName: 'bus', Resources: ['r'], Time: new Date('2026-05-01T10:00:00Z') };

  it('reaches each matching target: functions by the hook, queues by themselves', async () => {
    const targets = [{ arn: 'arn:aws:lambda:eu-central-1:123456789012:function:f', id: 'F' }, { arn: queueArn(PLACE, 'q'), id: 'Q' }];
    const rules = [
      { name: 'closed', eventPattern: { detail: { state: ['closed'] } }, targets },
      { name: 'opened', eventPattern: { detail: { state: ['open'] } }, targets },
      { name: 'scheduled', targets },
    ];
    const delivered: EventDelivery[] = [];
    const arrived = signal();
    const onEvent = (delivery: EventDelivery): void => {
      delivered.push(delivery);
      arrived.resolve();
    };
    await withLoopback({ resources: { queues: [{ queueName: 'q' }], eventBuses: [{ name: 'bus', rules }] }, onEvent }, async ({ loopback, clients }) => {
      await clients.events.send(new PutEventsCommand({ Entries: [{ ...entry, Detail: '{"state":"closed"}' }] }));
      await arrived.promise;
      expect(delivered).toMatchObject([{ targetId: 'F', ruleName: 'closed', busName: 'bus', targetArn: targets[0]?.arn }]);
      expect(delivered[0]?.event).toMatchObject({
        version: '0',
        source: 'bot',
        'detail-type': 'Closed',
        account: PLACE.accountId,
        region: PLACE.region,
        time: '2026-05-01T10:00:00Z',
        resources: ['r'],
        detail: { state: 'closed' },
      });
      const { Messages } = await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl: `${loopback.url}/${PLACE.accountId}/q`, MaxNumberOfMessages: 10 }));
      expect(Messages?.map((message) => JSON.parse(message.Body ?? '') as unknown)).toEqual([delivered[0]?.event]);
    });
  });

  it('answers well though a target throws, and says so to its owner', async () => {
    const told = signal<unknown>();
    const rules = [{ name: 'all', eventPattern: { source: ['bot'] }, targets: [{ arn: 'arn:x', id: 'X' }] }];
    const onEvent = (): void => {
      throw new Error('target down');
    };
    await withLoopback({ resources: { eventBuses: [{ name: 'bus', rules }] }, onEvent, onError: (error) => told.resolve(error) }, async ({ clients }) => {
      const { FailedEntryCount } = await clients.events.send(new PutEventsCommand({ Entries: [{ ...entry, Detail: '{}' }] }));
      expect(FailedEntryCount).toBe(0);
      expect(await told.promise).toMatchObject({ message: 'target down' });
    });
  });

  it('is delivered by the next process when this one ends before it is done with it, and then no more', () =>
    withFolder(async (dataDir) => {
      const rules = [{ name: 'all', eventPattern: { source: ['bot'] }, targets: [{ arn: 'arn:x', id: 'X' }] }];
      const resources = { eventBuses: [{ name: 'bus', rules }] };
      const taken = signal<EventDelivery>();
      await withLoopback({ dataDir, resources, onEvent: (delivery) => new Promise(() => taken.resolve(delivery)) }, async ({ clients }) => {
        await clients.events.send(new PutEventsCommand({ Entries: [{ ...entry, Detail: '{"turns":1}' }] }));
        await taken.promise;
      });
      const again = signal<EventDelivery>();
      await withLoopback({ dataDir, resources, onEvent: (delivery) => again.resolve(delivery) }, async ({ loopback }) => {
        loopback.resumeEvents();
        expect(await again.promise).toEqual(await taken.promise);
        // The delivery is marked as done in the turn after.
        await new Promise((resolve) => void setImmediate(resolve));
      });
      const late: EventDelivery[] = [];
      await withLoopback({ dataDir, resources, onEvent: (delivery) => void late.push(delivery) }, async ({ loopback }) => loopback.resumeEvents());
      expect(late).toEqual([]);
    }));

  it('names an unknown bus and a source that is AWS’s own', async () => {
    await withLoopback({}, async ({ clients }) => {
      const { Entries } = await clients.events.send(
        new PutEventsCommand({ Entries: [{ ...entry, Detail: '{}' }, { ...entry, EventBusName: 'default', Source: 'aws.s3', Detail: '{}' }] }),
      );
      expect(Entries?.map((each) => each.ErrorCode)).toEqual(['InvalidArgument', 'NotAuthorizedForSourceException']);
    });
  });
});
