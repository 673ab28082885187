import type { QueueSender } from './ports.ts';

/** Where and as whom to call. */
export interface EndpointAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string | undefined };
}

/** Sends by the SDK, as the service that delivers would. The SDK is loaded at the first message. */
export function queueSender(access: () => EndpointAccess, queueUrl: (queueArn: string) => string): QueueSender {
  return async (queueArn, body, attributes) => {
    const { SQSClient, SendMessageCommand } = await import('@aws-sdk/client-sqs');
    const { endpoint, region, credentials } = access();
    const client = new SQSClient({ endpoint, region, credentials: { accessKeyId: credentials.accessKeyId, secretAccessKey: credentials.secretAccessKey, ...(credentials.sessionToken === undefined ? {} : { sessionToken: credentials.sessionToken }) } });
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
