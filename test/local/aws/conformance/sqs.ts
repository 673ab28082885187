import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import type { Clients } from '../support/clients.ts';
import { failure } from '../support/clients.ts';
import type { Case } from './case.ts';

async function makeQueue(c: Clients, Attributes?: Record<string, string>): Promise<string> {
  const { QueueUrl } = await c.sqs.send(new CreateQueueCommand({ QueueName: c.unique('queue'), ...(Attributes && { Attributes }) }));
  return QueueUrl ?? '';
}
async function receive(c: Clients, QueueUrl: string, more: object = {}): Promise<Message[]> {
  const answer = await c.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], ...more }));
  return answer.Messages ?? [];
}

export const sqs: readonly Case[] = [
  {
    name: 'a message with attributes is sent, received once and deleted',
    run: async (c) => {
      const QueueUrl = await makeQueue(c);
      const MessageAttributes = { kind: { DataType: 'String', StringValue: 'turn' }, raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) } };
      const sent = await c.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'grün 🙂', MessageAttributes }));
      const [message, ...rest] = await receive(c, QueueUrl, { MessageAttributeNames: ['All'] });
      expect(rest).toEqual([]);
      expect(message).toMatchObject({ MessageId: sent.MessageId, Body: 'grün 🙂', MD5OfMessageAttributes: sent.MD5OfMessageAttributes });
      expect(message?.MessageAttributes?.['kind']).toMatchObject({ DataType: 'String', StringValue: 'turn' });
      expect(message?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) as unknown });
      expect(await receive(c, QueueUrl)).toEqual([]);
      await c.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
      const { Attributes } = await c.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
      expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' });
    },
  },
  {
    name: 'a message comes back when its visibility is given up',
    run: async (c) => {
      const QueueUrl = await makeQueue(c);
      await c.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'again' }));
      const [first] = await receive(c, QueueUrl);
      await c.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 }));
      const [second] = await receive(c, QueueUrl);
      expect(second).toMatchObject({ MessageId: first?.MessageId, Attributes: { ApproximateReceiveCount: '2' } });
    },
  },
  {
    name: 'after maxReceiveCount receives a message goes to the dead-letter queue',
    run: async (c) => {
      const dead = await makeQueue(c);
      const { Attributes } = await c.sqs.send(new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ['QueueArn'] }));
      expect(Attributes?.['QueueArn']).toMatch(/^arn:aws:sqs:eu-central-1:123456789012:queue-\d+$/);
      const policy = { deadLetterTargetArn: Attributes?.['QueueArn'], maxReceiveCount: 2 };
      const QueueUrl = await makeQueue(c, { RedrivePolicy: JSON.stringify(policy), VisibilityTimeout: '30' });
      await c.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));
      expect((await receive(c, QueueUrl, { VisibilityTimeout: 0 })).length).toBe(1);
      expect((await receive(c, QueueUrl, { VisibilityTimeout: 0 })).length).toBe(1);
      expect(await receive(c, QueueUrl)).toEqual([]);
      expect((await receive(c, dead))[0]?.Body).toBe('poison');
    },
  },
  {
    name: 'batches report each entry',
    run: async (c) => {
      const QueueUrl = await makeQueue(c);
      const sent = await c.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'A' }, { Id: 'b', MessageBody: 'B' }] }));
      expect(sent.Successful?.map((entry) => entry.Id).toSorted()).toEqual(['a', 'b']);
      const messages = await receive(c, QueueUrl);
      expect(new Set(messages.map((message) => message.Body))).toEqual(new Set(['A', 'B']));
      const Entries = messages.map((message, i) => ({ Id: `e${i}`, ReceiptHandle: message.ReceiptHandle }));
      const deleted = await c.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: [...Entries, { Id: 'bad', ReceiptHandle: 'nonsense' }] }));
      expect(deleted.Successful?.length).toBe(2);
      expect(deleted.Failed).toMatchObject([{ Id: 'bad', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }]);
    },
  },
  {
    name: 'batches refuse equal ids, more than ten entries and none',
    run: async (c) => {
      const QueueUrl = await makeQueue(c);
      const send = (ids: string[]): Promise<unknown> =>
        c.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: ids.map((Id) => ({ Id, MessageBody: 'x' })) }));
      await failure(send(['a', 'a']), 'BatchEntryIdsNotDistinct');
      await failure(send(Array.from({ length: 11 }, (_, i) => `i${i}`)), 'TooManyEntriesInBatchRequest');
      await failure(send([]), 'EmptyBatchRequest');
    },
  },
  {
    name: 'an unknown queue is QueueDoesNotExist, a made-up receipt handle is invalid',
    run: async (c) => {
      const QueueUrl = await makeQueue(c);
      await failure(c.sqs.send(new GetQueueUrlCommand({ QueueName: 'nowhere' })), 'QueueDoesNotExist');
      await failure(c.sqs.send(new SendMessageCommand({ QueueUrl: `${QueueUrl}-nowhere`, MessageBody: 'x' })), 'QueueDoesNotExist');
      await failure(c.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'nonsense' })), 'ReceiptHandleIsInvalid');
    },
  },
  {
    name: 'GetQueueUrl gives the URL, and a long poll hears of a message at once',
    run: async (c) => {
      const QueueUrl = await makeQueue(c);
      expect((await c.sqs.send(new GetQueueUrlCommand({ QueueName: QueueUrl.split('/').at(-1) }))).QueueUrl).toBe(QueueUrl);
      const waiting = receive(c, QueueUrl, { WaitTimeSeconds: 20 });
      await c.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'wake up' }));
      expect((await waiting)[0]?.Body).toBe('wake up');
    },
  },
];
