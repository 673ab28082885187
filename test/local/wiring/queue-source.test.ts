import { describe, expect, it } from 'vitest';
import type { ReceivedMessage } from '../../../local/aws/index.ts';
import type { QueuePort } from '../../../local/wiring/ports.ts';
import { driveQueue } from '../../../local/wiring/queue-source.ts';
import type { QueueMapping } from '../../../local/wiring/queue-source.ts';
import { compileFilter } from '../../../local/wiring/filter.ts';
import { deferred } from '../support/deferred.ts';
import { ManualClock } from '../support/manual-clock.ts';

const message = (id: string, body = '{}'): ReceivedMessage => ({ messageId: id, receiptHandle: `h-${id}`, body, attributes: {}, messageAttributes: {}, md5OfBody: '', eventSource: 'aws:sqs', eventSourceARN: '', awsRegion: '' });
const idsOf = (event: unknown): string[] => (event as { Records: ReceivedMessage[] }).Records.map(({ messageId }) => messageId);

class FakeQueue implements QueuePort {
  waiting: ReceivedMessage[] = [];
  readonly deleted: string[] = [];
  private listener: () => void = () => undefined;
  broken = false;
  receive(_: string, max: number): readonly ReceivedMessage[] {
    if (this.broken) throw new Error('no queue');
    return this.waiting.splice(0, max);
  }
  delete(_: string, handles: readonly string[]): void {
    this.deleted.push(...handles);
  }
  onChange(_: string, listener: () => void): () => void {
    this.listener = listener;
    return () => { this.listener = () => undefined; };
  }
  send(...messages: readonly ReceivedMessage[]): void {
    this.waiting.push(...messages);
    this.listener();
  }
}

const mapping = (rest: Partial<QueueMapping> = {}): QueueMapping => ({ queueName: 'q', functionArn: 'f', batchSize: 2, maximumConcurrency: 2, reportsItemFailures: true, filter: () => true, ...rest });
function start(rest: Partial<QueueMapping>, answer: (event: unknown) => Promise<string> | string) {
  const queue = new FakeQueue();
  const clock = new ManualClock();
  const batches: string[][] = [];
  const reports: string[] = [];
  const stop = driveQueue(mapping(rest), queue, {
    clock,
    report: (line) => void reports.push(line),
    invoke: async (_, event) => {
      batches.push(idsOf(event));
      return { requestId: 'r', payload: await answer(event), streamed: false };
    },
  });
  return { queue, clock, batches, reports, stop };
}

describe('driveQueue', () => {
  it('hands over batches and deletes what succeeded', async () => {
    const { queue, batches } = start({}, () => 'null');
    queue.send(message('1'), message('2'), message('3'));
    await expect.poll(() => queue.deleted).toEqual(['h-1', 'h-2', 'h-3']);
    expect(batches).toEqual([['1', '2'], ['3']]);
  });

  it('keeps the items that the function reports', async () => {
    const { queue } = start({ batchSize: 3 }, () => '{"batchItemFailures":[{"itemIdentifier":"2"}]}');
    queue.send(message('1'), message('2'), message('3'));
    await expect.poll(() => queue.deleted).toEqual(['h-1', 'h-3']);
  });

  it.each(['{"batchItemFailures":[{"itemIdentifier":"9"}]}', '{"batchItemFailures":[{}]}', 'not json'])('keeps the whole batch at %s', async (payload) => {
    const { queue, batches } = start({}, () => payload);
    queue.send(message('1'), message('2'));
    await expect.poll(() => batches.length).toBe(1);
    queue.send(message('3'));
    await expect.poll(() => batches.length).toBe(2);
    expect(queue.deleted).toEqual([]);
  });

  it('keeps the batch of a function that fails, and goes on', async () => {
    const { queue, batches } = start({ batchSize: 1 }, (event) => { if (idsOf(event)[0] === '1') throw new Error('x'); return 'null'; });
    queue.send(message('1'), message('2'));
    await expect.poll(() => queue.deleted).toEqual(['h-2']);
    expect(batches).toHaveLength(2);
  });

  it('runs no more batches at once than it may', async () => {
    const gates = [deferred<string>(), deferred<string>(), deferred<string>()];
    let calls = 0;
    const { queue, batches } = start({ batchSize: 1 }, () => { calls += 1; return gates[calls - 1]?.promise ?? 'null'; });
    queue.send(message('1'), message('2'), message('3'));
    await expect.poll(() => batches.length).toBe(2);
    expect(queue.waiting).toHaveLength(1);
    gates[0]?.resolve('null');
    await expect.poll(() => batches.length).toBe(3);
    for (const gate of gates) gate.resolve('null');
  });

  it('deletes unseen what the filter leaves out', async () => {
    const { queue, batches } = start({ batchSize: 3, filter: compileFilter({ Filters: [{ Pattern: '{"body":{"kind":["a"]}}' }] }) }, () => 'null');
    queue.send(message('1', '{"kind":"a"}'), message('2', '{"kind":"b"}'), message('3', 'text'));
    await expect.poll(() => queue.deleted.length).toBe(3);
    expect(batches).toEqual([['1']]);
  });

  it('looks for messages that became visible, and stops', async () => {
    const { queue, clock, batches, stop } = start({}, () => 'null');
    queue.waiting.push(message('1'));
    clock.advance(1_000);
    await expect.poll(() => batches.length).toBe(1);
    stop();
    queue.send(message('2'));
    clock.advance(10_000);
    expect(batches).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('says once that a queue cannot be read', async () => {
    const { queue, clock, reports } = start({}, () => 'null');
    await expect.poll(() => queue.waiting.length).toBe(0);
    queue.broken = true;
    for (let second = 0; second < 3; second += 1) {
      clock.advance(1_000);
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    expect(reports).toEqual(['The queue q cannot be read: no queue']);
  });
});
