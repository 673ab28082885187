import type { ReceivedMessage } from '../aws/index.ts';

/** Sends a message to a queue of the environment. */
export type QueueSender = (queueArn: string, body: string, attributes: Readonly<Record<string, string>>) => Promise<void>;

/** A queue as an event source reads it. */
export interface QueuePort {
  /** Takes up to `max` visible messages, and hides them for the queue's visibility timeout. */
  receive(queueName: string, max: number): readonly ReceivedMessage[] | Promise<readonly ReceivedMessage[]>;
  /** Deletes messages by receipt handle. */
  delete(queueName: string, receiptHandles: readonly string[]): void | Promise<void>;
  /** Calls back when a message may have come. Returns the way to stop. */
  onChange(queueName: string, listener: () => void): () => void;
}
