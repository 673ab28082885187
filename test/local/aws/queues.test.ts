import { ChangeMessageVisibilityCommand, DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { PLACE, failure } from './support/clients.ts';
import type { Running } from './support/loopback.ts';
import { withFolder, withLoopback } from './support/loopback.ts';

const queues = [
  { queueName: 'work', visibilityTimeoutSeconds: 60, dlqName: 'dead', maxReceiveCount: 2, retentionSeconds: 3600 },
  { queueName: 'dead' },
];
let clock = 0;
const run = (test: (running: Running & { QueueUrl: string }) => Promise<void>): Promise<void> => {
  clock = 1_800_000_000_000;
  return withLoopback({ resources: { queues }, now: () => clock }, (running) => test({ ...running, QueueUrl: `${running.loopback.url}/${PLACE.accountId}/work` }));
};
const send = ({ clients, QueueUrl }: Running & { QueueUrl: string }, MessageBody: string, DelaySeconds = 0): Promise<unknown> =>
  clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds }));

describe('queues by the clock', () => {
  it('hide a received message for the visibility timeout, and bury it after maxReceiveCount', () =>
    run(async (running) => {
      const { loopback } = running;
      await send(running, 'job');
      const [first] = loopback.queues.receive('work', 10);
      expect(first).toMatchObject({ body: 'job', eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:work', attributes: { ApproximateReceiveCount: '1' } });
      clock += 59_999;
      expect(loopback.queues.receive('work', 10)).toEqual([]);
      clock += 1;
      expect(loopback.queues.receive('work', 10)[0]?.attributes['ApproximateReceiveCount']).toBe('2');
      clock += 60_000;
      expect(loopback.queues.receive('work', 10)).toEqual([]);
      const [dead] = loopback.queues.receive('dead', 10);
      expect(dead).toMatchObject({ messageId: first?.messageId, attributes: { DeadLetterQueueSourceArn: first?.eventSourceARN } });
    }));

  it('delay a message, and forget it after the retention', () =>
    run(async (running) => {
      const { loopback } = running;
      await send(running, 'late', 10);
      expect(loopback.queues.receive('work', 1)).toEqual([]);
      clock += 10_000;
      expect(loopback.queues.receive('work', 1).length).toBe(1);
      clock += 3_600_000;
      expect(loopback.queues.receive('work', 1)).toEqual([]);
      expect(loopback.queues.receive('dead', 1)).toEqual([]);
    }));

  it('ignore a receipt handle that a later receive made stale', () =>
    run(async (running) => {
      const { clients, loopback, QueueUrl } = running;
      await send(running, 'twice');
      const [stale] = loopback.queues.receive('work', 1);
      clock += 60_000;
      const [fresh] = loopback.queues.receive('work', 1);
      await clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: stale?.receiptHandle }));
      await failure(clients.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: stale?.receiptHandle, VisibilityTimeout: 1 })), 'MessageNotInflight');
      loopback.queues.release('work', [fresh?.receiptHandle ?? ''], 5);
      clock += 5000;
      // Twice received already: now it is dead, so it was not deleted.
      loopback.queues.receive('work', 1);
      expect(loopback.queues.receive('dead', 1).length).toBe(1);
    }));

  it('tell a poller of new messages, and delete what it worked off', () =>
    run(async (running) => {
      const { loopback } = running;
      let heard = 0;
      const stop = loopback.queues.onChange('work', () => {
        heard += 1;
      });
      await send(running, 'a');
      await send(running, 'b');
      stop();
      await send(running, 'c');
      expect(heard).toBe(2);
      const taken = loopback.queues.receive('work', 2);
      expect(taken.map((message) => message.body)).toEqual(['a', 'b']);
      loopback.queues.delete('work', taken.map((message) => message.receiptHandle));
      clock += 60_000;
      expect(loopback.queues.receive('work', 10).map((message) => message.body)).toEqual(['c']);
      expect(() => loopback.queues.receive('nowhere', 1)).toThrow(/does not exist/);
    }));

  it('end a long poll when its client leaves, without taking a message', () =>
    run(async (running) => {
      const { clients, QueueUrl, loopback } = running;
      const abort = new AbortController();
      const poll = clients.sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), { abortSignal: abort.signal });
      abort.abort();
      await failure(poll, 'AbortError');
      await send(running, 'kept');
      expect(loopback.queues.receive('work', 1).length).toBe(1);
    }));

  it('refuse values out of range and characters that SQS does not take', () =>
    run(async (running) => {
      const { clients, QueueUrl } = running;
      await failure(clients.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 })), 'InvalidParameterValue', /MaxNumberOfMessages/);
      await failure(send(running, 'x', 901), 'InvalidParameterValue', /DelaySeconds/);
      await failure(send(running, 'a\u0000b'), 'InvalidMessageContents');
      await failure(send(running, 'x'.repeat(1024 * 1024 + 1)), 'InvalidParameterValue', /shorter than 1048576 bytes/);
    }));

  it('keep messages, receive counts and hiding over a restart', () =>
    withFolder(async (dataDir) => {
      clock = 1_800_000_000_000;
      const options = { dataDir, resources: { queues }, now: () => clock };
      const id = await withLoopback(options, async (running) => {
        await send({ ...running, QueueUrl: `${running.loopback.url}/${PLACE.accountId}/work` }, 'kept');
        return running.loopback.queues.receive('work', 1)[0]?.messageId;
      });
      await withLoopback(options, ({ loopback }) => {
        expect(loopback.queues.receive('work', 1)).toEqual([]);
        clock += 60_000;
        expect(loopback.queues.receive('work', 1)).toMatchObject([{ messageId: id, attributes: { ApproximateReceiveCount: '2' } }]);
        return Promise.resolve();
      });
    }));
});
