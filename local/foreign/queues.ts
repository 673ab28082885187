import { createHash } from 'node:crypto';
import type { QueueDeclaration, ReceivedMessage } from '../aws/index.ts';
import type { QueuePort } from '../wiring/ports.ts';
import type { ClientConfig } from './access.ts';

/** A queue that the endpoint made. */
export interface ForeignQueue {
  readonly queueName: string;
  readonly url: string;
  readonly arn: string;
}

/** Creates the queues, dead-letter queues first. Existing ones stay. @throws Error as the endpoint answers */
export async function createQueues(queues: readonly QueueDeclaration[], config: ClientConfig): Promise<readonly ForeignQueue[]> {
  const { SQSClient, CreateQueueCommand, GetQueueAttributesCommand } = await import('@aws-sdk/client-sqs');
  const client = new SQSClient(config);
  const made = new Map<string, ForeignQueue>();
  for (const queue of queues.toSorted((left, right) => Number(left.dlqName !== undefined) - Number(right.dlqName !== undefined))) {
    const { queueName, visibilityTimeoutSeconds, retentionSeconds, dlqName, maxReceiveCount } = queue;
    const dead = made.get(dlqName ?? '');
    const { QueueUrl: url = '' } = await client.send(new CreateQueueCommand({
      QueueName: queueName,
      Attributes: {
        ...(visibilityTimeoutSeconds === undefined ? {} : { VisibilityTimeout: String(visibilityTimeoutSeconds) }),
        ...(retentionSeconds === undefined ? {} : { MessageRetentionPeriod: String(retentionSeconds) }),
        ...(dead === undefined ? {} : { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount }) }),
      },
    }));
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
    made.set(queueName, { queueName, url, arn: Attributes?.['QueueArn'] ?? '' });
  }
  client.destroy();
  return [...made.values()];
}

/** Reads queues by polling the endpoint. */
export async function pollQueues(queues: readonly ForeignQueue[], config: ClientConfig): Promise<QueuePort> {
  const { SQSClient, DeleteMessageBatchCommand, ReceiveMessageCommand } = await import('@aws-sdk/client-sqs');
  const client = new SQSClient(config);
  const find = (queueName: string): ForeignQueue => {
    const queue = queues.find((candidate) => candidate.queueName === queueName);
    if (queue === undefined) throw new Error(`There is no queue '${queueName}'.`);
    return queue;
  };
  return {
    async receive(queueName, max) {
      const { url, arn } = find(queueName);
      const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: max, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] }));
      return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '', Attributes = {}, MessageAttributes = {} }): ReceivedMessage => ({
        messageId: MessageId,
        receiptHandle: ReceiptHandle,
        body: Body,
        attributes: Object.fromEntries(Object.entries(Attributes).map(([name, value]) => [name, value])),
        messageAttributes: Object.fromEntries(Object.entries(MessageAttributes).map(([name, { DataType = 'String', StringValue }]) => [name, { dataType: DataType, ...(StringValue === undefined ? {} : { stringValue: StringValue }) }])),
        md5OfBody: createHash('md5').update(Body).digest('hex'),
        eventSource: 'aws:sqs',
        eventSourceARN: arn,
        awsRegion: config.region,
      }));
    },
    async delete(queueName, receiptHandles) {
      await client.send(new DeleteMessageBatchCommand({ QueueUrl: find(queueName).url, Entries: receiptHandles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle })) }));
    },
    // A foreign endpoint tells nobody; the event source looks every second.
    onChange: () => () => undefined,
  };
}
