import { queueArn } from '../arn.ts';
import type { Estate } from '../types.ts';
import { noQueue } from './errors.ts';
import { md5, readReceipt, receiptOf, systemAttributes } from './messages.ts';
import type { Message, MessageAttribute, Queue, QueueStore } from './store.ts';

/** A message as a Lambda function receives it in `event.Records`. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, { readonly dataType: string; readonly stringValue?: string; readonly binaryValue?: string }>>;
  readonly md5OfBody: string;
  readonly eventSource: 'aws:sqs';
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

function find(store: QueueStore, name: string): Queue {
  const queue = store.get(name);
  if (!queue) throw noQueue();
  return queue;
}

const lowerCased = ({ DataType, StringValue, BinaryValue }: MessageAttribute): ReceivedMessage['messageAttributes'][string] => ({
  dataType: DataType,
  ...(StringValue !== undefined && { stringValue: StringValue }),
  ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
});

/** Takes up to `max` visible messages, in the shape of the Lambda event. @throws QueueDoesNotExist */
export function receiveMessages(store: QueueStore, estate: Estate, name: string, max: number): readonly ReceivedMessage[] {
  return store.receive(find(store, name), max).map((message: Message) => ({
    messageId: message.id,
    receiptHandle: receiptOf(message),
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(Object.entries(message.attributes).map(([key, value]) => [key, lowerCased(value)])),
    md5OfBody: md5(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn(estate, name),
    awsRegion: estate.region,
  }));
}

/** The messages that receipt handles still stand for. */
function current(queue: Queue, handles: readonly string[]): Message[] {
  return handles.flatMap((handle) => {
    const { id, receiveCount } = readReceipt(handle);
    const message = queue.messages.get(id);
    return message?.receiveCount === receiveCount ? [message] : [];
  });
}

/** Deletes messages in one line of the journal. @throws QueueDoesNotExist, ReceiptHandleIsInvalid */
export function deleteMessages(store: QueueStore, name: string, handles: readonly string[]): void {
  const queue = find(store, name);
  store.remove(queue, current(queue, handles).map((message) => message.id));
}

/** Makes messages visible after `delaySeconds`. @throws QueueDoesNotExist, ReceiptHandleIsInvalid */
export function returnMessages(store: QueueStore, estate: Estate, name: string, handles: readonly string[], delaySeconds: number): void {
  const queue = find(store, name);
  for (const message of current(queue, handles)) store.hideUntil(queue, message, estate.now() + delaySeconds * 1000);
}
