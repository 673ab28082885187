import { describe, expect, it } from 'vitest';
import type { StreamRecord } from '../../../local/aws/index.ts';
import { compileFilter } from '../../../local/wiring/filter.ts';
import { StreamDriver } from '../../../local/wiring/stream-source.ts';
import type { StreamMapping } from '../../../local/wiring/stream-source.ts';
import { ManualClock } from '../support/manual-clock.ts';

const record = (sequence: number, key = 'OUTBOX#1'): StreamRecord => ({
  eventID: String(sequence), eventName: 'INSERT', eventVersion: '1.1', eventSource: 'aws:dynamodb', awsRegion: '', eventSourceARN: '',
  dynamodb: { ApproximateCreationDateTime: 0, Keys: { sk: { S: key } }, SequenceNumber: String(sequence), SizeBytes: 1, StreamViewType: 'NEW_AND_OLD_IMAGES' },
});

function make(rest: Partial<StreamMapping>, answer: (sequences: readonly string[]) => string) {
  const clock = new ManualClock();
  const batches: string[] = [];
  const sent: [string, Record<string, unknown>][] = [];
  const reports: string[] = [];
  const driver = new StreamDriver(
    { functionArn: 'f', streamArn: 'stream', reportsItemFailures: true, bisects: false, maximumRetries: -1, onFailure: undefined, filter: () => true, ...rest },
    {
      clock,
      report: (line) => void reports.push(line),
      invoke: async (_, event) => {
        const sequences = (event as { Records: StreamRecord[] }).Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
        batches.push(sequences.join(''));
        return { requestId: 'r', payload: answer(sequences), streamed: false };
      },
    },
    async (arn, body) => void sent.push([arn, JSON.parse(body) as Record<string, unknown>]),
  );
  /** Delivers, and lets the time run whenever it waits. */
  const deliver = async (...sequences: readonly number[]): Promise<void> => {
    const state = { over: false };
    const delivery = driver.deliver(sequences.map((sequence) => record(sequence))).finally(() => { state.over = true; });
    delivery.catch(() => undefined);
    while (!state.over) {
      await new Promise((resolve) => { setImmediate(resolve); });
      clock.advance(60_000);
    }
    await delivery;
  };
  return { driver, clock, batches, sent, reports, deliver };
}

describe('StreamDriver', () => {
  it('hands over what the filter lets through', async () => {
    const { driver, batches } = make({ filter: compileFilter({ Filters: [{ Pattern: '{"eventName":["INSERT"],"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"OUTBOX#"}]}}}}' }] }) }, () => '');
    await driver.deliver([record(1), record(2, 'HEAD'), record(3)]);
    await driver.deliver([record(4, 'HEAD')]);
    expect(batches).toEqual(['13']);
  });

  it('tries again from the first item that failed', async () => {
    let calls = 0;
    const { deliver, batches } = make({}, () => { calls += 1; return calls === 1 ? '{"batchItemFailures":[{"itemIdentifier":"3"},{"itemIdentifier":"2"}]}' : '{"batchItemFailures":[]}'; });
    await deliver(1, 2, 3);
    expect(batches).toEqual(['123', '23']);
  });

  it('tries without end unless a limit is set', async () => {
    let calls = 0;
    const { deliver, batches } = make({}, () => { calls += 1; if (calls < 20) throw new Error('down'); return 'null'; });
    await deliver(1);
    expect(batches).toHaveLength(20);
  });

  it('halves a failing batch down to the record that is bad, gives that up, and tells the queue', async () => {
    const { deliver, batches, sent, reports } = make({ bisects: true, maximumRetries: 2, onFailure: 'dead' }, (sequences) => { if (sequences.includes('3')) throw new Error('poison'); return 'null'; });
    await deliver(1, 2, 3, 4);
    expect(batches).toEqual(['1234', '12', '34', '3', '4']);
    expect(sent).toEqual([['dead', expect.objectContaining({
      requestContext: { functionArn: 'f', condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
      DDBStreamBatchInfo: { shardId: 'shardId-00000001', startSequenceNumber: '3', endSequenceNumber: '3', batchSize: 1, streamArn: 'stream' },
    })]]);
    expect(reports).toEqual(['1 stream record(s) for f were given up after 3 attempts: poison']);
  });

  it('gives a whole batch up without halves', async () => {
    const { deliver, batches, reports } = make({ maximumRetries: 1 }, () => { throw new Error('down'); });
    await deliver(1, 2);
    expect(batches).toEqual(['12', '12']);
    expect(reports).toHaveLength(1);
  });

  it('acknowledges nothing when it is stopped in the middle', async () => {
    const { driver, batches } = make({}, () => { throw new Error('down'); });
    const delivery = driver.deliver([record(1)]);
    await expect.poll(() => batches.length).toBe(1);
    driver.stop();
    await expect(delivery).rejects.toThrow(/stopped/);
  });
});
