import type { TurnQueue } from '../../domain/conversation/ports.ts';
import { DependencyUnavailable } from '../../domain/errors.ts';
import type { ClientOptions } from '../aws/client-options.ts';
import { jsonClient } from '../aws/json-client.ts';
import { JSON_SERVICES } from '../aws/json-service.ts';

/** Options of {@link sqsTurnQueue}. */
export interface TurnQueueOptions {
  readonly client: ClientOptions;
  readonly queueUrl: string;
}

/** The turn queue on SQS. A message is JSON of `TurnMessage`. */
export function sqsTurnQueue(options: TurnQueueOptions): TurnQueue {
  const client = jsonClient(JSON_SERVICES.sqs, options.client);
  return {
    async send({ conversationId, turn, subject }) {
      try {
        await client.call('SendMessage', { QueueUrl: options.queueUrl, MessageBody: JSON.stringify({ conversationId, turn, subject }) });
      } catch (error) {
        throw new DependencyUnavailable(`The turn queue did not take a message: ${error instanceof Error ? error.name : 'unknown error'}.`, { cause: error });
      }
    },
  };
}
