import type { ClientConfig } from '../foreign/access.ts';
import type { QueueSender } from './ports.ts';

/** Sends by the SDK, as the service that delivers would. The SDK is loaded at the first message. */
export function queueSender(config: ClientConfig, queueUrl: (queueArn: string) => string): QueueSender {
  return async (queueArn, body, attributes) => {
    const { SQSClient, SendMessageCommand } = await import('@aws-sdk/client-sqs');
    const client = new SQSClient(config);
    try {
      await client.send(new SendMessageCommand({
        QueueUrl: queueUrl(queueArn),
        MessageBody: body,
        MessageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value.slice(0, 1024) || '-' }])),
      }));
    } finally {
      client.destroy();
    }
  };
}
